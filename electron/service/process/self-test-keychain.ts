import { randomBytes } from 'node:crypto'

import type { FromKeychainTest, ToKeychainTest } from '../../../shared/contract/self-test.ts'
import { openKeychain } from '../../secrets/keychain.ts'
import { forgetSecrets } from '../../secrets/open-secret-store.ts'
import { REGISTER_KEY_ACCOUNT } from '../../secrets/register-key.ts'
import { KeychainError } from '../../secrets/secret-store.ts'
import { SIGNING_KEY_ACCOUNT } from '../../secrets/signing-key.ts'
import { keepFilesPrivate } from '../kit/keep-files-private.ts'
import { JOURNAL_END_ACCOUNT } from '../profile/journal-end.ts'

keepFilesPrivate()

/**
 * Connects to the keychain for the self-test in a process of its own, as the service does: on macOS entries belong to
 * the program that made them, and a call that waits for a person cannot be ended otherwise.
 */
const port = (process as unknown as { readonly parentPort?: Port }).parentPort
if (port === undefined) throw new Error('It runs in a utility process of its shell.')

interface Port {
  postMessage(message: FromKeychainTest): void
  on(event: 'message', listener: (message: { readonly data: ToKeychainTest }) => void): void
}

const TIMEOUT_MS = 10_000
const ACCOUNTS = [REGISTER_KEY_ACCOUNT, SIGNING_KEY_ACCOUNT, JOURNAL_END_ACCOUNT]

port.on('message', ({ data }) => {
  void (data.type === 'check' ? checkKeychain() : forgetProfiles(data.profiles))
    .catch(toAnswer)
    .then((answer) => port.postMessage(answer))
})

async function checkKeychain(): Promise<FromKeychainTest> {
  const keychain = await openKeychain(TIMEOUT_MS)
  const account = `self-test/${randomBytes(8).toString('hex')}`
  const secret = randomBytes(16).toString('hex')
  await keychain.set(account, secret)
  try {
    if ((await keychain.get(account)) !== secret) return { state: 'failed', detail: 'It did not return an entry.' }
  } finally {
    await keychain.delete(account)
  }
  const isDeleted = (await keychain.get(account)) === null
  return isDeleted
    ? { state: 'ok', detail: 'an entry was set, read back and deleted' }
    : { state: 'failed', detail: 'It still has an entry that was deleted.' }
}

async function forgetProfiles(profiles: readonly string[]): Promise<FromKeychainTest> {
  for (const profile of profiles) await forgetSecrets({ profile, accounts: ACCOUNTS, timeoutMs: TIMEOUT_MS })
  return { state: 'ok', detail: '' }
}

/**
 * Only a binding that cannot be loaded has a cause, which is a fault of the package; a missing keychain is not a fault.
 */
function toAnswer(error: unknown): FromKeychainTest {
  if (!(error instanceof KeychainError)) return { state: 'failed', detail: String(error) }
  return { state: error.cause === undefined ? 'none' : 'failed', detail: error.message }
}
