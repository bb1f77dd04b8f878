import { withoutSecret } from '../../shared/domain/without-secret.ts'
import { KeychainError } from './secret-store.ts'

/** What went wrong, by the words of the native messages; the first pattern that matches counts. */
const LINUX_TROUBLES: readonly (readonly [pattern: RegExp, message: string, hint: string])[] = [
  [
    /autolaunch|DBUS_SESSION_BUS_ADDRESS|failed to connect to socket|NoServer|connection refused/iu,
    'No Secret Service answered on this session: there is no D-Bus session bus.',
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
