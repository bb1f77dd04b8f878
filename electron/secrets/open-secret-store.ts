import { openKeychain, SERVICE, type Keychain } from './keychain.ts'
import { memoryStore, KeychainError, type SecretStore } from './secret-store.ts'
import { isTwin, newProfileId, profileAddress, readProfileId, writeProfileId } from './profile-id.ts'

/** Long enough to type a password into the desktop's unlock dialog, short enough that a start without one continues. */
const TIMEOUT_MS = 30_000

/**
 * The secrets of one profile: in the operating system's keychain when a round trip through it succeeds, else in memory,
 * with the reason and what to do in `detail`. Never throws for a missing keychain. Nothing is written into the profile
 * before the first secret is set. `timeoutMs` bounds each call to the keychain.
 *
 * Entries are named by the profile's random id, not by its path, so a moved profile keeps its secrets. A copied profile
 * would have the same id and could eventually use one client's credential for another client's connection; so the
 * keychain also holds the path of the profile that owns the id, and a copy gets an id of its own and none of the
 * secrets.
 */
export async function openSecretStore(options: {
  readonly profile: string
  readonly timeoutMs?: number
}): Promise<SecretStore> {
  try {
    const keychain = await openKeychain(options.timeoutMs ?? TIMEOUT_MS)
    return keychainStore(options.profile, keychain, await claim(options.profile, keychain))
  } catch (error) {
    if (!(error instanceof KeychainError)) throw error
    return memoryStore(
      `${error.message} ${error.hint} Until then credentials are kept only until the application closes.`,
    )
  }
}

/**
 * Removes the keychain entries of a profile that is no longer needed: those of the accounts, and the one that holds its
 * path. Throws `KeychainError`.
 */
export async function forgetSecrets(options: {
  readonly profile: string
  readonly accounts: readonly string[]
  readonly timeoutMs: number
}): Promise<void> {
  const id = readProfileId(options.profile)
  if (id === null) return
  const keychain = await openKeychain(options.timeoutMs)
  for (const account of options.accounts) await keychain.delete(accountName(id, account))
  await keychain.delete(ownerAccount(id))
}

/** The id to use; `written` is whether the profile's file and the keychain agree on it already. */
interface Claim {
  readonly id: string
  readonly written: boolean
  /** The id to replace when this one is written. */
  readonly previous: string | null
  /** The profile that this one is a copy of. */
  readonly copyOf: string | null
}

async function claim(profile: string, keychain: Keychain): Promise<Claim> {
  const id = readProfileId(profile)
  if (id === null) return unwritten(keychain, null, null)
  const here = profileAddress(profile)
  const owner = await keychain.get(ownerAccount(id))
  if (owner !== null && owner !== here && isTwin(owner, profile, id)) return unwritten(keychain, id, owner)
  if (owner !== here) await setOwner(keychain, id, here)
  return { id, written: true, previous: null, copyOf: null }
}

async function unwritten(keychain: Keychain, previous: string | null, copyOf: string | null): Promise<Claim> {
  const id = newProfileId()
  await setOwner(keychain, id, 'check')
  await keychain.delete(ownerAccount(id))
  return { id, written: false, previous, copyOf }
}

/** Writes and reads back: the round trip that shows whether secrets would really be kept. */
async function setOwner(keychain: Keychain, id: string, owner: string): Promise<void> {
  await keychain.set(ownerAccount(id), owner)
  if ((await keychain.get(ownerAccount(id))) !== owner) {
    throw new KeychainError(
      'The keychain took an entry but did not give it back.',
      'Check the keyring program of this session, then start again.',
    )
  }
}

function keychainStore(profile: string, keychain: Keychain, claimed: Claim): SecretStore {
  let current = claimed
  // Another process may have given the profile its id since.
  const lookUp = (): Claim => {
    if (current.written) return current
    const standing = readProfileId(profile)
    if (standing !== null && standing !== current.previous) current = { ...current, id: standing, written: true }
    return current
  }
  const settle = async (): Promise<string> => {
    const { id, written, previous } = lookUp()
    if (written) return id
    const winner = writeProfileId(profile, id, previous)
    await setOwner(keychain, winner, profileAddress(profile))
    current = { ...current, id: winner, written: true }
    return winner
  }
  return {
    kind: 'keychain',
    detail: toDetail(claimed),
    get: async (account) => {
      const { id, written } = lookUp()
      return written ? keychain.get(accountName(id, account)) : null
    },
    set: async (account, secret) => keychain.set(accountName(await settle(), account), secret),
    delete: async (account) => {
      const { id, written } = lookUp()
      if (written) await keychain.delete(accountName(id, account))
    },
  }
}

function toDetail({ id, copyOf }: Claim): string {
  const where = `Secrets are kept in ${keychainName()}, entries “${SERVICE}”, accounts ${id}/….`
  if (copyOf === null) return where
  return `${where} This profile is a copy of ${copyOf} and shares none of its secrets: enter the recovery code and set each credential again.`
}

function keychainName(): string {
  if (process.platform === 'darwin') return 'the macOS keychain'
  if (process.platform === 'win32') return 'the Windows Credential Manager'
  return 'the Secret Service of this desktop session'
}

function ownerAccount(id: string): string {
  return accountName(id, 'profile')
}

function accountName(id: string, account: string): string {
  return `${id}/${account}`
}
