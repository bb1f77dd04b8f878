import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'

import { errorCode } from '../files/private-file.ts'
import { REGISTER_KEY_ACCOUNT } from './register-key.ts'
import { KeychainError, type SecretStore } from './secret-store.ts'

/** The beginning of every credential of Castellan, so that a unit can import them all by `castellan.*`. */
const PREFIX = 'castellan.'

/** The credential without which no register opens. */
export const REGISTER_KEY_CREDENTIAL = toCredentialName(REGISTER_KEY_ACCOUNT)

/** systemd passes at most 1 MiB to a unit; the longest secret of Castellan has some hundred bytes. */
export const MOST_CREDENTIAL_BYTES = 65_536

/** The name of the credential that holds a secret, such as `castellan.register-key`. */
export function toCredentialName(account: string): string {
  return `${PREFIX}${account}`
}

/**
 * The secrets that systemd passes to a service, as files of a folder that only the service can read
 * (`$CREDENTIALS_DIRECTORY`, systemd.exec(5)): read at each use, never written. One line break at the end is not part of a
 * secret. Throws `KeychainError` for a folder that cannot be used.
 */
export function openCredentialsDirectory(folder: string): SecretStore {
  if (!isAbsolute(folder) || lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new KeychainError(
      `$CREDENTIALS_DIRECTORY does not name a folder: ${folder}`,
      'Start the runner by systemd with the unit that castellan runner install prints.',
    )
  }
  const refuse = async (account: string): Promise<never> => {
    throw new KeychainError(
      `Secrets of this service are set outside of it, and none is written to ${folder}.`,
      `Set the credential ${toCredentialName(account)} with systemd-creds and restart the service.`,
    )
  }
  return {
    kind: 'credentials',
    detail: `Secrets are read from the credentials that systemd passes to this service in ${folder}.`,
    get: async (account) => readCredential(folder, toCredentialName(account)),
    set: refuse,
    delete: refuse,
  }
}

function readCredential(folder: string, name: string): string | null {
  const path = join(folder, name)
  let descriptor: number
  try {
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  } catch (error) {
    const code = errorCode(error)
    if (code === 'ENOENT') return null
    throw unusable(name, code === 'ELOOP' ? 'is a link' : `cannot be read${code === null ? '' : ` (${code})`}`, error)
  }
  try {
    const status = fstatSync(descriptor)
    if (!status.isFile()) throw unusable(name, 'is not a plain file')
    if (status.size > MOST_CREDENTIAL_BYTES) throw unusable(name, `has more than ${MOST_CREDENTIAL_BYTES} bytes`)
    return decode(name, readFileSync(descriptor))
  } finally {
    closeSync(descriptor)
  }
}

function decode(name: string, bytes: Uint8Array): string {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw unusable(name, 'is not text', error)
  }
  const secret = text.replace(/\r?\n$/u, '')
  if (secret === '') throw unusable(name, 'is empty')
  return secret
}

function unusable(name: string, what: string, cause?: unknown): KeychainError {
  return new KeychainError(
    `The credential ${name} ${what}.`,
    'Set it again with systemd-creds, and restart the service.',
    { cause },
  )
}
