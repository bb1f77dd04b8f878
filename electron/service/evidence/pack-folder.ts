import {
  existsSync,
  rmSync,
  writeFileSync,
  closeSync,
  fsyncSync,
  openSync,
  writeSync,
  createWriteStream,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { createHash, hash } from 'node:crypto'
import { pipeline } from 'node:stream/promises'

import { createPrivateFolder, placeNew, placeNewFolder, syncFolder } from '../../files/private-file.ts'
import type { FolderTarget } from '../files-out/target.ts'
import { newTemporary } from '../../files/temporary.ts'
import { explained } from '../kit/paths.ts'
import { absenceWords, type List } from '../../../shared/domain/absence.ts'
import { said } from '../../../shared/domain/text/said.ts'
import { plainJson } from '../../../shared/domain/text/visible-text.ts'
import { tableFile } from '../../../shared/report/evidence-pack.ts'
import type { EvidenceRecord, EvidenceTable } from '../../../shared/report/evidence-records.ts'

export interface PackFiles {
  /** Writes a whole file of lines. */
  readonly write: (name: string, lines: Iterable<string>) => WrittenFile
  /** Writes a file that lists hashes: its lines are hashed as a whole only. Returns its SHA-256, in hex. */
  readonly writeList: (name: string, lines: Iterable<string>) => string
  /** Begins a file that is written piece by piece; `hashesRows` (by default): its lines are hashed one by one. */
  readonly begin: (name: string, hashesRows?: boolean) => LineFile
  /** A file that is not made of lines. */
  readonly writeBytes: (name: string, bytes: Uint8Array) => void
}

/** A folder that is being written under another name beside its target. */
export interface PackFolder extends PackFiles {
  readonly draft: PackDraft
  /** Gives the folder, and the zip beside it if there is one, their names, atomically. */
  readonly place: (target: PackTarget) => void
  readonly discard: () => void
}

/** Where the files of a pack are while it is written: here, or in a thread. */
export interface PackDraft {
  readonly temporary: string
  /** The path that the folder gets, for people. */
  readonly path: string
}

/** Where a pack is written: names that were free when checked. */
export interface PackTarget {
  readonly name: string
  readonly path: string
  readonly zipPath: string
}

/** The first free name in a folder, by `nameOf(1)`, `nameOf(2)`, ... */
export function freeTarget(folder: FolderTarget, getName: (n: number) => string): PackTarget {
  for (let n = 1; ; n += 1) {
    const name = getName(n)
    const target = { name, path: join(folder.path, name), zipPath: join(folder.path, `${name}.zip`) }
    if (!existsSync(target.path) && !existsSync(target.zipPath)) return target
  }
}

/** Begins a folder beside a target. Throws `Refusal` INVALID where it cannot be made. */
export function newPackFolder(target: PackTarget): PackFolder {
  const { path: temporary, done } = newTemporary(dirname(target.path), target.name)
  const draft = { temporary, path: target.path }
  const { files, drop } = openPackFiles(draft)
  const discard = (): void => {
    drop()
    rmSync(temporary, { recursive: true, force: true })
    rmSync(`${temporary}.zip`, { force: true })
    done()
  }
  const orDiscard = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      discard()
      throw explained(error, target.path, 'write', 'directory')
    }
  }
  orDiscard(() => createPrivateFolder(temporary))
  return {
    ...files,
    draft,
    place: (to) =>
      orDiscard(() => {
        syncFolder(temporary)
        // The zip first: a folder that has its name is finished.
        const placed: string[] = []
        try {
          if (existsSync(`${temporary}.zip`)) {
            placeNew(`${temporary}.zip`, to.zipPath)
            placed.push(to.zipPath)
          }
          placeNewFolder(temporary, to.path)
          placed.push(to.path)
          syncFolder(dirname(to.path))
        } catch (error) {
          for (const path of placed) rmSync(path, { recursive: true, force: true })
          throw error
        }
        done()
      }),
    discard,
  }
}

/** The files of a folder that was begun. `drop` closes what an error left open. They throw `Refusal` INVALID. */
export function openPackFiles({ temporary, path }: PackDraft): {
  readonly files: PackFiles
  readonly drop: () => void
} {
  const begun: LineFile[] = []
  const drop = (): void => {
    for (const file of begun) file.drop()
  }
  const orExplained = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      throw explained(error, path, 'write', 'directory')
    }
  }
  const begin = (name: string, hashesRows = true): LineFile =>
    orExplained(() => {
      const file = newLineFile(join(temporary, name), name, hashesRows)
      begun.push(file)
      return file
    })
  const write = (file: LineFile, lines: Iterable<string>): WrittenFile =>
    orExplained(() => {
      for (const line of lines) file.line(line)
      return file.end()
    })
  const files: PackFiles = {
    begin,
    write: (name, lines) => write(begin(name), lines),
    writeList: (name, lines) => write(begin(name, false), lines).sha256,
    writeBytes: (name, bytes) =>
      orExplained(() => writeFileSync(join(temporary, name), bytes, { flag: 'wx', mode: 0o600, flush: true })),
  }
  return { files, drop }
}

