import { expect, it } from 'vitest'

import { SOURCES } from '../../../shared/domain/source.ts'
import { groupProgress } from '../../../renderer/entities/sync-groups.ts'

const part = (
  source: (typeof SOURCES)[number],
  state: 'reading' | 'complete' | 'denied' | 'unavailable',
  fetched: number,
) => ({
  source,
  state,
  fetched,
  expected: null,
  projects: null,
})

it('adds up the lists of a sync by group, with the state of each group', () => {
  const groups = groupProgress(
    [part('users', 'complete', 20), part('groups', 'unavailable', 0), part('projects', 'reading', 3)],
    false,
  )
  expect(groups.map(({ state, rows }) => [state, rows])).toEqual([
    ['read', 20],
    ['reading', 3],
    ['next', 0],
    ['next', 0],
  ])
})

it('marks a group of which a list could not be read, and leaves none open once the sync has ended', () => {
  const groups = groupProgress([part('keys', 'denied', 0), part('projects', 'reading', 3)], true)
  expect(groups.map(({ state }) => state)).toEqual(['read', 'lacking', 'lacking', 'read'])
})

it.each(SOURCES.filter((each) => !each.endsWith('-file')))('counts %s in one group', (source) => {
  expect(groupProgress([part(source, 'complete', 7)], true).reduce((sum, { rows }) => sum + rows, 0)).toBe(7)
})
