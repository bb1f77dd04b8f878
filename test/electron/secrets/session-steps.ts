/**
 * What the keychain tests do inside a private session: `node session-steps.ts STEPS FOLDER` prints `RESULT` and the
 * result as JSON.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { openSecretStore } from '../../../electron/secrets/open-secret-store.ts'
import { toRecoveryCode } from '../../../electron/secrets/recovery-code.ts'
import { registerKey, type RegisterKey } from '../../../electron/secrets/register-key.ts'
import { KeychainError } from '../../../electron/secrets/secret-store.ts'

type Steps = (folder: string) => Promise<unknown>

const roundTrip: Steps = async (profile) => {
  const secrets = await openSecretStore({ profile })
  const createdByOpening = existsSync(profile)
  const absent = await secrets.get('connection-1')
  await secrets.delete('connection-1')
  const createdByReading = existsSync(profile)
  await secrets.set('connection-1', 'first')
  const first = await secrets.get('connection-1')
  await secrets.set('connection-1', 'sécond ✓')
  const second = await secrets.get('connection-1')
  const elsewhere = await (await openSecretStore({ profile })).get('connection-1')
  await secrets.delete('connection-1')
  const deleted = await secrets.get('connection-1')
  return {
    kind: secrets.kind,
    createdByOpening,
    createdByReading,
    absent,
    first,
    second,
    elsewhere,
    deleted,
    detail: secrets.detail,
  }
}

const locked: Steps = async (profile) => {
  const secrets = await openSecretStore({ profile })
  await secrets.set('connection-1', 'a secret value')
  lockKeyring()
  const errors = {
    get: await failure(() => secrets.get('connection-1')),
    set: await failure(() => secrets.set('connection-1', 'another secret value')),
    delete: await failure(() => secrets.delete('connection-1')),
  }
  const again = await openSecretStore({ profile })
  return { errors, kind: again.kind, detail: again.detail }
}

const hanging: Steps = async (profile) => {
  const secrets = await openSecretStore({ profile, timeoutMs: 300 })
  await secrets.set('connection-1', 'a secret value')
  lockKeyring()
  const error = await failure(() => secrets.get('connection-1'))
  // Behind the call that hangs: must not take effect once its caller received the failure.
  const late = await failure(() => secrets.set('connection-2', 'too late'))
  const again = await openSecretStore({ profile, timeoutMs: 300 })
  return { error, late, kind: again.kind, detail: again.detail }
}

const restarted: Steps = async (profile) => {
  const secrets = await openSecretStore({ profile })
  await secrets.set('connection-1', 'a secret value')
  execFileSync('gnome-keyring-daemon', ['--replace', '--unlock', '--components=secrets'], {
    input: 'x',
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  return { secret: await secrets.get('connection-1') }
}

const describe: Steps = async (profile) => {
  const { kind, detail } = await openSecretStore({ profile })
  return { kind, detail, created: existsSync(profile) }
}

const movedAndCopied: Steps = async (folder) => {
  const [original, moved, copy] = ['original', 'moved', 'copy'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  const first = await openSecretStore({ profile: original })
  const key = await registerKey({ profile: original, secrets: first, registerExists: false })
  await first.set('connection-1', 'credential of the original')

  renameSync(original, moved)
  const afterMove = await openSecretStore({ profile: moved })
  const keyAfterMove = await registerKey({ profile: moved, secrets: afterMove, registerExists: true })

  cpSync(moved, copy, { recursive: true })
  const ofCopy = await openSecretStore({ profile: copy })
  const keyOfCopy = await registerKey({ profile: copy, secrets: ofCopy, registerExists: true })
  const credentialOfCopy = await ofCopy.get('connection-1')
  await ofCopy.set('connection-1', 'credential of the copy')

  const reopened = await openSecretStore({ profile: moved })
  return {
    keyKept: findCode(key) === findCode(keyAfterMove),
    credentialAfterMove: await afterMove.get('connection-1'),
    keyOfCopy,
    credentialOfCopy,
    original: await reopened.get('connection-1'),
    copy: await (await openSecretStore({ profile: copy })).get('connection-1'),
  }
}

const keyFile: Steps = async (profile) => {
  mkdirSync(profile, { recursive: true })
  const code = toRecoveryCode(new Uint8Array(32).fill(7))
  writeFileSync(join(profile, 'register.key'), `${code}\n`, { mode: 0o644 })
  const secrets = await openSecretStore({ profile })
  const moved = await registerKey({ profile, secrets, registerExists: true })
  const fileLeft = existsSync(join(profile, 'register.key'))
  const later = await registerKey({ profile, secrets: await openSecretStore({ profile }), registerExists: true })
  return { moved, fileLeft, same: findCode(moved) === code && findCode(later) === code, later }
}

const STEPS: Readonly<Record<string, Steps>> = {
  roundTrip,
  locked,
  hanging,
  restarted,
  describe,
  movedAndCopied,
  keyFile,
}

function lockKeyring(): void {
  send(
    'org.freedesktop.secrets',
    '/org/freedesktop/secrets',
    'org.freedesktop.Secret.Service.Lock',
    'array:objpath:/org/freedesktop/secrets/collection/login',
  )
}

/** Sends one message over the session's D-Bus and returns the printed reply. */
function send(to: string, ...message: readonly string[]): string {
  return execFileSync('dbus-send', ['--session', '--print-reply', `--dest=${to}`, ...message], { encoding: 'utf8' })
}

async function failure(call: () => Promise<unknown>): Promise<{ message: string; hint: string } | string> {
  try {
    return `no error, but ${JSON.stringify(await call())}`
  } catch (error) {
    return error instanceof KeychainError ? { message: error.message, hint: error.hint } : String(error)
  }
}

function findCode(key: RegisterKey): string | null {
  return key.state === 'ready' ? toRecoveryCode(key.key) : null
}

const [name = '', folder = ''] = process.argv.slice(2)
const result = await STEPS[name]?.(folder)
console.log(`RESULT ${JSON.stringify(result)}`)
// As the terminal ends: also when a call to the keychain is still waiting for a dialog.
process.exit(3)
