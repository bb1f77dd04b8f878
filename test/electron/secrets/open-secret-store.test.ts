import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { resultIn, secretServiceMissing, withSecretService, type SessionOptions } from './secret-service.ts'

const missing = secretServiceMissing()
if (missing !== null) console.warn(`Skipped: the tests on a real Secret Service, ${missing}.`)

const STEPS = resolve(import.meta.dirname, 'session-steps.ts')

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'castellan-secrets-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

async function inSession<T>(steps: string, options: SessionOptions = {}): Promise<T> {
  const result = await withSecretService([process.execPath, STEPS, steps, join(folder, 'profile')], {}, options)
  if (result.code !== 3) throw new Error(`The steps ended with ${result.code}: ${result.stderr}`)
  return resultIn<T>(result.stdout)
}

function describedWithout(env: Readonly<Record<string, string>>): { kind: string; detail: string; created: boolean } {
  const result = spawnSync(process.execPath, [STEPS, 'describe', join(folder, 'profile')], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    encoding: 'utf8',
  })
  if (result.status !== 3) throw new Error(`The steps ended with ${result.status}: ${result.stderr}`)
  return resultIn<{ kind: string; detail: string; created: boolean }>(result.stdout)
}

describe.skipIf(missing !== null)('with a Secret Service', () => {
  test('keeps, replaces and deletes secrets, and writes nothing before the first one', async () => {
    const result = await inSession<Record<string, unknown>>('roundTrip')
    expect(result).toMatchObject({
      kind: 'keychain',
      createdByOpening: false,
      createdByReading: false,
      absent: null,
      first: 'first',
      second: 'sécond ✓',
      elsewhere: 'sécond ✓',
      deleted: null,
    })
    expect(result['detail']).toContain('Secret Service')
  })

  test('reports that the keyring is locked, without the secret, and falls back at the next start', async () => {
    const result = await inSession<{ errors: Record<string, { message: string }>; kind: string; detail: string }>(
      'locked',
    )
    for (const call of ['get', 'set', 'delete']) expect(result.errors[call]?.message).toContain('locked')
    expect(result.kind).toBe('memory')
    expect(result.detail).toContain('Unlock the keyring')
    expect(JSON.stringify(result)).not.toContain('secret value')
  })

  test('does not wait for a dialog that no one answers', async () => {
    const result = await inSession<{
      error: { message: string; hint: string }
      late: { message: string }
      kind: string
      detail: string
    }>('hanging', { prompt: 'hangs' })
    expect(result.error.message).toContain('did not answer within')
    expect(result.error.hint).toContain('dialog')
    expect(result.late.message).toContain('did not answer within')
    expect(result).toMatchObject({ kind: 'memory' })
    expect(result.detail).toContain('only until the application closes')
  })

  test('continues after the keyring program was restarted', async () => {
    expect(await inSession('restarted')).toEqual({ secret: 'a secret value' })
  })

  test('reports what to do when no keyring was ever made', async () => {
    const result = await inSession<{ kind: string; detail: string }>('describe', { keyring: 'none' })
    expect(result.kind).toBe('memory')
    expect(result.detail).toContain('no default keyring')
  })

  test('a moved profile keeps its secrets; a copied one has none, and does not touch those of the original', async () => {
    const result = await inSession<Record<string, unknown>>('movedAndCopied')
    expect(result).toMatchObject({
      keyKept: true,
      credentialAfterMove: 'credential of the original',
      keyOfCopy: { state: 'missing' },
      credentialOfCopy: null,
      original: 'credential of the original',
      copy: 'credential of the copy',
    })
    expect(JSON.stringify(result['keyOfCopy'])).toContain('is a copy of')
  })

  test('a key file moves into the keychain and is deleted', async () => {
    const result = await inSession<Record<string, unknown>>('keyFile')
    expect(result).toMatchObject({
      moved: { state: 'ready', source: 'keychain', created: false },
      fileLeft: false,
      same: true,
      later: { state: 'ready', source: 'keychain', notice: null },
    })
    expect(JSON.stringify(result['moved'])).toContain('mode 644')
  })
})

describe.skipIf(process.platform !== 'linux')('without one', () => {
  test.each([
    ['no session bus', {}],
    ['a session bus that does not exist', { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus' }],
  ])('%s: credentials stay in memory, and the reason is shown', (_, env) => {
    const result = describedWithout(env)
    expect(result).toMatchObject({ kind: 'memory', created: false })
    expect(result.detail).toContain('no D-Bus session bus')
    expect(result.detail).toContain('only until the application closes')
  })
})
