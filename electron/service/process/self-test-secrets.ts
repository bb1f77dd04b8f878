import { randomBytes, randomUUID } from 'node:crypto'

import type { FromSecretsTest, ToSecretsTest } from '../../../shared/contract/self-test.ts'
import { openKeychain } from '../../secrets/keychain.ts'
import { forgetSecrets } from '../../secrets/open-secret-store.ts'
import { REGISTER_KEY_ACCOUNT } from '../../secrets/register-key.ts'
import { KeychainError } from '../../secrets/secret-store.ts'
import { SIGNING_KEY_ACCOUNT } from '../../secrets/signing-key.ts'
import { keepFilesPrivate } from '../kit/keep-files-private.ts'
import { JOURNAL_END_ACCOUNT } from '../profile/journal-end.ts'

keepFilesPrivate()

/**
 * Connects to the keychain and loads libsodium for the self-test in a process of its own, as the service does: on macOS entries belong to
 * the program that made them, and a call that waits for a person cannot be ended otherwise.
 */
const port = (process as unknown as { readonly parentPort?: Port }).parentPort
if (port === undefined) throw new Error('It runs in a utility process of its shell.')

interface Port {
  postMessage(message: FromSecretsTest): void
  on(event: 'message', listener: (message: { readonly data: ToSecretsTest }) => void): void
}

const TIMEOUT_MS = 10_000
const TEXT = 'Castellan self-test'
const ACCOUNTS = [REGISTER_KEY_ACCOUNT, SIGNING_KEY_ACCOUNT, JOURNAL_END_ACCOUNT]

port.on('message', ({ data }) => {
  void answer(data)
    .catch(toAnswer)
    .then((answered) => port.postMessage(answered))
})

function answer(request: ToSecretsTest): Promise<FromSecretsTest> {
  if (request.type === 'check') return checkKeychain()
  return request.type === 'seal' ? sealText() : forgetProfiles(request.profiles)
}

async function checkKeychain(): Promise<FromSecretsTest> {
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

/** The library is WebAssembly, which a package or its sandbox could keep from starting. */
async function sealText(): Promise<FromSecretsTest> {
  const { loadTeamCrypto } = await import('../../team/crypto.ts')
  const { createKey, sealFigures, openFigures } = await loadTeamCrypto()
  const [key, log, text] = [createKey(), randomUUID(), Buffer.from(TEXT)]
  const opened = openFigures(key, log, 1, sealFigures(key, log, 1, text))
  const isSame = opened !== null && Buffer.from(opened).toString('utf8') === TEXT
  return isSame
    ? { state: 'ok', detail: 'a text was sealed and opened again' }
    : { state: 'failed', detail: 'It did not open what it sealed.' }
}

async function forgetProfiles(profiles: readonly string[]): Promise<FromSecretsTest> {
  for (const profile of profiles) await forgetSecrets({ profile, accounts: ACCOUNTS, timeoutMs: TIMEOUT_MS })
  return { state: 'ok', detail: '' }
}

/**
 * Only a binding that cannot be loaded has a cause, which is a fault of the package; a missing keychain is not a fault.
 */
function toAnswer(error: unknown): FromSecretsTest {
  if (!(error instanceof KeychainError)) return { state: 'failed', detail: String(error) }
  return { state: error.cause === undefined ? 'none' : 'failed', detail: error.message }
}
