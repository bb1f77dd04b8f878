import { createHash, randomBytes } from 'node:crypto'

import { keyOfRecoveryCode, toRecoveryCode } from './recovery-code.ts'
import {
  createKeyFile,
  deleteKeyFile,
  keyFilePath,
  readKeyFile,
  setKeyFileAside,
  type KeyFile,
} from './register-key-file.ts'
import { KeychainError, type SecretStore } from './secret-store.ts'

/** The name of its entry in the keychain. */
export const REGISTER_KEY_ACCOUNT = 'register-key'

export type RegisterKey =
  | {
      readonly state: 'ready'
      /** 32 bytes. */
      readonly key: Uint8Array
      readonly source: 'keychain' | 'file'
      /** The key was made just now, for a register that does not exist yet. */
      readonly created: boolean
      /** For people: where the key is kept and what follows from it, while that needs their attention. */
      readonly notice: string | null
    }
  | {
      readonly state: 'missing'
      /** For people: why, and that the recovery code opens the register. */
      readonly reason: string
    }

/** A register key that cannot be used or kept, in words for people. Contains nothing of the key. */
export class RegisterKeyError extends Error {
  override readonly name = 'RegisterKeyError'
}

interface KeyPlace {
  readonly profile: string
  readonly secrets: SecretStore
}

/**
 * The key of a profile's register. Kept in the keychain; without one, in the file `register.key` (0600). A key file
 * found when there is a keychain moves into it, and is deleted once the keychain has returned the key.
 *
 * A key is made only when the profile has neither a register nor a trace of a key. With a register whose key is absent
 * or damaged the answer is `missing`: a new key could never open it. Throws `KeychainError` when the keychain stops
 * answering, and `RegisterKeyError` for a damaged key without a register. Call it as the profile's writer.
 */
export async function registerKey(place: KeyPlace & { readonly registerExists: boolean }): Promise<RegisterKey> {
  const { profile, secrets } = place
  const file = readKeyFile(profile)
  const inFile = file === null ? null : keyOfRecoveryCode(file.text)
  if (file !== null && inFile?.ok) {
    return secrets.kind === 'keychain' ? moveIntoKeychain(place, file, inFile.key) : fromFile(place, file, inFile.key)
  }
  const text = await keptInKeychain(secrets)
  const inKeychain = text === null ? null : keyOfRecoveryCode(text)
  if (inKeychain?.ok) {
    const notice = file === null ? null : `${file.path} holds no usable register key; the one in the keychain is used.`
    return { state: 'ready', key: inKeychain.key, source: 'keychain', created: false, notice }
  }
  const damaged = findDamage(file, text, secrets)
  if (place.registerExists) return { state: 'missing', reason: missingReason(place, damaged) }
  if (damaged !== null) {
    throw new RegisterKeyError(
      `${damaged} It is left as it is, since it may belong to a register that was moved away. Restore that register, or remove the damaged key, then start again.`,
    )
  }
  return create(place)
}

/**
 * Keeps a key that has just opened the register, such as one from a recovery code, and returns where. A different key
 * that was kept before is set aside under another name, since backups may still need it. Throws `RangeError` for a key
 * of the wrong length, `KeychainError` when the keychain rejects it.
 */
export async function keepRegisterKey(
  place: KeyPlace & { readonly key: Uint8Array },
): Promise<{ readonly source: 'keychain' | 'file' }> {
  const { profile, secrets } = place
  const code = toRecoveryCode(place.key)
  const file = readKeyFile(profile)
  const inFile = file !== null && isSameKey(file.text, place.key)
  if (secrets.kind === 'keychain') {
    await putInKeychain(secrets, code)
    if (inFile) deleteKeyFile(profile)
    else if (file !== null) setKeyFileAside(profile, toTag(file.text))
    return { source: 'keychain' }
  }
  if (!inFile) {
    if (file !== null) setKeyFileAside(profile, toTag(file.text))
    createKeyFile(profile, code)
  }
  return { source: 'file' }
}

async function create(place: KeyPlace): Promise<RegisterKey> {
  const key = new Uint8Array(randomBytes(32))
  const code = toRecoveryCode(key)
  if (place.secrets.kind === 'keychain') {
    await putInKeychain(place.secrets, code)
    return { state: 'ready', key, source: 'keychain', created: true, notice: null }
  }
  createKeyFile(place.profile, code)
  return { state: 'ready', key, source: 'file', created: true, notice: fileNotice(place, null) }
}

async function moveIntoKeychain(place: KeyPlace, file: KeyFile, key: Uint8Array): Promise<RegisterKey> {
  try {
    await putInKeychain(place.secrets, toRecoveryCode(key))
  } catch (error) {
    if (!(error instanceof KeychainError)) throw error
    const notice = `The register key could not be moved from ${file.path} into the keychain: ${error.message} ${error.hint}`
    return { state: 'ready', key, source: 'file', created: false, notice: joined(notice, file.tightened) }
  }
  deleteKeyFile(place.profile)
  return { state: 'ready', key, source: 'keychain', created: false, notice: file.tightened }
}

function fromFile(place: KeyPlace, file: KeyFile, key: Uint8Array): RegisterKey {
  return { state: 'ready', key, source: 'file', created: false, notice: fileNotice(place, file.tightened) }
}

/** Returns only after the keychain has returned the same key. */
async function putInKeychain(secrets: SecretStore, code: string): Promise<void> {
  const before = await secrets.get(REGISTER_KEY_ACCOUNT)
  if (before !== code) {
    if (before !== null) await secrets.set(`${REGISTER_KEY_ACCOUNT}.${toTag(before)}`, before)
    await secrets.set(REGISTER_KEY_ACCOUNT, code)
  }
  if ((await secrets.get(REGISTER_KEY_ACCOUNT)) !== code) {
    throw new KeychainError(
      'The keychain took the register key but did not give it back.',
      'Check the keyring program of this session, then start again.',
    )
  }
}

/** The store in memory never holds the register key: both key and register would be lost with the process. */
async function keptInKeychain(secrets: SecretStore): Promise<string | null> {
  return secrets.kind === 'memory' ? null : secrets.get(REGISTER_KEY_ACCOUNT)
}

function findDamage(file: KeyFile | null, kept: string | null, { kind }: SecretStore): string | null {
  if (file !== null) return `The register key in ${file.path} is damaged.`
  if (kept === null) return null
  return `The register key in the ${kind === 'keychain' ? 'keychain' : 'credentials of this service'} is damaged.`
}

function missingReason({ profile, secrets }: KeyPlace, damaged: string | null): string {
  const why =
    damaged ??
    (secrets.kind === 'keychain'
      ? `The register in ${profile} is encrypted, and its key is not in the keychain.`
      : `The register in ${profile} is encrypted, and its key was not found.`)
  return `${why} ${secrets.detail} The recovery code opens the register.`
}

function fileNotice({ profile, secrets }: KeyPlace, tightened: string | null): string {
  const standing = `The register key is kept in ${keyFilePath(profile)}: anyone who can read that file, or a backup of it, can read the register.`
  return joined(`${standing} ${secrets.detail}`, tightened)
}

function joined(notice: string, tightened: string | null): string {
  return tightened === null ? notice : `${notice} ${tightened}`
}

function isSameKey(text: string, key: Uint8Array): boolean {
  const held = keyOfRecoveryCode(text)
  return held.ok && Buffer.from(held.key).equals(Buffer.from(key))
}

/** Names an old key without revealing it. */
function toTag(text: string): string {
  return createHash('sha256').update(text.trim()).digest('hex').slice(0, 8)
}
