import { chmodSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { MOST_CREDENTIAL_BYTES, openCredentialsDirectory } from '../../../electron/secrets/credentials-directory.ts'
import { toRecoveryCode } from '../../../electron/secrets/recovery-code.ts'
import { registerKey } from '../../../electron/secrets/register-key.ts'
import type { SecretStore } from '../../../electron/secrets/secret-store.ts'
import { signingKey } from '../../../electron/secrets/signing-key.ts'
import { openTeamSecrets, teamKeysPath } from '../../../electron/secrets/team-secrets.ts'
import { asOrdinaryUser } from '../../temporary/ordinary-user.ts'

/** A folder as systemd makes it. */
function given(files: Readonly<Record<string, string | Uint8Array>>): { folder: string; secrets: SecretStore } {
  const folder = mkdtempSync(join(tmpdir(), 'castellan-credentials-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, `castellan.${name}`), text)
  return { folder, secrets: openCredentialsDirectory(folder) }
}

const newProfile = (): string => mkdtempSync(join(tmpdir(), 'castellan-runner-'))
const key = new Uint8Array(32).fill(7)

it.each([
  ['sk-admin-1', 'sk-admin-1'],
  ['sk-admin-1\n', 'sk-admin-1'],
  ['sk-admin-1\r\n', 'sk-admin-1'],
  ['sk-admin-1\n\n', 'sk-admin-1\n'],
  [' spaced ', ' spaced '],
])('the credential %j is the secret %j: one line break at its end is cut', async (text, secret) => {
  const { secrets } = given({ 'connection-1': text })
  expect(await secrets.get('connection-1')).toBe(secret)
})

it('a credential that was not set is null, and a file without the prefix is none', async () => {
  const { folder, secrets } = given({})
  writeFileSync(join(folder, 'register-key'), 'x')
  expect(await secrets.get('register-key')).toBeNull()
})

it('a credential is read at each use', async () => {
  const { folder, secrets } = given({ 'connection-1': 'a' })
  expect(await secrets.get('connection-1')).toBe('a')
  writeFileSync(join(folder, 'castellan.connection-1'), 'b')
  expect(await secrets.get('connection-1')).toBe('b')
})

it.each([
  ['empty', '', 'The credential castellan.big is empty.'],
  ['only a line break', '\n', 'The credential castellan.big is empty.'],
  ['no text', new Uint8Array([0xff, 0xfe, 0]), 'The credential castellan.big is not text.'],
  [
    'too large',
    'x'.repeat(MOST_CREDENTIAL_BYTES + 1),
    `The credential castellan.big has more than ${MOST_CREDENTIAL_BYTES} bytes.`,
  ],
])('a credential that is %s is named with what to do', async (_, text, message) => {
  const { secrets } = given({ big: text })
  await expect(secrets.get('big')).rejects.toMatchObject({
    name: 'KeychainError',
    message,
    hint: 'Set it again with systemd-creds, and restart the service.',
  })
})

it('a folder or a link in place of a credential is not read', async () => {
  const { folder, secrets } = given({ other: 'secret' })
  mkdirSync(join(folder, 'castellan.a'))
  symlinkSync(join(folder, 'castellan.other'), join(folder, 'castellan.b'))
  await expect(secrets.get('a')).rejects.toThrow('The credential castellan.a is not a plain file.')
  await expect(secrets.get('b')).rejects.toThrow('The credential castellan.b is a link.')
})

it('a credential that this user may not read is named with the reason', async () => {
  await asOrdinaryUser(async () => {
    const { folder, secrets } = given({ 'connection-1': 'secret' })
    chmodSync(join(folder, 'castellan.connection-1'), 0)
    await expect(secrets.get('connection-1')).rejects.toThrow(
      'The credential castellan.connection-1 cannot be read (EACCES).',
    )
  })
})

it('nothing is written: the refusal names the credential to set', async () => {
  const { folder, secrets } = given({ 'connection-1': 'secret' })
  for (const call of [secrets.set('connection-1', 'new'), secrets.delete('connection-1')]) {
    await expect(call).rejects.toMatchObject({
      message: `Secrets of this service are set outside of it, and none is written to ${folder}.`,
      hint: 'Set the credential castellan.connection-1 with systemd-creds and restart the service.',
    })
  }
  expect(readdirSync(folder)).toEqual(['castellan.connection-1'])
  expect(await secrets.get('connection-1')).toBe('secret')
})

it.each(['relative/folder', '/nowhere/at/all'])('a folder that does not exist is refused: %s', (folder) => {
  expect(() => openCredentialsDirectory(folder)).toThrow(`$CREDENTIALS_DIRECTORY does not name a folder: ${folder}`)
})

it('the register opens with the key among the credentials, and none is written into the profile', async () => {
  const profile = newProfile()
  const { secrets } = given({ 'register-key': `${toRecoveryCode(key)}\n` })
  const found = await registerKey({ profile, secrets, registerExists: true })
  expect(found).toMatchObject({ state: 'ready', source: 'keychain', created: false, notice: null })
  expect(found.state === 'ready' && [...found.key]).toEqual([...key])
  expect(readdirSync(profile)).toEqual([])
})

it('a register key that is missing or damaged among the credentials keeps the register closed', async () => {
  const profile = newProfile()
  const absent = await registerKey({ profile, secrets: given({}).secrets, registerExists: true })
  expect(absent).toMatchObject({ state: 'missing', reason: expect.stringContaining('its key was not found') })
  const { secrets } = given({ 'register-key': 'wrong' })
  const damaged = await registerKey({ profile, secrets, registerExists: true })
  expect(damaged).toMatchObject({
    state: 'missing',
    reason: expect.stringContaining('The register key in the credentials of this service is damaged.'),
  })
})

it('the key that signs evidence is read from its credential', async () => {
  const profile = newProfile()
  const made = await signingKey({ profile, secrets: given({}).secrets })
  const [file] = readdirSync(profile)
  expect(file).toBe('evidence.key')
  const { readFileSync } = await import('node:fs')
  const text = readFileSync(join(profile, 'evidence.key'), 'utf8')
  const again = await signingKey({ profile: newProfile(), secrets: given({ 'signing-key': text }).secrets })
  expect(again.fingerprint).toBe(made.fingerprint)
})

it('the keys of a device in a team come from the credentials before the file, and are not replaced there', async () => {
  const profile = newProfile()
  writeFileSync(teamKeysPath(profile), JSON.stringify({ 'team-device': 'file', 'team-login': 'file' }))
  const kept = openTeamSecrets({ profile, secrets: given({ 'team-device': 'given\n' }).secrets })
  expect([await kept.get('team-device'), await kept.get('team-login')]).toEqual(['given', 'file'])
  await expect(kept.set('team-device', 'new')).rejects.toThrow('Secrets of this service are set outside of it')
  await kept.set('team-login', 'new')
  expect(await kept.get('team-login')).toBe('new')
})
