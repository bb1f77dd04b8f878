import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

import { explained, flushFolder } from '../files-out/write-file.ts'
import { invalid } from '../refusal.ts'
import { type LineFile, newLineFile, type WrittenFile } from './line-file.ts'

/** A folder that is being written under another name beside its target. */
export interface PackFolder {
  readonly temporary: string
  /** Writes a whole file of lines. */
  readonly write: (name: string, lines: Iterable<string>) => WrittenFile
  /** Begins one that is written piece by piece. */
  readonly begin: (name: string) => LineFile
  /** A file that is not made of lines. */
  readonly writeBytes: (name: string, bytes: Uint8Array) => void
  /** Gives the folder, and the zip beside it if there is one, their names: whole or not at all. */
  readonly place: (target: PackTarget) => void
  readonly discard: () => void
}

/** Where a pack is to lie: names that nothing had when it was asked. */
export interface PackTarget {
  readonly name: string
  readonly path: string
  readonly zipPath: string
}

/**
 * The first free name in a directory, by `nameOf(1)`, `nameOf(2)`, ... Throws `Refusal` INVALID for a directory that is
 * not one.
 */
export function freeTarget(directory: string, nameOf: (n: number) => string): PackTarget {
  const folder = resolve(directory)
  const status = statSync(folder, { throwIfNoEntry: false })
  if (!status?.isDirectory()) {
    const what = status === undefined ? 'does not exist' : 'is not a folder'
    throw invalid('directory', `${folder} ${what}.`, 'Make the folder, or choose another one.')
  }
  for (let n = 1; ; n += 1) {
    const name = nameOf(n)
    const target = { name, path: join(folder, name), zipPath: join(folder, `${name}.zip`) }
    if (!existsSync(target.path) && !existsSync(target.zipPath)) return target
  }
}

/** Begins a folder beside a target. Throws `Refusal` INVALID where it cannot be made. */
export function newPackFolder(target: PackTarget): PackFolder {
  const temporary = join(dirname(target.path), `.${target.name}.${randomBytes(6).toString('hex')}.part`)
  const begun: LineFile[] = []
  const discard = (): void => {
    for (const file of begun) file.drop()
    rmSync(temporary, { recursive: true, force: true })
    rmSync(`${temporary}.zip`, { force: true })
  }
  const orDiscard = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      discard()
      throw explained(error, target.path)
    }
  }
  const begin = (name: string): LineFile =>
    orDiscard(() => {
      const file = newLineFile(join(temporary, name), name)
      begun.push(file)
      return file
    })
  orDiscard(() => mkdirSync(temporary))
  return {
    temporary,
    begin,
    write: (name, lines) =>
      orDiscard(() => {
        const file = begin(name)
        for (const line of lines) file.line(line)
        return file.end()
      }),
    writeBytes: (name, bytes) =>
      orDiscard(() => writeFileSync(join(temporary, name), bytes, { flag: 'wx', flush: true })),
    place: (to) =>
      orDiscard(() => {
        flushFolder(temporary)
        // The zip first: a folder that has its name is finished.
        const zipped = existsSync(`${temporary}.zip`)
        if (zipped) renameSync(`${temporary}.zip`, to.zipPath)
        try {
          renameSync(temporary, to.path)
        } catch (error) {
          if (zipped) rmSync(to.zipPath, { force: true })
          throw error
        }
        flushFolder(dirname(to.path))
      }),
    discard,
  }
}
