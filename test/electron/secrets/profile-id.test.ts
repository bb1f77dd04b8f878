import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import {
  isTwin,
  newProfileId,
  profileAddress,
  readProfileId,
  writeProfileId,
} from '../../../electron/secrets/profile-id.ts'

let root = ''
let profile = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'castellan-id-'))
  profile = join(root, 'profile')
})
afterEach(() => {
  rmSync(root, { recursive: true, force: true })
})

test('a profile has no id until one is written, and then keeps it', () => {
  expect(readProfileId(profile)).toBeNull()
  const id = newProfileId()
  expect(writeProfileId(profile, id, null)).toBe(id)
  expect(readProfileId(profile)).toBe(id)
})

test('the first of two ids that processes write is kept', () => {
  const [first, second] = [newProfileId(), newProfileId()]
  writeProfileId(profile, first, null)
  expect(writeProfileId(profile, second, null)).toBe(first)
})

test('an id is replaced only by a process that knows it', () => {
  const [old, other] = [newProfileId(), newProfileId()]
  writeProfileId(profile, old, null)
  expect(writeProfileId(profile, other, old)).toBe(other)
  expect(writeProfileId(profile, newProfileId(), old)).toBe(other)
})

test('a damaged id counts as none and can be replaced', () => {
  mkdirSync(profile)
  writeFileSync(join(profile, 'profile-id'), '../../etc/passwd\n')
  expect(readProfileId(profile)).toBeNull()
  const id = newProfileId()
  expect(writeProfileId(profile, id, null)).toBe(id)
})

test('a twin is another folder with the same id, not the same folder by another name', () => {
  const id = newProfileId()
  writeProfileId(profile, id, null)
  const copy = join(root, 'copy')
  cpSync(profile, copy, { recursive: true })
  const alias = join(root, 'alias')
  symlinkSync(profile, alias, 'junction')
  expect(isTwin(profile, copy, id)).toBe(true)
  expect(isTwin(alias, profile, id)).toBe(false)
  expect(isTwin(join(root, 'gone'), profile, id)).toBe(false)
  expect(profileAddress(alias)).toBe(profileAddress(profile))
  writeProfileId(copy, newProfileId(), id)
  expect(isTwin(copy, profile, id)).toBe(false)
})
