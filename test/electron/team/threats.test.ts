import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

import { describe, expect, it } from 'vitest'

import { findMissingTests } from '../../named-tests.ts'

const page = readFileSync(resolve('docs/team-threats.md'), 'utf8')
const named = [...page.matchAll(/^- (T\d+): `([^`]+)`: (.+)$/gmu)].map(([, name = '', file = '', title = '']) => ({
  name,
  file,
  title,
}))
/** The last cell of each row of the table. */
const rows = page
  .split('\n')
  .filter((line) => /^\| (?!Who |-)/u.test(line))
  .map((line) => line.split('|').at(-2)?.trim() ?? '')

describe('the page of what attackers of a team can do', () => {
  it('names tests that exist, each by its title', () => {
    expect(named.length).toBeGreaterThan(20)
    expect(findMissingTests(named.map(({ file, title }) => [file, title]))).toEqual([])
  })

  it('has a test for each row, and a row for each test', () => {
    const used = rows.flatMap((cell) => cell.split(', '))
    expect(rows.length).toBeGreaterThan(10)
    expect(rows.filter((cell) => !/^T\d+(?:, T\d+)*$/u.test(cell))).toEqual([])
    expect([...new Set(used)].toSorted()).toEqual(named.map(({ name }) => name).toSorted())
  })
})