/** The hashes of a written file, in hex: its own, and that of each line (line feed included), 64 characters each. */
export interface WrittenFile {
  readonly name: string
  readonly sha256: string
  readonly rows: number
  readonly rowHashes: Buffer
}

interface LineFile {
  /** Appends a line; the text holds no line feed. */
  readonly line: (text: string) => void
  /** Flushes to the disk and closes. */
  readonly end: () => WrittenFile
  /** Closes what an error left open. */
  readonly drop: () => void
}

/** Of a hash in hex. */
export const HASH_LENGTH = 64

const WRITE_SIZE = 1 << 18

/** Begins a text file of lines, which must not exist yet. UTF-8, line feeds. Without `hashesRows` its `rowHashes` are empty. */
function newLineFile(path: string, name: string, hashesRows: boolean): LineFile {
  const file = openSync(path, 'wx', 0o600)
  const whole = createHash('sha256')
  let open = true
  let waiting = ''
  let rows = 0
  let hashes = Buffer.allocUnsafe(hashesRows ? 1024 * HASH_LENGTH : 0)
  const keepHash = (line: string): void => {
    if (rows * HASH_LENGTH === hashes.length) {
      const more = Buffer.allocUnsafe(hashes.length * 2)
      more.set(hashes)
      hashes = more
    }
    hashes.write(hash('sha256', line, 'hex'), rows * HASH_LENGTH, 'latin1')
  }
  const flush = (): void => {
    const bytes = Buffer.from(waiting)
    waiting = ''
    whole.update(bytes)
    for (let done = 0; done < bytes.byteLength;) done += writeSync(file, bytes, done)
  }
  return {
    line: (text) => {
      const line = `${text}\n`
      if (hashesRows) keepHash(line)
      rows += 1
      waiting += line
      if (waiting.length >= WRITE_SIZE) flush()
    },
    end: () => {
      flush()
      fsyncSync(file)
      closeSync(file)
      open = false
      return { name, sha256: whole.digest('hex'), rows, rowHashes: hashes.subarray(0, rows * HASH_LENGTH) }
    },
    drop: () => {
      if (open) closeSync(file)
      open = false
    },
  }
}

/** The file of a table in a pack, written record by record: a line of JSON for each. */
interface TableFile {
  readonly add: (record: EvidenceRecord) => void
  readonly end: () => WrittenFile
}

export function newTableFile(folder: PackFiles, table: EvidenceTable): TableFile {
  const file = folder.begin(tableFile(table.name))
  const fields = Object.keys(table.fields)
  return { add: (record) => file.line(printRecord(fields, record)), end: () => file.end() }
}

/** A record as a line without its line feed. It has every field, in the order of the table. */
export function printRecord(fields: readonly string[], record: EvidenceRecord): string {
  return plainJson(JSON.stringify(Object.fromEntries(fields.map((field) => [field, record[field] ?? null]))))
}

/** A whole table. One that could not be read has the reason in its last column. */
export function writeTable(folder: PackFiles, table: EvidenceTable, list: List<EvidenceRecord>): WrittenFile {
  const file = newTableFile(folder, table)
  if (list.state === 'read') for (const record of list.rows) file.add(record)
  else file.add({ [Object.keys(table.fields).at(-1) ?? '']: said(absenceWords(list)) })
  return file.end()
}

/** Writes files of a folder into a zip, under one folder of the given name; a file at a time, so it needs little memory. */
export async function writeZip(
  folder: string,
  names: readonly string[],
  to: { readonly path: string; readonly inside: string; readonly at: number },
): Promise<void> {
  // Loaded here only: a thread that writes the tables of a pack makes no zip.
  const { ZipFile } = await import('yazl')
  const zip = new ZipFile()
  for (const name of names) {
    zip.addFile(join(folder, name), `${to.inside}/${name}`, { mtime: new Date(to.at), mode: 0o100644 })
  }
  zip.end()
  await new Promise<void>((resolve, reject) => {
    zip.on('error', reject)
    pipeline(zip.outputStream, createWriteStream(to.path, { flags: 'wx', mode: 0o600, flush: true })).then(
      resolve,
      reject,
    )
  })
}
