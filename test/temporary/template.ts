import { chmodSync, cpSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { runFolder } from './run.ts'

/**
 * Puts a folder in place that takes a while to make: made once in a run of tests, by `make` at the path that it is given,
 * and copied for each that asks by `copy`, which leaves the copies to this user.
 */
export async function putCopy(
  name: string,
  to: string,
  make: (path: string) => Promise<void>,
  copy: (from: string, to: string) => Promise<void> | void = copyFolder,
): Promise<void> {
  // A test that goes on as an ordinary user may not read the contents of the folder of the run.
  if (process.geteuid?.() !== process.getuid?.()) return make(to)
  const template = join(runFolder(), name)
  if (!existsSync(template)) {
    const parent = mkdtempSync(join(tmpdir(), 'template-'))
    // Another user, for whom it may be made, may pass through.
    chmodSync(parent, 0o711)
    const made = join(parent, name)
    await make(made)
    try {
      renameSync(made, template)
    } catch (error) {
      // Another worker was quicker; its copy is as good.
      if (!existsSync(template)) throw error
      rmSync(made, { recursive: true })
    }
  }
  await copy(template, to)
}

function copyFolder(from: string, to: string): void {
  cpSync(from, to, { recursive: true, force: false, errorOnExist: true })
}
