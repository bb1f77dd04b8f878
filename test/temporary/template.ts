import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'

import { isAlive, runFolder } from './run.ts'

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
  await makeOnce(template, async () => {
    const parent = mkdtempSync(join(tmpdir(), 'template-'))
    // Another user, for whom it may be made, may pass through.
    chmodSync(parent, 0o711)
    const made = join(parent, name)
    await make(made)
    try {
      renameSync(made, template)
    } catch (error) {
      // Two workers took the place of a killed one; the copy of the other is as good.
      if (!existsSync(template)) throw error
      rmSync(made, { recursive: true })
    }
  })
  await copy(template, to)
}

const LOOK_AGAIN_MS = 20

/**
 * Makes a template unless it is there. One worker makes it while the others wait: side by side, each would spend the time of
 * making it. What fails, or is not ready when its maker ends, is made by the next.
 */
async function makeOnce(template: string, make: () => Promise<void>): Promise<void> {
  const mark = `${template}.making`
  while (!existsSync(template)) {
    if (!isFirst(mark)) {
      if (isAbandoned(mark)) rmSync(mark, { force: true })
      await setTimeout(LOOK_AGAIN_MS)
      continue
    }
    try {
      // It may have become ready between the look and the mark.
      if (!existsSync(template)) await make()
    } finally {
      rmSync(mark, { force: true })
    }
  }
}

/** Sets the mark of the worker that makes it, unless another has set one. */
function isFirst(mark: string): boolean {
  try {
    writeFileSync(mark, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Whether the process that set the mark has ended; unknown while the mark is written or removed. */
function isAbandoned(mark: string): boolean {
  try {
    const maker = Number(readFileSync(mark, 'utf8'))
    return maker !== 0 && !isAlive(maker)
  } catch {
    return false
  }
}

function copyFolder(from: string, to: string): void {
  cpSync(from, to, { recursive: true, force: false, errorOnExist: true })
}
