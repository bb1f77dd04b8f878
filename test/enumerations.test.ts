import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { describe, expect, it } from 'vitest'

import { filesUnder } from '../build/freshness.mjs'

const root = resolve(import.meta.dirname, '..')

const WORD = String.raw`'[^'\n]*'`

const UNION = new RegExp(String.raw`${WORD}(?:\s*\|\s*${WORD})+`, 'gu')

/** The text before a choice among the fields of another type, which is not an enumeration. */
const FIELDS = /(?:Pick|Omit|Exclude|Extract)<[^;=]*, *$/u

/** The words that a schema, an option of the terminal or a reader of a file takes, and lists that are constant. */
const LIST = new RegExp(
  String.raw`(?:z\.enum\(|\.choices\(\s*|oneOf\()\[\s*(${WORD}(?:,\s*${WORD})*),?\s*\]|\[\s*(${WORD}(?:,\s*${WORD})*),?\s*\] as const`,
  'gu',
)

/** Each enumeration of three words or more that a source spells, its words in order of the alphabet. */
function spelledIn(source: string): readonly string[] {
  const spellings = [
    ...[...source.matchAll(UNION)]
      .filter(({ index }) => !FIELDS.test(source.slice(Math.max(0, index - 100), index)))
      .map(([union]) => union),
    ...[...source.matchAll(LIST)].map(([, given, constant]) => given ?? constant ?? ''),
  ]
  return spellings
    .map((spelling) => [...new Set(spelling.match(new RegExp(WORD, 'gu')))].sort())
    .filter((words) => words.length >= 3)
    .map((words) => words.join(' '))
}

describe('an enumeration', () => {
  it('is spelled in one place, from which contract, register, terminal and window take it', () => {
    const files = ['shared', 'electron', 'renderer']
      .flatMap((folder) => filesUnder(root, folder))
      .filter((file) => /\.tsx?$/u.test(file))
    expect(files.length).toBeGreaterThan(500)
    const places = files.flatMap((file) =>
      spelledIn(readFileSync(join(root, file), 'utf8')).map((words) => ({ words, file })),
    )
    const twice = [...Map.groupBy(places, ({ words }) => words)].filter(([, spelled]) => spelled.length > 1)
    expect(twice.map(([words, spelled]) => `${words}: ${spelled.map(({ file }) => file).join(', ')}`)).toEqual([])
  })

  it.each([
    ["kind: 'b' | 'a' | 'c'", ["'a' 'b' 'c'"]],
    ["z.enum(['a', 'b', 'c'])", ["'a' 'b' 'c'"]],
    [".choices([\n  'c',\n  'b',\n  'a',\n])", ["'a' 'b' 'c'"]],
    ["export const KINDS = ['a', 'b', 'c'] as const", ["'a' 'b' 'c'"]],
    ["Pick<Row, 'a' | 'b' | 'c'>", []],
    ["const ORDER: readonly Kind[] = ['c', 'b', 'a']", []],
    ["kind: 'a' | 'b'", []],
  ])('is found in %s', (source, words) => {
    expect(spelledIn(source)).toEqual(words)
  })
})

describe('the length of a day', () => {
  it('is spelled in one place', () => {
    const files = ['shared', 'electron', 'renderer'].flatMap((folder) => filesUnder(root, folder))
    const spelled = files.filter((file) => /\b86_?400(?:_?000)?\b/u.test(readFileSync(join(root, file), 'utf8')))
    expect(spelled).toEqual(['shared/domain/day.ts'])
  })
})
