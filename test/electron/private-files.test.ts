import { execFile } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

import { describe, expect, it } from 'vitest'

import { bundles } from '../../build/bundles.mjs'
import { memoryStore } from '../../electron/secrets/secret-store.ts'
import { makeRegister } from '../../electron/service/core/context.ts'
import { openService } from '../../electron/service/process/open.ts'
import { recordingHost } from './service/services.ts'

/** Entries of bundles that are not a separate process; a `*-thread.ts` is a thread of the service. */
const NO_PROCESS: Readonly<Record<string, string>> = {
  'electron/service/process/worker.ts': 'a thread of electron/open.ts',
  'electron/service/process/thread.ts': 'a thread of each process of the service',
  'electron/cli/quick/due.ts': 'loaded by electron/cli/main.ts, after its first line',
  'electron/preload.ts': 'a page, which writes nothing',
}

const MAIN = resolve('out/node/cli.js')

/** Everything below a folder whose permissions are wider than those of its user. */
function open(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    const path = join(entry.parentPath, entry.name)
    const mode = statSync(path).mode & 0o777
    return mode === (entry.isDirectory() ? 0o700 : 0o600) ? [] : [`${path} ${mode.toString(8)}`]
  })
}

function toInput(build: object): Readonly<Record<string, string>> {
  const { input } = ('rolldownOptions' in build ? build.rolldownOptions : {}) as {
    readonly input?: Readonly<Record<string, string>>
  }
  return input ?? {}
}

describe.skipIf(process.platform === 'win32')('what Castellan writes', () => {
  it('is its user’s alone, also where a process of this machine gives everything to everybody', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'castellan-private-'))
    const out = join(folder, 'out')
    mkdirSync(out, { mode: 0o700 })
    const env = { ...process.env, CASTELLAN_PROFILE: join(folder, 'profile'), DBUS_SESSION_BUS_ADDRESS: 'disabled:' }
    const castellan = (...argv: readonly string[]) =>
      promisify(execFile)('sh', ['-c', 'umask 000; exec "$@"', 'sh', process.execPath, MAIN, ...argv], { env })
    await castellan('client', 'add', 'Acme Corp')
    await castellan('review', 'open', '--check', 'roles', '--client', 'acme-corp', '--override', 'No sync yet')
    await castellan('register', '--out', join(out, 'register.xlsx'))
    await castellan('register', '--out', join(out, 'register.md'))
    await castellan('review', 'pack', '1', '--out', out)
    expect(readdirSync(out)).toHaveLength(4)
    expect(open(folder)).toEqual([])
  })

  it('is its user’s alone by the first line of every process of the product', () => {
    const inputs = bundles(process.cwd(), 'out').flatMap(({ build }) => Object.values(toInput(build)))
    const files = [...new Set(inputs)].map((file) => file.slice(process.cwd().length + 1))
    expect(files).toEqual(expect.arrayContaining(Object.keys(NO_PROCESS)))
    const processes = files.filter((file) => NO_PROCESS[file] === undefined)
    expect(processes).toHaveLength(5)
    for (const file of processes)
      expect([file, readFileSync(file, 'utf8')]).toEqual([file, expect.stringMatching(/^keepFilesPrivate\(\)$/mu)])
  })
})

describe.skipIf(process.platform === 'win32')('a register', () => {
  it('that others may read is its user’s alone once it was opened to write, with its journal files and backups', async () => {
    const profile = join(mkdtempSync(join(tmpdir(), 'castellan-private-')), 'profile')
    const options = { profile, mode: 'write', host: recordingHost(), secrets: memoryStore('No keychain.') } as const
    const before = process.umask(0)
    try {
      const first = await openService(options)
      expect(open(profile)).toEqual([])
      await first.close()
      chmodSync(join(profile, 'register.db'), 0o644)
      mkdirSync(join(profile, 'backups'), { mode: 0o700 })
      writeFileSync(join(profile, 'backups', 'register-2026.db'), 'of an older version', { mode: 0o644 })
      const again = await openService(options)
      makeRegister(again.context).transact(() => undefined)
      expect(readdirSync(profile)).toContain('register.db-wal')
      expect(open(profile)).toEqual([])
      await again.close()
    } finally {
      process.umask(before)
    }
  })
})
