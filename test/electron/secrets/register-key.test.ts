import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { memoryStore, KeychainError, type SecretStore } from '../../../electron/secrets/secret-store.ts'
import { toRecoveryCode } from '../../../electron/secrets/recovery-code.ts'
import { keepRegisterKey, registerKey, RegisterKeyError } from '../../../electron/secrets/register-key.ts'

const KEY = new Uint8Array(32).fill(1)
const OTHER = new Uint8Array(32).fill(2)
const NO_KEYCHAIN = memoryStore('This test has no keychain.')

let profile = ''
let file = ''
beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), 'castellan-key-'))
  file = join(profile, 'register.key')
})
afterEach(() => {
  rmSync(profile, { recursive: true, force: true })
})

/** A keychain in a map: the real one is tested on a real Secret Service, all branches of the decision here. */
function keychain(entries: Readonly<Record<string, string>> = {}, faults: Partial<SecretStore> = {}) {
  const held = new Map(Object.entries(entries))
  const store: SecretStore = {
    kind: 'keychain',
    detail: 'Kept in the test keychain.',
    get: async (account) => held.get(account) ?? null,
    set: async (account, secret) => void held.set(account, secret),
    delete: async (account) => void held.delete(account),
    ...faults,
  }
  return { store, held }
}

const writeKey = (text: string, mode = 0o600): void => writeFileSync(file, text, { mode })

describe('a new register', () => {
  test('gets a key in the keychain, which stays the same', async () => {
    const { store, held } = keychain()
    const first = await registerKey({ profile, secrets: store, registerExists: false })
    expect(first).toMatchObject({ state: 'ready', source: 'keychain', created: true, notice: null })
    expect(first.state === 'ready' && first.key.length).toBe(32)
    expect(held.size).toBe(1)
    // Also when the process died between making the key and making the register.
    for (const registerExists of [false, true]) {
      const again = await registerKey({ profile, secrets: store, registerExists })
      expect(again).toEqual({ ...first, created: false })
    }
    expect(readdirSync(profile)).toEqual([])
  })

  test('gets a key in a 0600 file without a keychain, with a permanent warning', async () => {
    const inside = join(profile, 'new')
    const first = await registerKey({ profile: inside, secrets: NO_KEYCHAIN, registerExists: false })
    expect(first).toMatchObject({ state: 'ready', source: 'file', created: true })
    const again = await registerKey({ profile: inside, secrets: NO_KEYCHAIN, registerExists: true })
    expect(again).toEqual({ ...first, created: false })
    expect(again.state === 'ready' && again.notice).toContain('This test has no keychain.')
    expect(again.state === 'ready' && again.notice).toContain(join(inside, 'register.key'))
  })

  test('gets keys that differ', async () => {
    const keys = await Promise.all(
      [1, 2].map(() => registerKey({ profile, secrets: keychain().store, registerExists: false })),
    )
    expect(keys[0]).not.toEqual(keys[1])
  })

  test('is not made with a key that the keychain does not return', async () => {
    const { store } = keychain({}, { get: async () => null })
    await expect(registerKey({ profile, secrets: store, registerExists: false })).rejects.toThrow(KeychainError)
  })

  test.each(['keychain', 'file'])('never overwrites a damaged key in the %s', async (where) => {
    const damaged = toRecoveryCode(KEY).replace(/.$/u, '~')
    const { store, held } = keychain(where === 'keychain' ? { 'register-key': damaged } : {})
    if (where === 'file') writeKey(damaged)
    const attempt = registerKey({ profile, secrets: store, registerExists: false })
    await expect(attempt).rejects.toThrow(RegisterKeyError)
    await expect(attempt).rejects.toThrow('is damaged')
    expect(where === 'file' ? readFileSync(file, 'utf8') : held.get('register-key')).toBe(damaged)
  })
})

describe('a register whose key is missing', () => {
  test.each([
    ['an empty keychain', () => keychain().store, 'is not in the keychain. Kept in the test keychain.'],
    ['no keychain', () => NO_KEYCHAIN, 'was not found. This test has no keychain.'],
    ['a damaged entry', () => keychain({ 'register-key': '' }).store, 'in the keychain is damaged'],
  ])('asks for the recovery code: %s', async (_, secrets, reason) => {
    const answer = await registerKey({ profile, secrets: secrets(), registerExists: true })
    expect(answer).toMatchObject({ state: 'missing', reason: expect.stringContaining(reason) as string })
    expect(readdirSync(profile)).toEqual([])
  })

  test('asks for it when the key file is damaged, and leaves the file', async () => {
    writeKey('nonsense')
    const answer = await registerKey({ profile, secrets: NO_KEYCHAIN, registerExists: true })
    expect(answer).toMatchObject({ state: 'missing', reason: expect.stringContaining(`${file} is damaged`) as string })
    expect(readFileSync(file, 'utf8')).toBe('nonsense')
  })

  test('a keychain that stops answering is an error of its own, since asking again may help', async () => {
    const { store } = keychain({}, { get: () => Promise.reject(new KeychainError('Locked.', 'Unlock it.')) })
    await expect(registerKey({ profile, secrets: store, registerExists: true })).rejects.toThrow('Locked.')
  })
})

