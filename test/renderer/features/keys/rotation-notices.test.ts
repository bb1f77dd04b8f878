import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'

import { expect, it } from 'vitest'

import { markedWords, snoozedWords, weekAfter } from '../../../../renderer/features/keys/rotation-notices.ts'
import type { KeyRow } from '../../../../shared/contract/keys.ts'
import { computeStart } from '../../../../shared/domain/day.ts'

const key = (dueOn: string | null) => ({ name: 'prod\u202E-web', rotation: { dueOn } as KeyRow['rotation'] })

it('the notices about one key and about several have the same words', () => {
  expect(markedWords(2)).toBe('2 keys marked rotated')
  expect(markedWords(key(null))).toMatch(/^prod.*-web marked rotated$/u)
  expect(markedWords(key('2026-12-02'))).toMatch(/ marked rotated, due again 2 Dec 2026$/u)
  expect(snoozedWords(1, '2026-12-02')).toBe('No reminders about 1 key until 2 Dec 2026')
  expect(snoozedWords(key(null), '2026-12-02')).toMatch(/^No reminders about prod.*-web until 2 Dec 2026$/u)
  expect(markedWords(key(null)) + snoozedWords(key(null), '2026-12-02')).not.toContain('\u202E')
})

it('a week is seven local days', () => {
  expect(weekAfter(computeStart('2026-12-02'))).toBe('2026-12-09')
})

it('no other source has words of its own for them', () => {
  const renderer = resolve(import.meta.dirname, '../../../../renderer')
  const having = readdirSync(renderer, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/u.test(name))
    .filter((name) =>
      /marked rotated|No reminders about|Snooze for a week/u.test(readFileSync(resolve(renderer, name), 'utf8')),
    )
    .map((name) => name.replaceAll('\\', '/'))
  expect(having).toEqual(['features/keys/rotation-notices.ts'])
})
