import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { createPrivateFolder, placeNew, syncFolder } from '../../files/private-file.ts'
import type { FolderTarget } from '../files-out/target.ts'
import { newTemporary } from '../../files/temporary.ts'
import { explained } from '../kit/paths.ts'
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

/** The first free name in a folder, by `nameOf(1)`, `nameOf(2)`, ... */
export function freeTarget(folder: FolderTarget, nameOf: (n: number) => string): PackTarget {
  for (let n = 1; ; n += 1) {
    const name = nameOf(n)
    const target = { name, path: join(folder.path, name), zipPath: join(folder.path, `${name}.zip`) }
    if (!existsSync(target.path) && !existsSync(target.zipPath)) return target
  }
}

/** Begins a folder beside a target. Throws `Refusal` INVALID where it cannot be made. */
export function newPackFolder(target: PackTarget): PackFolder {
  const { path: temporary, done } = newTemporary(dirname(target.path), target.name)
  const begun: LineFile[] = []
  const discard = (): void => {
    for (const file of begun) file.drop()
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
  const begin = (name: string): LineFile =>
    orDiscard(() => {
      const file = newLineFile(join(temporary, name), name)
      begun.push(file)
      return file
    })
  orDiscard(() => createPrivateFolder(temporary))
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
      orDiscard(() => writeFileSync(join(temporary, name), bytes, { flag: 'wx', mode: 0o600, flush: true })),
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
          renameSync(temporary, to.path)
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
