import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import {
  createPrivateFile,
  errorCode,
  nameTwice,
  placeNewFolder,
  replacePrivateFile,
} from '../../../electron/files/private-file.ts'

let root = ''
let path = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'castellan-private-'))
  path = join(root, 'new', 'profile', 'file')
})
afterEach(() => {
  rmSync(root, { recursive: true, force: true })
})

const readMode = (path: string): number => statSync(path).mode & 0o777

test.skipIf(process.platform === 'win32')('a new file and its new folders are for this user alone', () => {
  const umask = process.umask(0)
  try {
    createPrivateFile(path, 'text')
    expect([readMode(path), readMode(join(root, 'new')), readMode(join(root, 'new', 'profile'))]).toEqual([
      0o600, 0o700, 0o700,
    ])
    chmodSync(path, 0o644)
    replacePrivateFile(path, 'other')
    expect(readMode(path)).toBe(0o600)
  } finally {
    process.umask(umask)
  }
})

test('creating refuses a path that is taken and leaves no draft behind', () => {
  createPrivateFile(path, 'first')
  let code: string | null = null
  try {
    createPrivateFile(path, 'second')
  } catch (error) {
    code = errorCode(error)
  }
  expect(code).toBe('EEXIST')
  expect(readFileSync(path, 'utf8')).toBe('first')
  expect(readdirSync(join(root, 'new', 'profile'))).toEqual(['file'])
})

test('replacing swaps the text and leaves no draft behind', () => {
  replacePrivateFile(path, 'first')
  replacePrivateFile(path, 'second')
  expect(readFileSync(path, 'utf8')).toBe('second')
  expect(readdirSync(join(root, 'new', 'profile'))).toEqual(['file'])
})

test('a second name keeps a file whose first name is given to another, and is refused where it exists', () => {
  createPrivateFile(path, 'first')
  nameTwice(path, `${path}.kept`)
  replacePrivateFile(path, 'second')
  expect(readFileSync(`${path}.kept`, 'utf8')).toBe('first')
  expect(() => nameTwice(path, `${path}.kept`)).toThrow(/EEXIST/u)
  expect(readFileSync(`${path}.kept`, 'utf8')).toBe('first')
})

test('a folder does not replace one with content, and the reason is its name', () => {
  const [draft, taken] = [join(root, 'draft'), join(root, 'taken')]
  for (const folder of [draft, taken]) mkdirSync(folder)
  writeFileSync(join(taken, 'mine'), '')
  let code: string | null = null
  try {
    placeNewFolder(draft, taken)
  } catch (error) {
    code = errorCode(error)
  }
  expect(code).toMatch(/^(?:EEXIST|ENOTEMPTY)$/u)
  expect(readdirSync(taken)).toEqual(['mine'])
  placeNewFolder(draft, join(root, 'free'))
  expect(readdirSync(root).toSorted()).toEqual(['free', 'taken'])
})

test('a folder that is a file is an error, not a loss', () => {
  writeFileSync(join(root, 'new'), 'mine')
  expect(() => createPrivateFile(path, 'text')).toThrow(/ENOTDIR|EEXIST/u)
  expect(existsSync(path)).toBe(false)
  expect(readFileSync(join(root, 'new'), 'utf8')).toBe('mine')
})
