import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { describe, expect, it } from 'vitest'

import { findOpening, unusedForms } from '../build/lint/prose.mjs'
import { isParticiple } from '../build/lint/type-names.mjs'
import { listTracked } from './list-tracked.ts'

const ROOT = resolve(import.meta.dirname, '..')

/** Pages with words of others or with former words on purpose, and pages that tests write from checked strings. */
const NOT_CHECKED: Readonly<Record<string, string>> = {
  'docs/glossary.md': 'It lists the words that are not written.',
  'docs/electron-calls.md': 'It quotes the documentation of Electron.',
  'docs/drills.md': 'It is written by the drills, from their own sentences.',
  'docs/findings.md': 'It is written from the rules, and shows SQL.',
  'docs/terminal.md': 'It is written from the table of operations.',
  'docs/threat-model.md': 'It quotes the titles of tests; its sentences are checked where they are written.',
  'docs/plan.md': 'It shows the keys of the plan as people write them.',
}

describe('the words of the product', () => {
  it.each([
    ['Keys that are taken in anew', ['anew', 'taken in']],
    ['This is no date.', ['is no date']],
    ['There is no date, and it is no longer needed.', []],
    ['`remedy.added` and render-process-gone on a stand-in', []],
    ['Whoever signs says so', ['Whoever', 'says']],
  ])('finds in “%s” the forms that are not written: %j', (text, found) => {
    expect(unusedForms(text).map((each: { found: string }) => each.found)).toEqual(found)
  })

  it('has no word of code where people read: the journal of the code is the audit log', () => {
    const words = (text: string) => unusedForms(text, true).map((each: { found: string }) => each.found)
    expect(words('Journaled before the call; the journal’s end is missing.')).toEqual(['Journaled'])
    expect(words('No row of the journal')).toEqual(['journal'])
    expect(words('`journal.jsonl` and journal.jsonl and journal-end-missing')).toEqual([])
    expect(unusedForms('No row of the journal')).toEqual([])
  })

  it.each([
    ['* What an entry of Today is about. ', 'What'],
    ['*\n * Whether a key can still be used, and by whom.\n ', 'Whether'],
    [' The same for a client.', 'The same'],
    ['* True if a key can still be used. ', undefined],
    ['* The rows that differ, and what each contains. ', undefined],
    [' Whatever the provider reports is kept.', undefined],
  ])('has no comment with the opening of “%s”: %j', (comment, found) => {
    const path = 'shared/domain/day.ts'
    expect((findOpening(comment, path) as { readonly found: string } | null)?.found).toBe(found)
  })

  it('has the openings of the product and its build, except where code is being replaced', () => {
    const paths = ['renderer/app/areas.ts', 'build/test.mjs', 'test/prose.test.ts', 'shared/team/rights.ts']
    expect(paths.filter((path) => findOpening(' What is read', path) !== null)).toEqual(paths.slice(0, 2))
  })

  it('names no type by a participle, except where code is being replaced', () => {
    const names = ['Known', 'Decided', 'Place', 'KnownKey', 'PlanRef', 'Feed', 'Rotation', 'Bound']
    expect(names.filter((name) => isParticiple(name, 'shared/domain/day.ts'))).toEqual(['Known', 'Decided', 'Place'])
    expect(['shared/team/card.ts', 'test/any.ts'].filter((path) => isParticiple('Known', path))).toEqual([])
  })

  it('are those of the glossary in every document', () => {
    const documents = listTracked(ROOT, '*.md').filter(
      (path) => !path.startsWith('test/') && !Object.hasOwn(NOT_CHECKED, path),
    )
    const found = documents.flatMap((path) =>
      readFileSync(join(ROOT, path), 'utf8')
        .replaceAll(/\]\([^)]*\)/gu, ']()')
        .split('\n')
        .flatMap((line, at) =>
          unusedForms(line, true).map((form: { found: string }) => `${path}:${at + 1} ${form.found}`),
        ),
    )
    expect(documents.length).toBeGreaterThan(20)
    expect(found).toEqual([])
  })
})
