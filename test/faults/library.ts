import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** The fault of a call to the system; `faults.c` describes each. */
export const FAULT_KINDS = ['ENOSPC', 'FULL', 'EIO', 'EACCES', 'EINTR', 'SHORT'] as const
export type FaultKind = (typeof FAULT_KINDS)[number]

/** A call to the system that was counted: its name, such as `write`, and the file. */
export interface Call {
  readonly name: string
  readonly path: string
}

/** Compiles the library that makes calls fail. Returns its path, or null where there is no compiler or no Linux. */
export function faultLibrary(folder: string): string | null {
  if (process.platform !== 'linux') return null
  const path = join(folder, 'faults.so')
  const source = join(import.meta.dirname, 'faults.c')
  const { status, error, stderr } = spawnSync('cc', ['-O1', '-shared', '-fPIC', '-o', path, source, '-ldl'], {
    encoding: 'utf8',
  })
  if (error !== undefined) return null
  if (status !== 0) throw new Error(stderr)
  return path
}

/** The environment of a process whose calls on files below `folder` can be made to fail. */
export function faultyEnvironment(library: string, folder: string): NodeJS.ProcessEnv {
  mkdirSync(folder, { recursive: true })
  return {
    LD_PRELOAD: library,
    FAULT_UNDER: folder,
    FAULT_CONTROL: '/castellan-faults',
    FAULT_LOG: `${folder}.calls`,
    // What it writes to the temporary folder counts too.
    TMPDIR: folder,
  }
}

/** Arms a fault in this process at the k-th call from here on, from 1; with 0 the calls are only counted. */
export function arm(kind: FaultKind | 'KILL', k: number): void {
  order(`${kind}/${k}`)
}

/** Ends it, and returns the calls since it was armed. */
export function disarm(): Call[] {
  order('END')
  const log = process.env['FAULT_LOG'] ?? ''
  if (!existsSync(log)) throw new Error('The library of faults is not loaded.')
  const lines = readFileSync(log, 'utf8').split('\n').slice(0, -1)
  rmSync(log)
  return lines.map((line) => ({ name: line.slice(0, line.indexOf(' ')), path: line.slice(line.indexOf(' ') + 1) }))
}

function order(what: string): void {
  try {
    openSync(`${process.env['FAULT_CONTROL']}/${what}`, 'r')
  } catch {
    // The library answers every order with ENOENT.
  }
}
