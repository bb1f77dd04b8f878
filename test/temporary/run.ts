import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { memoryFolder } from './memory.ts'

const NAME = /^castellan-tests-(\d+)-/u

const RUN_FOLDER = 'CASTELLAN_TEST_RUN'

let folder = ''

/** One folder for the temporary files of a run, in memory where that is possible. */
export function setup(): void {
  const base = memoryFolder() ?? tmpdir()
  removeAbandoned(base)
  folder = mkdtempSync(join(base, `castellan-tests-${process.pid}-`))
  // Other users may pass through, which tests of permissions need.
  chmodSync(folder, 0o711)
  process.env['TMPDIR'] = folder
  process.env[RUN_FOLDER] = folder
}

/** Whether this process belongs to a run of tests; a measurement does not. */
export function isTestRun(): boolean {
  return process.env[RUN_FOLDER] !== undefined
}

/** The folder of this run, in whichever of its processes; what it contains is shared by all tests. */
export function runFolder(): string {
  const shared = process.env[RUN_FOLDER]
  if (shared === undefined) throw new Error('Only a run of tests has a folder for what its tests share.')
  return shared
}

export function teardown(): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
}

/** Removes what runs left behind that were killed; what another user left stays. */
function removeAbandoned(base: string): void {
  for (const name of readdirSync(base)) {
    const pid = NAME.exec(name)?.[1]
    if (pid === undefined || isAlive(Number(pid))) continue
    try {
      rmSync(join(base, name), { recursive: true, force: true })
    } catch {
      // It belongs to another user.
    }
  }
}

/** Whether a process with this number runs. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
