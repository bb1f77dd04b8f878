import type { ProfileInfo } from '../../shared/contract/app.ts'
import { useInfo } from '../data/use-info.ts'

/** Where an admin key is kept on this machine, in a sentence. */
export function describeSecretPlace(keychain: ProfileInfo['keychain'] | undefined): string {
  return keychain?.available === false
    ? 'There is no keychain here: the key is kept in memory until Castellan closes, then it is pasted again. Never shown again.'
    : 'Stored in your system keychain. Never shown again.'
}

/** The same for the open profile. */
export function useSecretPlace(): string {
  return describeSecretPlace(useInfo()?.keychain)
}

/** Where it is deleted from: `the keychain`, `memory`. */
export function nameSecretPlace(keychain: ProfileInfo['keychain'] | undefined): string {
  return keychain?.available === false ? 'memory' : 'the keychain'
}
