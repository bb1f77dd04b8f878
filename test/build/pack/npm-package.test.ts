import { createHash } from 'node:crypto'
import { resolve } from 'node:path'

import { expect, it } from 'vitest'

import { checkIntegrity, findPackage } from '../../../build/pack/npm-package.mjs'

const root = resolve(import.meta.dirname, '../../..')

it('a package of this machine is the installed one, and one that the lock file lacks is refused', () => {
  expect(findPackage(root, 'better-sqlite3')).toBe(resolve(root, 'node_modules/better-sqlite3'))
  expect(() => findPackage(root, 'not-a-package')).toThrow('package-lock.json has no package not-a-package')
})

it('a fetched package with another hash than the lock file has is refused', () => {
  const bytes = Buffer.from('content')
  const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`
  expect(() => checkIntegrity('a@1', bytes, integrity)).not.toThrow()
  expect(() => checkIntegrity('a@1', Buffer.from('other'), integrity)).toThrow(
    'a@1 is not the package that package-lock.json names',
  )
  for (const weak of [undefined, 'sha1-abc']) {
    expect(() => checkIntegrity('a@1', bytes, weak)).toThrow('package-lock.json has no SHA-512 of a@1')
  }
})
