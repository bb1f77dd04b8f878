import { expect, test } from 'vitest'

import { VISUAL_CPP } from '../../../build/pack/needs/systems.mjs'
import { keychainError, loadError } from '../../../electron/secrets/keychain.ts'

test.each([
  [
    'Platform failure: DBus error: Using X11 for dbus-daemon autolaunch was disabled at compile time, set your DBUS_SESSION_BUS_ADDRESS instead',
    'no D-Bus session bus',
  ],
  [
    'Platform failure: DBus error: Failed to connect to socket /run/user/1000/bus: No such file or directory',
    'no D-Bus session bus',
  ],
  [
    'Platform failure: DBus error: The name org.freedesktop.secrets was not provided by any .service files',
    'no keyring program',
  ],
  ["Couldn't access platform storage: Secret Service: no result found", 'no default keyring'],
  ["Couldn't access platform storage: Secret Service: unlock prompt was dismissed", 'keyring is locked'],
  ['Platform failure: DBus error: Did not receive a reply. Possible causes include: …', 'does not answer'],
])('on Linux, %j becomes a plain sentence', (raw, message) => {
  expect(keychainError(new Error(raw), null, 'linux').message).toContain(message)
})

test('anything else is passed on: short, on one line, without the secret', () => {
  const raw = `Broken\u0000 with sk-admin-hunter2hunter2\nand ${'more '.repeat(100)}`
  for (const platform of ['linux', 'darwin', 'win32'] as const) {
    const error = keychainError(new Error(raw), 'sk-admin-hunter2hunter2', platform)
    expect(error.message).toMatch(/^The keychain refused: Broken with … and more [^\n]*…$/u)
    expect(error.message.length).toBeLessThan(250)
    expect(`${error.message}${error.hint}${String(error.cause)}`).not.toContain('hunter2')
    expect(error.hint).not.toBe('')
  }
})

/** As the loader of the module fails where Windows finds the file, and not a library that the file needs. */
function failedLoad(code: string): Error {
  const refused = Object.assign(new Error('Das angegebene Modul wurde nicht gefunden.'), { code })
  return new Error('Cannot find native binding.', {
    cause: new Error('keyring.win32-x64-msvc.node', { cause: refused }),
  })
}

test('a module that Windows refuses to load names the Visual C++ runtime and where to get it', () => {
  const { message, hint } = loadError(failedLoad('ERR_DLOPEN_FAILED'), { platform: 'win32', arch: 'x64' })
  expect(message).toContain('Visual C++ runtime of Microsoft')
  expect(hint).toBe(`Install the runtime from ${VISUAL_CPP.page}, then start Castellan again.`)
})

test.each([
  ['is missing on Windows', 'MODULE_NOT_FOUND', 'win32'],
  ['does not load on Linux', 'ERR_DLOPEN_FAILED', 'linux'],
])('a module that %s asks for the package of the system', (_, code, platform) => {
  const { message, hint } = loadError(failedLoad(code), { platform, arch: 'x64' })
  expect(message).toBe(`The keychain module for ${platform} x64 could not be loaded.`)
  expect(hint).toBe('Install Castellan again with the package made for this system.')
})
