import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'
import { ZodError } from 'zod'

import { openPreferences } from '../../../../electron/service/profile/preferences.ts'

let root = ''
let profile = ''
let file = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'castellan-preferences-'))
  profile = join(root, 'profile')
  file = join(profile, 'preferences.json')
})
afterEach(() => {
  rmSync(root, { recursive: true, force: true })
})

function write(text: string): void {
  mkdirSync(profile)
  writeFileSync(file, text)
}

const DEFAULTS = {
  operator: userInfo().username,
  colourScheme: 'auto',
  lockAfterMinutes: 15,
  keepRunning: false,
  startAtLogin: false,
  updateFeed: null,
}

test('without a file there are defaults, and reading creates nothing', () => {
  const preferences = openPreferences(profile)
  expect(preferences.get()).toEqual(DEFAULTS)
  expect(preferences.notices).toEqual([])
  expect(existsSync(profile)).toBe(false)
})

test('what is set is there at the next start, and the rest keeps its default', async () => {
  const preferences = openPreferences(profile)
  expect(await preferences.set({ operator: '  Ada Lovelace ' })).toEqual({ ...DEFAULTS, operator: 'Ada Lovelace' })
  await preferences.set({ colourScheme: 'dark' })
  await preferences.set({ keepRunning: true })
  const kept = { ...DEFAULTS, operator: 'Ada Lovelace', colourScheme: 'dark', keepRunning: true }
  expect(preferences.get()).toEqual(kept)
  expect(openPreferences(profile).get()).toEqual(kept)
})

test('a default is not written, so that it follows the login name', async () => {
  await openPreferences(profile).set({ colourScheme: 'light' })
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ colourScheme: 'light' })
})

test.skipIf(process.platform === 'win32')('file and folder are for this user alone', async () => {
  await openPreferences(profile).set({ colourScheme: 'light' })
  expect([statSync(profile).mode & 0o777, statSync(file).mode & 0o777]).toEqual([0o700, 0o600])
})

test('what the shell keeps in the same file stays', async () => {
  write('{ "window": { "width": 900 } }')
  await openPreferences(profile).set({ colourScheme: 'light' })
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ window: { width: 900 }, colourScheme: 'light' })
})

test.each(['', '{ "operator": ', '[1]', 'null', '\u0000\u0001'])(
  'a broken file is moved aside and reported: %j',
  async (text) => {
    write(text)
    const preferences = openPreferences(profile)
    expect(preferences.get()).toEqual(DEFAULTS)
    expect(preferences.notices).toEqual([expect.stringContaining('not readable as JSON')])
    const [aside, ...more] = readdirSync(profile)
    expect(more).toEqual([])
    expect(readFileSync(join(profile, aside ?? ''), 'utf8')).toBe(text)
    await preferences.set({ operator: 'Ada' })
    expect(openPreferences(profile)).toMatchObject({ notices: [] })
    expect(openPreferences(profile).get().operator).toBe('Ada')
  },
)

test('a value out of bounds costs that value only, and is reported', () => {
  write('{ "operator": 7, "colourScheme": "dark" }')
  const preferences = openPreferences(profile)
  expect(preferences.get()).toEqual({ ...DEFAULTS, colourScheme: 'dark' })
  expect(preferences.notices).toEqual([expect.stringContaining('“operator”')])
})

test.each([{ operator: '' }, { operator: 'a\nb' }, { operator: 'x'.repeat(101) }])(
  'refuses %j and writes nothing',
  async (change) => {
    await expect(openPreferences(profile).set(change)).rejects.toThrow(ZodError)
    expect(existsSync(file)).toBe(false)
  },
)
