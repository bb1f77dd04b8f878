import { mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const NAME = /^castellan-self-test-(?<pid>\d+)-/u

/** A temporary folder that only this user may read, named by the process that uses it. */
export function newSelfTestFolder(): string {
  return realpathSync.native(mkdtempSync(join(tmpdir(), `castellan-self-test-${process.pid}-`)))
}

/** The folders of self-tests that were killed. */
export function findAbandoned(): readonly string[] {
  const folder = tmpdir()
  return readdirSync(folder)
    .filter((name) => {
      const pid = NAME.exec(name)?.groups?.['pid']
      return pid !== undefined && hasEnded(Number(pid))
    })
    .map((name) => join(folder, name))
}

/** Removes a folder when this process ends. */
export function removeAtExit(folder: string): void {
  process.once('exit', () => removeFolder(folder))
}

/** Removes a folder; files that another process still has open are tried again for a second. */
export function removeFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 20 })
  } catch {
    // The next self-test removes it.
  }
}

function hasEnded(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH'
  }
}
