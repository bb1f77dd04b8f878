import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { Worker } from 'node:worker_threads'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { profilePaths } from '../../../../electron/service/profile/paths.ts'
import { takeWriterLock, WriterLockHeld } from '../../../../electron/service/profile/writer-lock.ts'
import { refused } from '../seeded.ts'
import { newService } from '../services.ts'

const HOLDER = resolve(import.meta.dirname, 'hold-lock.ts')

let root = ''
let profile = ''
let children: ChildProcessByStdio<Writable, Readable, null>[] = []
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'castellan-lock-'))
  profile = join(root, 'profile')
})
afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
  children = []
  rmSync(root, { recursive: true, force: true })
})

interface Other {
  readonly pid: number
  /** The next line that the process prints. */
  next(): Promise<string>
  /** Ends it without a chance to clean up. */
  kill(): Promise<void>
  release(): void
}

function other(what: string, dir = profile): Other {
  const child = spawn(process.execPath, [HOLDER, dir, what], { stdio: ['pipe', 'pipe', 'inherit'] })
  children.push(child)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    pid: child.pid ?? 0,
    next: async () => String((await lines.next()).value),
    kill: async () => {
      const removed = once(child, 'exit')
      child.kill('SIGKILL')
      await removed
    },
    release: () => {
      child.stdin.write('release\n')
    },
  }
}

function refusal(dir = profile): WriterLockHeld {
  try {
    takeWriterLock(dir, 'second').release()
  } catch (error) {
    if (error instanceof WriterLockHeld) return error
    throw error
  }
  throw new Error('The lock was given twice.')
}

test('a second writer is shown who the first one is and what to do', async () => {
  const first = other('window')
  expect(await first.next()).toBe('held')
  const error = refusal()
  expect(error.holder).toMatchObject({ pid: first.pid, what: 'window', host: hostname() })
  expect(error.message).toContain(`(window, process ${first.pid} on ${hostname()}, since `)
  expect(error.message).toContain('Close that one and try again; reading works beside it.')
})

test('a third process is shown the same, and this one’s lock is safe from the attempts of others', async () => {
  const lock = takeWriterLock(profile, 'terminal sync')
  for (let attempt = 0; attempt < 2; attempt += 1) {
    expect(refusal().holder).toMatchObject({ pid: process.pid, what: 'terminal sync' })
    expect(await other('window').next()).toContain(`terminal sync, process ${process.pid}`)
  }
  lock.release()
  expect(await other('window').next()).toBe('held')
})

test('after kill -9 the next writer gets the lock immediately, and nothing is left to clean up', async () => {
  for (let round = 0; round < 5; round += 1) {
    const first = other('window')
    expect(await first.next()).toBe('held')
    await first.kill()
    expect(existsSync(profilePaths(profile).writerHolder)).toBe(true)
    takeWriterLock(profile, 'after the crash').release()
  }
  expect(readdirSync(profile)).toEqual(['writer.lock'])
})

test('a name that a crashed writer left behind is not shown as the holder', async () => {
  const crashed = other('crashed window')
  await crashed.next()
  await crashed.kill()
  const lock = takeWriterLock(profile, 'terminal import')
  const { pid } = crashed
  writeFileSync(
    profilePaths(profile).writerHolder,
    JSON.stringify({ pid, what: 'crashed window', since: new Date(0).toISOString(), host: hostname() }),
  )
  expect(refusal().holder).toBeNull()
  writeFileSync(profilePaths(profile).writerHolder, '{ torn')
  expect(refusal().message).toContain('open for writing in another Castellan. Close')
  lock.release()
})

test('a release lets the next writer in, once or twice', async () => {
  const first = other('window')
  await first.next()
  first.release()
  expect(await first.next()).toBe('released')
  const lock = takeWriterLock(profile, 'second')
  lock.release()
  lock.release()
  takeWriterLock(profile, 'third').release()
})

test('a worker thread that is ended releases the lock', async () => {
  const url = new URL('../../../../electron/service/profile/writer-lock.ts', import.meta.url)
  const worker = new Worker(
    `import(${JSON.stringify(url.href)}).then(({ takeWriterLock }) => {
       takeWriterLock(${JSON.stringify(profile)}, 'worker')
       require('node:worker_threads').parentPort.postMessage('held')
     })
     setInterval(() => undefined, 60_000)`,
    { eval: true, execArgv: [] },
  )
  await once(worker, 'message')
  expect(refusal().holder).toMatchObject({ what: 'worker' })
  await worker.terminate()
  takeWriterLock(profile, 'next').release()
})

test('two names of one folder are one profile; two folders are two', () => {
  const lock = takeWriterLock(profile, 'window')
  const alias = join(root, 'alias')
  symlinkSync(profile, alias, 'junction')
  expect(refusal(alias).holder).toMatchObject({ what: 'window' })
  takeWriterLock(join(root, 'elsewhere'), 'window').release()
  lock.release()
})

test('a profile that is a file is an error with a way out', () => {
  writeFileSync(profile, 'mine')
  expect(() => takeWriterLock(profile, 'window')).toThrow('choose another one with --profile')
})

test.skipIf(process.platform === 'win32')('what it writes is for this user alone', () => {
  const lock = takeWriterLock(profile, 'window')
  const paths = profilePaths(profile)
  const modes = [paths.dir, paths.writerLock, paths.writerHolder].map((path) => statSync(path).mode & 0o777)
  expect(modes).toEqual([0o700, 0o600, 0o600])
  lock.release()
})

test('a writer whose lock file was removed stops writing, so that there are never two', async () => {
  const first = await newService({ profile })
  await first.api.client.add({ name: 'One' })
  rmSync(profilePaths(profile).writerLock)
  const second = await newService({ profile })
  await second.api.client.add({ name: 'Two' })
  expect(await refused(first.api.client.add({ name: 'Three' }))).toMatchObject({
    code: 'CONFLICT',
    message: expect.stringContaining('writer.lock') as string,
  })
  await first.close()
  // The remaining one continues, under its own name.
  expect(existsSync(profilePaths(profile).writerHolder)).toBe(true)
  await second.api.client.add({ name: 'Three' })
})
