import { expect, it } from 'vitest'

import { explainVerb, findVerb } from '../../../electron/shell/verb.ts'

it('a verb is the first argument that is a word, and what a system passes by itself is none', () => {
  expect(findVerb(['sync', 'now'])).toBe('sync')
  expect(findVerb(['/home/ana/file', 'register'])).toBe('register')
  // Windows starts an application after a click on a notification with such arguments, macOS with a serial number.
  for (const passed of [[], ['-ToastActivated'], ['-psn_0_12345'], ['--no-sandbox'], ['/home/ana'], ['C:\\x']]) {
    expect(findVerb(passed)).toBeNull()
  }
})

it('the window names where the terminal program of its system is, and how to get it out of an AppImage', () => {
  const installed = { resources: '/usr/lib/castellan/resources', appImage: undefined }
  expect(explainVerb('sync', { ...installed, platform: 'linux' })).toBe(
    'This is the window of Castellan, which has no verb “sync”. The terminal program castellan has. ' +
      'It is /usr/lib/castellan/resources/terminal/castellan.\n',
  )
  expect(explainVerb('sync', { ...installed, platform: 'win32' })).toContain('castellan.cmd')
  const appImage = '/home/ana/Castellan.AppImage'
  expect(explainVerb('sync', { ...installed, platform: 'linux', appImage })).toContain(
    "Unpack it once: /home/ana/Castellan.AppImage --appimage-extract 'resources/terminal/*'",
  )
})
