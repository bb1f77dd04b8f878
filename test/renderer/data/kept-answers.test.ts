import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { expect, it } from 'vitest'

import { filesUnder } from '../../../build/freshness.mjs'

const root = resolve(import.meta.dirname, '../../..')

/** The sources that keep any answer while the next one is read, and why it is never that of another client. */
const ALLOWED: ReadonlyMap<string, string> = new Map([
  ['renderer/features/plans/editor.tsx', 'the editor is made for one version of one plan: its key is the version'],
  ['renderer/features/plans/guide.tsx', 'the answers of the form are the whole input, and belong to no client yet'],
])

it('no answer is kept while another one is read without a look at its client', () => {
  const keeping = filesUnder(root, 'renderer')
    .filter((file: string) => /\.tsx?$/u.test(file))
    .filter((file: string) => /\bkeepPreviousData\b|placeholderData: \(/u.test(readFileSync(join(root, file), 'utf8')))
  expect(keeping.toSorted()).toEqual([...ALLOWED.keys()])
})

it('every answer that is kept is compared by its client', () => {
  const others = filesUnder(root, 'renderer')
    .filter((file: string) => /\.tsx?$/u.test(file))
    .flatMap((file: string) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(/\bkeepAnswer\((\{[^}]*\})\)/gu)].map(
        ([, of = '']) => [file, of] as const,
      ),
    )
  expect(others.length).toBeGreaterThan(0)
  expect(others.filter(([, of]) => !/\bclient\b/u.test(of))).toEqual([])
})
