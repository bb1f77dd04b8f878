import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { clientProblems, NEW_CLIENT } from '../../../renderer/features/clients/client-values.ts'

const ROOT = join(import.meta.dirname, '../../..')
const SOURCES = globSync('renderer/**/*.tsx', { cwd: ROOT }).map((path) => ({
  path,
  source: readFileSync(join(ROOT, path), 'utf8'),
}))

/** The files with a text, of those that may not have it. */
function findIn(text: RegExp, allowed: readonly string[]): readonly string[] {
  return SOURCES.filter(({ path, source }) => text.test(source) && !allowed.includes(path)).map(({ path }) => path)
}

it('every dialog has its first field focused and asks before an unsaved form is discarded', () => {
  expect(findIn(/<Dialog\b/u, []).length).toBeGreaterThan(10)
  // The confirmation of an action has nothing to lose.
  expect(findIn(/<Modal\b/u, ['renderer/ui/dialog.tsx', 'renderer/ui/confirm.tsx'])).toEqual([])
})

it('every date is written in the one field for it, and never in one of the browser', () => {
  expect(findIn(/type="(?:date|datetime-local|month|time)"/u, [])).toEqual([])
  expect(findIn(/label="[^"]*(?:\bdate\b|Until|Due on|Rotated on)[^"]*"/iu, []).length).toBeGreaterThan(3)
})

it('the browser’s own messages and dialogs are not used', () => {
  expect(findIn(/\bwindow\.(?:alert|confirm|prompt)\(|reportValidity\(/u, [])).toEqual([])
})

it('a length beyond the contract’s is refused at the field, in words', () => {
  const problems = clientProblems({ ...NEW_CLIENT, name: 'x'.repeat(121), colour: 'blue' })
  expect(problems).toEqual({
    name: 'Must have at most 120 characters',
    colour: 'Write a colour as #rrggbb',
  })
})
