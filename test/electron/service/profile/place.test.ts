import { existsSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { profileOfSample, profilePaths, getSampleProfile } from '../../../../electron/service/profile/paths.ts'
import {
  defaultProfile,
  LONGEST_ON_WINDOWS,
  resolveProfile,
  type Machine,
} from '../../../../electron/service/profile/place.ts'

const LINUX: Machine = { platform: 'linux', home: '/home/ada', cwd: '/srv/work' }
const MAC: Machine = { platform: 'darwin', home: '/Users/ada', cwd: '/srv/work' }
const WINDOWS: Machine = { platform: 'win32', home: 'C:\\Users\\ada', cwd: 'D:\\work' }

test.each([
  [LINUX, {}, '/home/ada/.local/share/castellan'],
  [LINUX, { XDG_DATA_HOME: '/data' }, '/data/castellan'],
  [LINUX, { XDG_DATA_HOME: 'relative' }, '/home/ada/.local/share/castellan'],
  [LINUX, { XDG_DATA_HOME: '' }, '/home/ada/.local/share/castellan'],
  [MAC, { XDG_DATA_HOME: '/data' }, '/Users/ada/Library/Application Support/Castellan'],
  [WINDOWS, { APPDATA: 'E:\\Roaming', LOCALAPPDATA: 'E:\\Local' }, 'E:\\Local\\Castellan'],
  [WINDOWS, { APPDATA: 'E:\\Roaming', LOCALAPPDATA: 'relative' }, 'C:\\Users\\ada\\AppData\\Local\\Castellan'],
  [WINDOWS, {}, 'C:\\Users\\ada\\AppData\\Local\\Castellan'],
])('the default on %j with %j is %s', (machine, env, expected) => {
  expect(defaultProfile(env, machine)).toBe(expected)
})

test.each([
  ['given', { CASTELLAN_PROFILE: '/env' }, LINUX, '/srv/work/given'],
  ['/given', {}, LINUX, '/given'],
  ['~/given', {}, LINUX, '/home/ada/given'],
  ['~', {}, LINUX, '/home/ada'],
  ['~given', {}, LINUX, '/srv/work/~given'],
  ['..\\given', {}, WINDOWS, 'D:\\given'],
  [undefined, { CASTELLAN_PROFILE: '/env/' }, LINUX, '/env'],
  [undefined, { CASTELLAN_PROFILE: 'env' }, LINUX, '/srv/work/env'],
  [undefined, { CASTELLAN_PROFILE: '' }, LINUX, '/home/ada/.local/share/castellan'],
  [undefined, {}, LINUX, '/home/ada/.local/share/castellan'],
])('--profile %s with %j is the folder to use', (flag, env, machine, expected) => {
  expect(resolveProfile(flag, env, machine)).toBe(expected)
})

test('a data folder whose path is too long for SQLite on Windows is refused there, and only there', () => {
  const long = 'x'.repeat(LONGEST_ON_WINDOWS - 'D:\\work\\'.length)
  expect(resolveProfile(long, {}, WINDOWS)).toHaveLength(LONGEST_ON_WINDOWS)
  expect(() => resolveProfile(`${long}y`, {}, WINDOWS)).toThrow(
    /^--profile D:\\work\\x+y has 131 characters: .* at most 130 on Windows/u,
  )
  expect(() => resolveProfile(undefined, { LOCALAPPDATA: `C:\\${long}` }, WINDOWS)).toThrow(/^The folder C:/u)
  expect(resolveProfile(`${long}y`, {}, LINUX)).toContain(long)
})

test.each(['', '  ', 'a\0b'])('--profile %j is refused', (flag) => {
  expect(() => resolveProfile(flag, {})).toThrow('--profile does not name a folder')
})

test('on this machine: absolute, inside the home folder, and nothing is created', () => {
  expect(defaultProfile({}).startsWith(homedir())).toBe(true)
  const path = join(tmpdir(), `castellan-never-${process.pid}`)
  expect(resolveProfile(path, {})).toBe(path)
  expect(existsSync(path)).toBe(false)
})

test('the sample agency is inside the profile that it belongs to', () => {
  const sample = getSampleProfile('/data/castellan')
  expect(profilePaths(sample).register.startsWith(join('/data/castellan', 'sample-agency'))).toBe(true)
  expect(profileOfSample(sample)).toBe('/data/castellan')
  expect(profileOfSample('/data/castellan')).toBeNull()
})
