import type { AsyncEntry } from '@napi-rs/keyring'

import { errorCode } from '../files/private-file.ts'
import { KeychainError } from './secret-store.ts'
import { withoutSecret } from '../../shared/domain/secrets/own-secret.ts'

/** The name under which the operating system's own tool lists our entries. */
export const SERVICE = 'Castellan'

/**
 * Access to the operating system's keychain by full account name. Every call ends within the time-out or throws
 * `KeychainError`.
 */
export interface Keychain {
  get(account: string): Promise<string | null>
  set(account: string, secret: string): Promise<void>
  delete(account: string): Promise<void>
}

/**
 * Connects to the keychain and checks only that it is present. `timeoutMs` bounds each later call. Throws
 * `KeychainError` when there is none.
 *
 * On Linux the store is pinned to the Secret Service: by default the binding falls back silently to the kernel's
 * keyutils, which lose everything at reboot (README of `@napi-rs/keyring`).
 */
export async function openKeychain(timeoutMs: number): Promise<Keychain> {
  const binding = await import('@napi-rs/keyring').catch((error: unknown) => {
    throw loadError(error)
  })
  // A new one for each call: an entry is tied to one run of the keyring program and fails for good once that restarts.
  const toEntry = (account: string): AsyncEntry =>
    new binding.AsyncEntry(SERVICE, account, { linux: { store: 'secret-service' } })
  const inTurn = oneAtATime(timeoutMs)
  const keychain: Keychain = {
    get: (account) => inTurn(null, () => toEntry(account).getPassword()),
    set: (account, secret) => inTurn(secret, () => toEntry(account).setPassword(secret)),
    delete: (account) => inTurn(null, async () => void (await toEntry(account).deletePassword())),
  }
  try {
    toEntry('reach')
  } catch (error) {
    throw keychainError(error, null)
  }
  return keychain
}

/** Microsoft's Visual C++ runtime for x64 and arm64, which the module needs and Windows does not bring. */
const VISUAL_CPP_PAGE = 'https://aka.ms/vs/17/release/vc_redist.x64.exe'

/** Why the native module was not loaded. Windows words its reason in the language of the system, so only its code is read. */
export function loadError(
  error: unknown,
  { platform, arch }: { platform: string; arch: string } = process,
): KeychainError {
  const causes = listCauses(error)
  if (platform === 'win32' && causes.some((cause) => errorCode(cause) === 'ERR_DLOPEN_FAILED')) {
    return new KeychainError(
      'The keychain module could not be loaded: the Visual C++ runtime of Microsoft, which it needs, is probably not installed.',
      `Install the runtime from ${VISUAL_CPP_PAGE}, then start Castellan again.`,
      { cause: error },
    )
  }
  return new KeychainError(
    `The keychain module for ${platform} ${arch} could not be loaded.`,
    'Install Castellan again with the package made for this system.',
    { cause: error },
  )
}

/** An error with those that it names as its cause, outermost first. */
function listCauses(error: unknown): readonly unknown[] {
  return error instanceof Error ? [error, ...listCauses(error.cause)] : []
}

type InTurn = <T>(secret: string | null, run: () => Promise<T>) => Promise<T>

/**
 * Runs native calls one after another, each bounded in time. A call that waits for a prompt holds a thread of libuv's
 * pool, and neither the binding's `AbortSignal` nor anything else can free it; one call at a time, an unanswered prompt
 * costs one thread instead of all four.
 */
function oneAtATime(timeoutMs: number): InTurn {
  let last: Promise<unknown> = Promise.resolve()
  return (secret, run) => {
    let expired = false
    const call = last.then(() => {
      // Its caller already received the failure, so it must not take effect later.
      if (expired) throw new Error('expired')
      return countedWhileRunning(run)
    })
    last = call.catch(() => undefined)
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        expired = true
        reject(
          new KeychainError(
            `The keychain did not answer within ${timeoutMs / 1000} s.`,
            'A dialog of the desktop may be asking to unlock it: answer the dialog, then try again.',
          ),
        )
      }, timeoutMs)
      call
        .then(resolve, (error: unknown) => reject(keychainError(error, secret)))
        .finally(() => {
          clearTimeout(timer)
        })
    })
  }
}

let running = 0

async function countedWhileRunning<T>(run: () => Promise<T>): Promise<T> {
  running += 1
  try {
    return await run()
  } finally {
    running -= 1
  }
}

/**
 * `process.exit` waits for the threads of libuv's pool, so an unanswered dialog would keep a terminal command or a
 * nightly job from ending. Becoming a shell that exits with the same status is the only way out that keeps the status.
 */
function leaveAtOnce(code: number): void {
  if (running === 0 || process.execve === undefined) return
  // Loaded only here: a process that only asks for a key would load it for nothing.
  if (!process.getBuiltinModule('node:worker_threads').isMainThread) return
  process.execve('/bin/sh', ['sh', '-c', `exit ${code}`], {})
}

if (process.platform === 'linux' && process.versions['electron'] === undefined) {
  process.on('exit', leaveAtOnce)
}

/** The troubles of the keychain, by the words of the native messages; the first matching pattern counts. */
const LINUX_TROUBLES: readonly (readonly [pattern: RegExp, message: string, hint: string])[] = [
  [
    /autolaunch|DBUS_SESSION_BUS_ADDRESS|failed to connect to socket|NoServer|connection refused/iu,
    'No Secret Service answered on this session: it has no D-Bus session bus.',
    'Start Castellan from a desktop session, or in a terminal under dbus-run-session with gnome-keyring running.',
  ],
  [
    /ServiceUnknown|not provided by any|Spawn|failed to execute|activat/iu,
    'No Secret Service answered on this session: no keyring program is installed or running.',
    'Install gnome-keyring (or KWallet, or KeePassXC with its Secret Service switched on) and start the session again.',
  ],
  [
    /no result found/iu,
    'The Secret Service has no default keyring to keep secrets in.',
    'Create one, for example with the program Passwords and Keys (seahorse), and set it as the default.',
  ],
  [
    /dismissed|locked/iu,
    'The keyring is locked, and the request to unlock it was dismissed or could not be shown.',
    'Unlock the keyring (it opens with the login password on most desktops), then try again.',
  ],
  [
    /did not receive a reply|NoReply|timed? ?out/iu,
    'The Secret Service is there but does not answer.',
    'Log out and in again, or restart the keyring program, then try again.',
  ],
]

const ELSEWHERE: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin:
    'Open Keychain Access, check that the login keychain is unlocked and that Castellan may use its entries, then try again.',
  win32: 'Check that the Credential Manager service of Windows runs and that you are logged on, then try again.',
}

/**
 * Turns an error of the native keychain binding into one for people. `secret` is the value of the call that failed: it is
 * cut out of the message in case the operating system repeats it.
 */
export function keychainError(error: unknown, secret: string | null, platform = process.platform): KeychainError {
  const raw = error instanceof Error ? error.message : String(error)
  const trouble = platform === 'linux' ? LINUX_TROUBLES.find(([pattern]) => pattern.test(raw)) : undefined
  if (trouble) return new KeychainError(trouble[1], trouble[2])
  const safe = withoutSecret(raw, secret ?? '', bounded)
  return new KeychainError(
    `The keychain refused: ${safe}`,
    ELSEWHERE[platform] ?? 'Check the keyring of this desktop session, then try again.',
  )
}

/** One line without control characters, short enough for a notice. */
function bounded(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()
  return line.length > 200 ? `${line.slice(0, 200)}…` : line
}
