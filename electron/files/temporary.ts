import { hash, randomBytes } from 'node:crypto'
import { lstatSync, readdirSync, rmSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'

import { isAlive } from './process-alive.ts'

/**
 * `.NAME.castellan-PID-MACHINE-RANDOM.part`: which process writes it, on which machine. The side files of a database
 * end in its own suffixes.
 */
const NAME =
  /^\..+\.(?<mark>castellan-(?<pid>\d+)-(?<machine>[0-9a-f]{8})-[0-9a-f]{12})\.part(?:\.zip|-journal|-wal|-shm)?$/u

/** The marks of the files that this process is writing now. A process that ended may have had the same id. */
const writing = new Set<string>()

/**
 * How many characters of the target's name are kept: with the rest of the name no more than the 255 bytes of any file
 * system.
 */
const KEPT = 40

/** A name beside a target for what is not complete yet; call `done` when the file has its own name or was removed. */
export interface Temporary {
  readonly path: string
  readonly done: () => void
}

/** Removes what killed writers left in a folder, and returns a name by which the next writer recognizes such a file. */
export function newTemporary(folder: string, name: string): Temporary {
  sweep(folder)
  const mark = `castellan-${process.pid}-${thisMachine()}-${randomBytes(6).toString('hex')}`
  writing.add(mark)
  const temporary = `.${name.slice(0, KEPT).toWellFormed()}.${mark}.part`
  return { path: join(folder, temporary), done: () => void writing.delete(mark) }
}

/** Only files that bear the mark, belong to this user, and whose writer on this machine has ended. */
function sweep(folder: string): void {
  for (const name of namesIn(folder)) {
    const { mark = '', pid, machine } = NAME.exec(name)?.groups ?? {}
    if (machine !== thisMachine() || isWriting(mark, Number(pid))) continue
    const path = join(folder, name)
    const { uid } = lstatSync(path, { throwIfNoEntry: false }) ?? {}
    if (uid === undefined || (process.getuid !== undefined && uid !== process.getuid())) continue
    try {
      rmSync(path, { recursive: true, force: true })
    } catch {
      // It stays for a later sweep.
    }
  }
}

/** Empty for a folder that may be written to but not read. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function isWriting(mark: string, pid: number): boolean {
  return pid === process.pid ? writing.has(mark) : isAlive(pid)
}

function thisMachine(): string {
  return hash('sha256', hostname(), 'hex').slice(0, 8)
}
