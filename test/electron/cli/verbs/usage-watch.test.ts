import { spawn } from 'node:child_process'
import { appendFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { expect, it, vi } from 'vitest'

const home = mkdtempSync(join(tmpdir(), 'castellan-watch-'))

function start(...argv: readonly string[]) {
  const child = spawn(process.execPath, [resolve('out/node/cli.js'), ...argv], {
    env: {
      PATH: process.env['PATH'],
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
      HOME: home,
      CASTELLAN_PROFILE: join(home, 'profile'),
      CASTELLAN_CHECK_OUTPUT: '1',
      DBUS_SESSION_BUS_ADDRESS: 'disabled:',
    },
  })
  const said = { out: '', err: '' }
  child.stdout.on('data', (part: Buffer) => (said.out += part.toString()))
  child.stderr.on('data', (part: Buffer) => (said.err += part.toString()))
  const ended = new Promise<number | null>((done) => child.on('close', done))
  return { child, said, ended }
}

it('castellan usage watch imports what appears and grows until it is interrupted, and then ends with 0', async () => {
  const folder = join(home, 'records')
  mkdirSync(folder)
  expect(await start('client', 'add', 'Acme').ended).toBe(0)
  expect(await start('usage', 'folder', 'add', folder, '--client', 'acme').ended).toBe(0)
  const { child, said, ended } = start('usage', 'watch', '--json')
  const files = (): readonly unknown[] =>
    said.out
      .split('\n')
      .filter((line) => line !== '')
      .map((line): unknown => JSON.parse(line))
  await vi.waitFor(() => expect(said.err).toContain('Watching 1 folder.'), { timeout: 60_000 })
  const path = join(folder, 'app.jsonl')
  writeFileSync(path, '{"ts":"2026-11-05","id":"f1","cost":1}\n')
  await vi.waitFor(() => expect(files()).toMatchObject([{ name: 'app.jsonl', counted: 1 }]), { timeout: 60_000 })
  appendFileSync(path, '{"ts":"2026-11-06","id":"f2","cost":1}\n')
  await vi.waitFor(() => expect(files()).toMatchObject([{ counted: 1 }, { counted: 1, repeated: 1 }]), {
    timeout: 60_000,
  })
  child.kill('SIGINT')
  expect(await ended).toBe(0)
}, 200_000)
