import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'

import { createPrivateFile, syncFolder } from '../files/private-file.ts'
import { keepInKeychain, readKeptFile } from './kept-secret.ts'
import { KeychainError, type SecretStore } from './secret-store.ts'

/** The name of its entry in the keychain. */
export const SIGNING_KEY_ACCOUNT = 'signing-key'

/** The public half of a key that signs evidence. */
export interface PublicKey {
  /** PEM, as `openssl` reads it. */
  readonly publicPem: string
  /** SHA-256 of its DER, in hex. */
  readonly fingerprint: string
}

/** Signs evidence. No member exposes the private half. */
export interface SigningKey extends PublicKey {
  /** Ed25519 (RFC 8032): 64 bytes. */
  readonly sign: (data: Uint8Array) => Uint8Array
}

interface KeyPlace {
  readonly profile: string
  readonly secrets: SecretStore
}

/**
 * The key that signs the evidence of a profile; made when there is none. Kept in the keychain; without one, in the file
 * `evidence.key` (0600). A file found when there is a keychain with no key of its own moves into it. Throws
 * `KeychainError` when the keychain stops answering, and for a key that is damaged: a new one in its place would make
 * every earlier pack look as if another register had signed it. Call it as the profile's writer.
 */
export async function signingKey(place: KeyPlace): Promise<SigningKey> {
  const { profile, secrets } = place
  const kept = secrets.kind === 'memory' ? null : await secrets.get(SIGNING_KEY_ACCOUNT)
  if (kept !== null) return parseKey(kept, secrets.kind === 'keychain' ? 'the keychain' : 'its credential')
  const path = signingKeyPath(profile)
  const filed = readKeptFile(path)
  if (filed !== null) {
    const key = parseKey(filed, path)
    if (secrets.kind === 'keychain') {
      await keepInKeychain(secrets, SIGNING_KEY_ACCOUNT, filed.trim())
      rmSync(path, { force: true })
      syncFolder(profile)
    }
    return key
  }
  const made = generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')
  if (secrets.kind === 'keychain') await keepInKeychain(secrets, SIGNING_KEY_ACCOUNT, made)
  else createPrivateFile(path, `${made}\n`)
  return parseKey(made, path)
}

/** For people: that the key is kept in a file, and what follows from it; null while it is not. */
export function signingKeyNotice({ profile, secrets }: KeyPlace): string | null {
  const path = signingKeyPath(profile)
  if (secrets.kind === 'keychain' || !existsSync(path)) return null
  return `The key that signs evidence is kept in ${path}: anyone who can read that file can sign a pack as this register. ${secrets.detail}`
}

/** Where the key is kept without a keychain. */
export function signingKeyPath(profile: string): string {
  return join(profile, 'evidence.key')
}

/** SHA-256, in hex, of a public key's DER: what `openssl pkey -pubin -outform DER | sha256sum` prints. */
export function computeFingerprint(key: KeyObject): string {
  return createHash('sha256')
    .update(key.export({ format: 'der', type: 'spki' }))
    .digest('hex')
}

function parseKey(text: string, where: string): SigningKey {
  let secret: KeyObject
  try {
    secret = createPrivateKey({ key: Buffer.from(text.trim(), 'base64'), format: 'der', type: 'pkcs8' })
    if (secret.asymmetricKeyType !== 'ed25519') throw new TypeError('It is a key of another kind.')
  } catch {
    throw new KeychainError(
      `The key that signs evidence, in ${where}, is damaged.`,
      'Restore it from a backup, or remove it: then a new key is made, and later packs have its fingerprint.',
    )
  }
  const open = createPublicKey(secret)
  return {
    sign: (data) => sign(null, data, secret),
    publicPem: open.export({ format: 'pem', type: 'spki' }).toString(),
    fingerprint: computeFingerprint(open),
  }
}
