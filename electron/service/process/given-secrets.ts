import { existsSync } from 'node:fs'
import { join } from 'node:path'

import { openCredentialsDirectory, REGISTER_KEY_CREDENTIAL } from '../../secrets/credentials-directory.ts'
import type { SecretStore } from '../../secrets/secret-store.ts'

/**
 * The secrets that systemd passes to this process in a folder; undefined where it passes none, or where a command that is
 * not a service of Castellan runs beside credentials of something else. Throws `KeychainError` for a folder that cannot be
 * used.
 */
export function findGivenSecrets(folder: string | undefined, isService: boolean): SecretStore | undefined {
  if (folder === undefined || folder === '') return undefined
  const isOurs = isService || existsSync(join(folder, REGISTER_KEY_CREDENTIAL))
  return isOurs ? openCredentialsDirectory(folder) : undefined
}