describe('a key file beside a keychain', () => {
  test('moves into the keychain and is deleted', async () => {
    writeKey(toRecoveryCode(KEY))
    const { store, held } = keychain()
    const answer = await registerKey({ profile, secrets: store, registerExists: true })
    expect(answer).toEqual({ state: 'ready', key: KEY, source: 'keychain', created: false, notice: null })
    expect(held.get('register-key')).toBe(toRecoveryCode(KEY))
    expect(existsSync(file)).toBe(false)
  })

  test.each([
    ['refuses it', { set: () => Promise.reject(new KeychainError('Locked.', 'Unlock it.')) }],
    ['does not return it', { get: async () => null }],
  ])('stays when the keychain %s', async (_, faults) => {
    writeKey(toRecoveryCode(KEY))
    const answer = await registerKey({ profile, secrets: keychain({}, faults).store, registerExists: true })
    expect(answer).toMatchObject({ state: 'ready', key: KEY, source: 'file', created: false })
    expect(answer.state === 'ready' && answer.notice).toContain('could not be moved')
    expect(existsSync(file)).toBe(true)
  })

  test('counts before another key in the keychain, which is kept under another name', async () => {
    writeKey(toRecoveryCode(KEY))
    const { store, held } = keychain({ 'register-key': toRecoveryCode(OTHER) })
    expect(await registerKey({ profile, secrets: store, registerExists: true })).toMatchObject({ key: KEY })
    expect([...held.values()].sort()).toEqual([toRecoveryCode(KEY), toRecoveryCode(OTHER)].sort())
  })

  test('that is damaged does not count, and stays', async () => {
    writeKey('nonsense')
    const { store } = keychain({ 'register-key': toRecoveryCode(OTHER) })
    const answer = await registerKey({ profile, secrets: store, registerExists: true })
    expect(answer).toMatchObject({ state: 'ready', key: OTHER, source: 'keychain' })
    expect(answer.state === 'ready' && answer.notice).toContain('holds no usable register key')
    expect(readFileSync(file, 'utf8')).toBe('nonsense')
  })
})

describe.skipIf(process.platform === 'win32')('the key file', () => {
  test('and the folder made for it are for this user alone', async () => {
    const inside = join(profile, 'new')
    await registerKey({ profile: inside, secrets: NO_KEYCHAIN, registerExists: false })
    expect(statSync(join(inside, 'register.key')).mode & 0o777).toBe(0o600)
    expect(statSync(inside).mode & 0o777).toBe(0o700)
  })

  test('that others could read is closed to them, and the notice reports it', async () => {
    writeKey(toRecoveryCode(KEY), 0o644)
    const answer = await registerKey({ profile, secrets: NO_KEYCHAIN, registerExists: true })
    expect(answer.state === 'ready' && answer.notice).toContain('mode 644')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const again = await registerKey({ profile, secrets: NO_KEYCHAIN, registerExists: true })
    expect(again.state === 'ready' && again.notice).not.toContain('mode 644')
  })

  test('that is a folder is an error, not an absent key', async () => {
    mkdirSync(file)
    const attempt = registerKey({ profile, secrets: NO_KEYCHAIN, registerExists: true })
    await expect(attempt).rejects.toThrow('is not a plain file')
  })
})

describe('a key from a recovery code', () => {
  test('goes into the keychain and removes a file with the same key', async () => {
    writeKey(toRecoveryCode(KEY))
    const { store, held } = keychain({ 'register-key': 'damaged' })
    expect(await keepRegisterKey({ profile, secrets: store, key: KEY })).toEqual({ source: 'keychain' })
    expect(held.get('register-key')).toBe(toRecoveryCode(KEY))
    expect([...held.values()]).toContain('damaged')
    expect(readdirSync(profile)).toEqual([])
  })

  test('goes into the file without a keychain; a different key is set aside, under one name however often', async () => {
    await keepRegisterKey({ profile, secrets: NO_KEYCHAIN, key: OTHER })
    expect(await keepRegisterKey({ profile, secrets: NO_KEYCHAIN, key: KEY })).toEqual({ source: 'file' })
    expect(await keepRegisterKey({ profile, secrets: NO_KEYCHAIN, key: KEY })).toEqual({ source: 'file' })
    expect(readFileSync(file, 'utf8')).toBe(`${toRecoveryCode(KEY)}\n`)
    const [aside, ...more] = readdirSync(profile).filter((name) => name !== 'register.key')
    expect(more).toEqual([])
    expect(readFileSync(join(profile, aside ?? ''), 'utf8')).toBe(`${toRecoveryCode(OTHER)}\n`)
    expect(await registerKey({ profile, secrets: NO_KEYCHAIN, registerExists: true })).toMatchObject({ key: KEY })
  })
})
