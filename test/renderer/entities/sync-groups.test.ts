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
    'underWay',
  )
  expect(groups.map(({ state, rows }) => [state, rows])).toEqual([
    ['read', 20],
    ['reading', 3],
    ['next', 0],
    ['next', 0],
  ])
})

it('marks a group of which some lists could not be read, and one of which none could be', () => {
  const groups = groupProgress(
    [part('keys', 'complete', 5), part('admin-keys', 'denied', 0), part('projects', 'reading', 3)],
    'answered',
  )
  expect(groups.map(({ state }) => state)).toEqual(['notOffered', 'notRead', 'partial', 'notOffered'])
})

it('never shows a group without a list that was read to its end as read', () => {
  expect(groupProgress([], 'failed').map(({ state }) => state)).toEqual(['notRead', 'notRead', 'notRead', 'notRead'])
  const refused = groupProgress([part('audit-log', 'unavailable', 0), part('users', 'complete', 0)], 'answered')
  expect(refused.map(({ label, state }) => [label, state])).toEqual([
    ['People, groups and roles', 'read'],
    ['Projects and their members', 'notOffered'],
    ['Keys', 'notOffered'],
    ['Limits and alerts', 'notOffered'],
    ['Provider log', 'notOffered'],
  ])
})

it.each(SOURCES.filter((each) => !each.endsWith('-file')))('counts %s in one group', (source) => {
  expect(groupProgress([part(source, 'complete', 7)], 'answered').reduce((sum, { rows }) => sum + rows, 0)).toBe(7)
})
