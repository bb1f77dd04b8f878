import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { isOnPath } from './system-packages.mjs'

/** Shell lines that start an unlocked keyring and wait for it. The daemon belongs to the session and ends with it. */
export const UNLOCK_KEYRING = `
  printf x | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1 || exit 97
  for _ in $(seq 100); do
    dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner \\
      string:org.freedesktop.secrets | grep -q true && break
    sleep 0.05
  done`

/**
 * How to run a command with a keychain of its own, as a desktop session has one: on Linux an unlocked gnome-keyring in a
 * new D-Bus session, elsewhere that of the system. `end` removes what it kept.
 * @param {readonly string[]} command
 */
export function inKeychainSession([program, ...args]) {
  if (process.platform !== 'linux' || !isOnPath('dbus-run-session') || !isOnPath('gnome-keyring-daemon'))
    return { program, args, env: {}, end: () => undefined }
  const root = mkdtempSync(join(tmpdir(), 'castellan-keychain-'))
  const [data, runtime] = [join(root, 'data'), join(root, 'run')]
  for (const folder of [data, runtime]) mkdirSync(folder, { mode: 0o700 })
  return {
    program: 'dbus-run-session',
    args: ['--', 'bash', '-c', `${UNLOCK_KEYRING}\nexec "$@"`, 'session', program, ...args],
    env: { XDG_DATA_HOME: data, XDG_RUNTIME_DIR: runtime },
    end: () => rmSync(root, { recursive: true, force: true, maxRetries: 3 }),
  }
}
