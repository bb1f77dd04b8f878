import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { lstatSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'

import { expect, test } from './fixtures.ts'

const open = resolve(import.meta.dirname, '../../out/node/open.js')

/** Starts the window in a profile of its own, runs the work, and ends remaining processes. */
async function inProfile(work: (profile: string, start: () => ChildProcess) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'castellan-start-'))
  const profile = join(folder, 'profile')
  const started: ChildProcess[] = []
  try {
    await work(profile, () => {
      const child = spawn(process.execPath, [open, '--headless', '--profile', profile], {
        stdio: ['ignore', 'ignore', 'pipe'],
        // The runner asks for colours; beside a person's NO_COLOR, Node would warn of that before all else.
        env: { ...process.env, FORCE_COLOR: undefined },
      })
      started.push(child)
      return child
    })
  } finally {
    for (const child of started) child.kill('SIGKILL')
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
}

/** Waits until the browser of the profile has started: its lock is a dangling link. */
async function browserBegins(profile: string): Promise<void> {
  const lock = join(profile, 'chromium/SingletonLock')
  await expect.poll(() => lstatSync(lock, { throwIfNoEntry: false })?.isSymbolicLink(), { timeout: 60_000 }).toBe(true)
}

test('a second window on one profile reports the first one and ends, and the first closes when asked', async () => {
  await inProfile(async (profile, start) => {
    const first = start()
    await browserBegins(profile)
    const second = start()
    const said = text(second.stderr as NonNullable<ChildProcess['stderr']>)
    expect(await once(second, 'exit')).toEqual([1, null])
    expect(await said).toMatch(/^castellan: The profile .* is open for writing in another Castellan/u)
    first.kill('SIGTERM')
    expect(await once(first, 'exit')).toEqual([0, null])
  })
})

test('a window that is closed while it opens shuts down in order, and so does its browser', async () => {
  await inProfile(async (profile, start) => {
    const window = start()
    await browserBegins(profile)
    window.kill('SIGTERM')
    expect(await once(window, 'exit')).toEqual([0, null])
    expect(lstatSync(join(profile, 'chromium/SingletonLock'), { throwIfNoEntry: false })).toBeUndefined()
  })
})
