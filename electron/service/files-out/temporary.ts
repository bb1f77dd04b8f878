import { hash, randomBytes } from 'node:crypto'
import { lstatSync, readdirSync, rmSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'

import { isAlive } from '../process-alive.ts'

/** `.NAME.castellan-PID-MACHINE-RANDOM.part`: which process writes it, on which machine. */
const NAME = /^\..+\.castellan-(?<pid>\d+)-(?<machine>[0-9a-f]{8})-[0-9a-f]{12}\.part(?:\.zip)?$/u

/** What this process writes at this moment. A process that ended may have had the same id. */
const writing = new Set<string>()

/** A name beside a target for what is not complete yet; `done` when it has its own name, or is gone. */
export interface Temporary {
  readonly path: string
  readonly done: () => void
}

/** Removes what killed writers left in a folder, and gives a name that the next writer would know such a thing by. */
export function newTemporary(folder: string, name: string): Temporary {
  sweep(folder)
  const mark = `castellan-${process.pid}-${thisMachine()}-${randomBytes(6).toString('hex')}`
  const temporary = `.${name.slice(0, 100)}.${mark}.part`
  writing.add(temporary)
  return { path: join(folder, temporary), done: () => void writing.delete(temporary) }
}

/** Only what bears the mark, belongs to this user, and whose writer on this machine has ended. */
function sweep(folder: string): void {
  for (const name of namesIn(folder)) {
    const { pid, machine } = NAME.exec(name)?.groups ?? {}
    if (pid === undefined || machine !== thisMachine() || isWriting(name, Number(pid))) continue
    const path = join(folder, name)
    const { uid } = lstatSync(path, { throwIfNoEntry: false }) ?? {}
    if (uid === undefined || (process.getuid !== undefined && uid !== process.getuid())) continue
    try {
      rmSync(path, { recursive: true, force: true })
    } catch {
      // What cannot be removed is in nobody's way.
    }
  }
}

/** A folder that may be written into and not be read is swept by nobody. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function isWriting(name: string, pid: number): boolean {
  return pid === process.pid ? writing.has(name.replace(/\.zip$/u, '')) : isAlive(pid)
}

function thisMachine(): string {
  return hash('sha256', hostname(), 'hex').slice(0, 8)
}
