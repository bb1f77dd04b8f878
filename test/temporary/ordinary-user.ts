import { chownSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The user and the group that own nothing, on every Unix. */
const NOBODY = 65_534

/**
 * Runs work as a user to whom the permissions of files apply, since none stops root. As root it becomes another user
 * until the work has ended, with a folder for temporary files that this user owns; everything that the work needs of
 * other folders has to be loaded before.
 */
export async function asOrdinaryUser(work: () => void | Promise<void>): Promise<void> {
  if (process.geteuid?.() !== 0) return work()
  const before = tmpdir()
  const folder = mkdtempSync(join(before, 'user-'))
  chownSync(folder, NOBODY, NOBODY)
  process.env['TMPDIR'] = folder
  process.setegid?.(NOBODY)
  process.seteuid?.(NOBODY)
  try {
    await work()
  } finally {
    process.seteuid?.(0)
    process.setegid?.(0)
    process.env['TMPDIR'] = before
  }
}
