import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, expect, it } from 'vitest'

import { writeChecksums } from '../../../build/pack/checksums.mjs'
import { findReleaseTime } from '../../../build/pack/release-time.mjs'

const folder = mkdtempSync(join(tmpdir(), 'castellan-release-'))

afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('the time of what is packed is the one that is set, else that of the commit, else a fixed one', () => {
  expect(findReleaseTime(folder, { SOURCE_DATE_EPOCH: '1700000000' })).toBe(1_700_000_000)
  expect(findReleaseTime(folder, {})).toBe(Date.UTC(2026, 0, 1) / 1000)
  for (const wrong of ['yesterday', '-1', '1.5']) {
    expect(() => findReleaseTime(folder, { SOURCE_DATE_EPOCH: wrong })).toThrow(`SOURCE_DATE_EPOCH is “${wrong}”`)
  }
})

it('checksums are those of packages only, in the form that sha256sum reads', () => {
  for (const [name, text] of [
    ['castellan_1_amd64.deb', 'deb'],
    ['Castellan-1-win-x64.exe', 'exe'],
    ['latest.yml', 'version: 1'],
  ] as const) {
    writeFileSync(join(folder, name), text)
  }
  expect(writeChecksums(folder)).toEqual(['Castellan-1-win-x64.exe', 'castellan_1_amd64.deb'])
  // By `printf deb | sha256sum` and `printf exe | sha256sum`.
  expect(readFileSync(join(folder, 'SHA256SUMS'), 'utf8')).toBe(
    '9095bdb859308b62acf04036ffd4adfe366d7f737d276eb6c46ae434f3816c9b  Castellan-1-win-x64.exe\n' +
      '9cfa1468c93fc18652e34a000f0c6614b0fa18f6f4887477ad9b0d36ca6a7eaa  castellan_1_amd64.deb\n',
  )
})
