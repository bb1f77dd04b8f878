import type { ProfileInfo } from '../../shared/contract/app.ts'
import { useInfo } from '../data/use-info.ts'

/** Where an admin key is kept on this machine, in a sentence. */
export function describeSecretPlace(keychain: ProfileInfo['keychain'] | undefined): string {
  return keychain?.available === false
    ? 'There is no keychain here: the key is kept in memory until Castellan closes, then it is pasted again. Never shown again.'
    : 'Stored in your system keychain. Never shown again.'
}

/** The place of an admin key for the open profile. */
export function useSecretPlace(): string {
  return describeSecretPlace(useInfo()?.keychain)
}

export interface Unlocker {
  /** The means that opens a locked register by one press, in a sentence. */
  readonly text: string
  /** The means as an action: `Unlock with the keychain`. */
  readonly action: string
}

/** The worth of the lock: the register's key is in the keychain, or in a file that this account can read. */
export function describeUnlocker(keychain: ProfileInfo['keychain'] | undefined): Unlocker {
  return keychain?.available === false
    ? {
        text: 'There is no keychain here: the key is in a file of this profile, so anyone at this machine can unlock it. Lock the screen when you leave.',
        action: 'Unlock with the key file',
      }
    : { text: 'The key in this machine’s keychain unlocks it.', action: 'Unlock with the keychain' }
}

/** Where it is deleted from: `the keychain`, `memory`. */
export function nameSecretPlace(keychain: ProfileInfo['keychain'] | undefined): string {
  return keychain?.available === false ? 'memory' : 'the keychain'
}
