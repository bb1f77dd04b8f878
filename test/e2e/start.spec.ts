import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { lstatSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'

import { expect, test } from './fixtures.ts'

const open = resolve(import.meta.dirname, '../../out/node/open.js')

test('a second window on one profile says who holds it and ends, and the first closes when told', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'castellan-start-'))
  const start = (): ChildProcess =>
    spawn(process.execPath, [open, '--headless', '--profile', join(folder, 'profile')], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
  const first = start()
  try {
    // The browser's lock is a link to nowhere.
    const lock = join(folder, 'profile/chromium/SingletonLock')
    await expect
      .poll(() => lstatSync(lock, { throwIfNoEntry: false })?.isSymbolicLink(), { timeout: 60_000 })
      .toBe(true)
    const second = start()
    const said = text(second.stderr as NonNullable<ChildProcess['stderr']>)
    expect(await once(second, 'exit')).toEqual([1, null])
    expect(await said).toMatch(/^castellan: The profile .* is open for writing in another Castellan/u)
    first.kill('SIGTERM')
    expect(await once(first, 'exit')).toEqual([0, null])
  } finally {
    first.kill('SIGKILL')
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
})
