import { existsSync, mkdtempSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { memoryStore, type SecretStore } from '../../../electron/secrets/secret-store.ts'
import { openTeamSecrets, teamKeysNotice, teamKeysPath } from '../../../electron/secrets/team-secrets.ts'

const newProfile = (): string => mkdtempSync(join(tmpdir(), 'castellan-team-'))
const keychain = (): SecretStore => ({ ...memoryStore('A keychain of this test.'), kind: 'keychain' })

it('the secrets of a device are kept in the keychain, and in no file', async () => {
  const place = { profile: newProfile(), secrets: keychain() }
  const kept = openTeamSecrets(place)
  expect(await kept.get('team-device')).toBeNull()
  await kept.set('team-device', 'ab')
  expect(await kept.get('team-device')).toBe('ab')
  expect(await place.secrets.get('team-device')).toBe('ab')
  expect(existsSync(teamKeysPath(place.profile))).toBe(false)
  expect(teamKeysNotice(place)).toBeNull()
  await kept.delete('team-device')
  expect(await kept.get('team-device')).toBeNull()
})

it('without a keychain they are kept in a file of this user alone, a notice reports it, and the last one removes it', async () => {
  const place = { profile: newProfile(), secrets: memoryStore('No keychain here.') }
  const path = teamKeysPath(place.profile)
  expect(teamKeysNotice(place)).toBeNull()
  const kept = openTeamSecrets(place)
  await kept.set('team-device', 'ab')
  await kept.set('team-invite-1', 'cd')
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(teamKeysNotice(place)).toContain(path)
  expect(await place.secrets.get('team-device')).toBeNull()
  // Another process, later.
  expect(await openTeamSecrets(place).get('team-invite-1')).toBe('cd')
  await kept.delete('team-invite-1')
  expect(await kept.get('team-device')).toBe('ab')
  await kept.delete('team-device')
  await kept.delete('team-device')
  expect(existsSync(path)).toBe(false)
})

it('they move from the file into a keychain that was set up since', async () => {
  const profile = newProfile()
  const filed = openTeamSecrets({ profile, secrets: memoryStore('') })
  await filed.set('team-device', 'ab')
  await filed.set('team-login', 'cd')
  const secrets = keychain()
  const kept = openTeamSecrets({ profile, secrets })
  expect([await kept.get('team-device'), await kept.get('team-login')]).toEqual(['ab', 'cd'])
  expect(existsSync(teamKeysPath(profile))).toBe(false)
  expect(await secrets.get('team-login')).toBe('cd')
})

it.each(['', '[]', '{"team-device": 1}', '{"team'])('a damaged file is named, and not replaced: %j', async (text) => {
  const profile = newProfile()
  writeFileSync(teamKeysPath(profile), text)
  const kept = openTeamSecrets({ profile, secrets: memoryStore('') })
  await expect(kept.get('team-device')).rejects.toThrow(`in ${teamKeysPath(profile)}, are damaged`)
  await expect(kept.set('team-device', 'x')).rejects.toThrow('damaged')
})
