import { createPublicKey, verify } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { memoryStore, type SecretStore } from '../../../electron/secrets/secret-store.ts'
import {
  computeFingerprint,
  signingKey,
  signingKeyNotice,
  signingKeyPath,
} from '../../../electron/secrets/signing-key.ts'

const newProfile = (): string => mkdtempSync(join(tmpdir(), 'castellan-signing-'))

/** A store that reports that it is a keychain. */
const keychain = (): SecretStore => ({ ...memoryStore('A keychain of this test.'), kind: 'keychain' })

describe('the key that signs evidence', () => {
  it('is made once, and signs what its public half verifies', async () => {
    for (const secrets of [keychain(), memoryStore('No keychain here.')]) {
      const place = { profile: newProfile(), secrets }
      const [first, second] = [await signingKey(place), await signingKey(place)]
      expect(second.fingerprint).toBe(first.fingerprint)
      const open = createPublicKey(first.publicPem)
      expect(computeFingerprint(open)).toBe(first.fingerprint)
      const data = Buffer.from('a head')
      expect(verify(null, data, open, second.sign(data))).toBe(true)
      expect(verify(null, Buffer.from('another'), open, second.sign(data))).toBe(false)
    }
  })

  it('is kept in the keychain; without one in a file of this user alone, and a notice reports it', async () => {
    const kept = { profile: newProfile(), secrets: keychain() }
    await signingKey(kept)
    expect(existsSync(signingKeyPath(kept.profile))).toBe(false)
    expect(signingKeyNotice(kept)).toBeNull()
    const filed = { profile: newProfile(), secrets: memoryStore('No keychain here.') }
    expect(signingKeyNotice(filed)).toBeNull()
    await signingKey(filed)
    expect(statSync(signingKeyPath(filed.profile)).mode & 0o777).toBe(0o600)
    expect(await filed.secrets.get('signing-key')).toBeNull()
    expect(signingKeyNotice(filed)).toContain(signingKeyPath(filed.profile))
  })

  it('moves from its file into a keychain that was set up since', async () => {
    const profile = newProfile()
    const { fingerprint } = await signingKey({ profile, secrets: memoryStore('') })
    const secrets = keychain()
    expect(await signingKey({ profile, secrets })).toMatchObject({ fingerprint })
    expect(existsSync(signingKeyPath(profile))).toBe(false)
    expect(await signingKey({ profile, secrets })).toMatchObject({ fingerprint })
  })

  it('that is damaged is not silently replaced by another', async () => {
    const profile = newProfile()
    const place = { profile, secrets: memoryStore('') }
    await signingKey(place)
    writeFileSync(signingKeyPath(profile), 'bm90IGEga2V5\n')
    await expect(signingKey(place)).rejects.toMatchObject({
      name: 'KeychainError',
      message: expect.stringContaining('is damaged') as string,
    })
    expect(readFileSync(signingKeyPath(profile), 'utf8')).toBe('bm90IGEga2V5\n')
  })
})
