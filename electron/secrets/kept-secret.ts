import { lstatSync, readFileSync } from 'node:fs'

import { errorCode } from '../files/private-file.ts'
import { KeychainError, type SecretStore } from './secret-store.ts'

/** A file that holds secrets where there is no keychain; null when there is none. Throws `KeychainError` for a link or a folder. */
export function readKeptFile(path: string): string | null {
  try {
    if (!lstatSync(path).isFile()) {
      throw new KeychainError(
        `${path} is not a plain file, so no key is read from it.`,
        'Put the key file itself there.',
      )
    }
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null
    throw error
  }
}

/** Returns only after the keychain has returned the same secret. */
export async function keepInKeychain(secrets: SecretStore, account: string, text: string): Promise<void> {
  await secrets.set(account, text)
  if ((await secrets.get(account)) !== text) {
    throw new KeychainError(
      `The keychain took the entry ${account} but did not give it back.`,
      'Check the keyring program of this session, then try again.',
    )
  }
}
