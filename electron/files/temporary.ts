import { hash, randomBytes } from 'node:crypto'
import { lstatSync, readdirSync, rmSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'

import { isAlive } from './process-alive.ts'

/**
 * `.NAME.castellan-PID-MACHINE-RANDOM.part`: which process writes it, on which machine. What a database has beside itself
 * ends in its words.
 */
const NAME =
  /^\..+\.(?<mark>castellan-(?<pid>\d+)-(?<machine>[0-9a-f]{8})-[0-9a-f]{12})\.part(?:\.zip|-journal|-wal|-shm)?$/u

/** The marks of what this process writes at this moment. A process that ended may have had the same id. */
const writing = new Set<string>()

/** Letters of the target's name that are kept: with the rest of the name no more than the 255 bytes of any file system. */
const KEPT = 40

/** A name beside a target for what is not complete yet; `done` when it has its own name, or is gone. */
export interface Temporary {
  readonly path: string
  readonly done: () => void
}

/** Removes what killed writers left in a folder, and gives a name that the next writer would know such a thing by. */
export function newTemporary(folder: string, name: string): Temporary {
  sweep(folder)
  const mark = `castellan-${process.pid}-${thisMachine()}-${randomBytes(6).toString('hex')}`
  writing.add(mark)
  const temporary = `.${name.slice(0, KEPT).toWellFormed()}.${mark}.part`
  return { path: join(folder, temporary), done: () => void writing.delete(mark) }
}

/** Only what bears the mark, belongs to this user, and whose writer on this machine has ended. */
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

/** Empty for a folder that may be written into and not be read. */
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
