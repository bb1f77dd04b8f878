import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { describe, expect, it } from 'vitest'

import { filesUnder } from '../build/freshness.mjs'

const root = resolve(import.meta.dirname, '..')

const NOUNS =
  'accounts|actions|bytes|calls|cells|characters|clients|columns|connections|days|decisions|entries|errors|files|findings|folders|groups|hours|invites|items|keys|leavers|lines|minutes|months|organizations|others|pages|people|places|problems|projects|proposals|records|remediations|removals|requests|reviews|roles|rows|rules|seconds|sources|steps|syncs|teams|tries|users|warnings|weeks|years'

/** A value in a text, and a plural right after it. */
const BARE = new RegExp(String.raw`\{([^{}]*)\} (?:(?:more|other|open|own|new) )?(?:${NOUNS})\b(?![=,;:]? ?[={])`, 'gu')

/** What the value is, and why the noun after it is always a plural. */
const ALLOWED: ReadonlyMap<string, string> = new Map([
  ['client', 'the name of a client, followed by what the review is of'],
  ['header.cells.length', 'above the most columns that are read'],
  ['others.length + 1', 'at least two, since others exist'],
  ['own.length', 'at least two, since one would have been taken'],
  ['called.length', 'at least two projects of one name'],
  ['projects', 'at least two in the arm that writes the number'],
])

/**
 * A constant in capitals, or one of a table of bounds, is a number that the source fixes, above 1; so is what is
 * written as a bound, or as beyond a bound.
 */
const isConstant = (value: string): boolean =>
  /^[A-Z][A-Z_]+(?: \/ [A-Z_\d ]+|\.[a-zA-Z]+)?$|^(?:limitText|COUNT\.format)\(.*\)$/u.test(value)

/** The values of a source that a plural follows without a word for one. */
function stripCode(source: string): readonly string[] {
  return [...source.matchAll(BARE)].map((match) => match[1] ?? '').filter((value) => !isConstant(value))
}

describe('a number before a noun', () => {
  const files = ['shared', 'electron']
    .flatMap((folder) => filesUnder(root, folder))
    .filter((file) => file.endsWith('.ts'))

  it('is written by counted in every source, so that one thing is never “1 rows”', () => {
    expect(files.length).toBeGreaterThan(500)
    const found = files.flatMap((file) =>
      stripCode(readFileSync(join(root, file), 'utf8'))
        .filter((value) => !ALLOWED.has(value))
        .map((value) => `${file}: ${value}`),
    )
    expect(found).toEqual([])
  })

  it('has no allowance that no source needs', () => {
    const values = new Set(files.flatMap((file) => stripCode(readFileSync(join(root, file), 'utf8'))))
    expect([...ALLOWED.keys()].filter((value) => !values.has(value))).toEqual([])
  })

  it.each([
    ['`${fetched} rows`', ['fetched']],
    ['`and ${behind.length - 1} more projects`', ['behind.length - 1']],
    ["`${counted(rows, 'row')} of it`", []],
    ['`at most ${MAX_ROWS} rows`', []],
  ])('is found in %s', (source, found) => {
    expect(stripCode(source)).toEqual(found)
  })
})
