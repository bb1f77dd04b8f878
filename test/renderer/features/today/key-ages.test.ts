import { expect, it } from 'vitest'

import { computeKeyAges } from '../../../../renderer/features/today/key-ages.ts'
import { AGE_BANDS, type ClientOverview } from '../../../../shared/contract/overview.ts'

function overview(slug: string, counts: readonly number[]): ClientOverview {
  return {
    client: { slug, name: slug, colour: '#332288', kind: 'client' },
    people: 0,
    privileged: 0,
    invited: 0,
    serviceAccounts: 0,
    projects: 0,
    keys: counts.reduce((sum, count) => sum + count, 0),
    overdue: 0,
    due: 0,
    reviewsOverdue: 0,
    budgetsReached: 0,
    connections: 1,
    lastSync: null,
    attention: [],
    keyAge: AGE_BANDS.map((band, index) => ({ band, count: counts[index] ?? 0 })),
  }
}

it('the chart, its rows and its sentence have the same numbers', () => {
  const ages = computeKeyAges([overview('a', [1, 2, 0, 0, 4, 0]), overview('b', [0, 0, 0, 3, 0, 1])])
  expect(ages.total).toBe(11)
  expect(ages.rows.map(({ slug, total }) => [slug, total])).toEqual([
    ['a', 7],
    ['b', 4],
  ])
  expect(ages.series.map(({ values }) => values)).toEqual([
    [1, 0],
    [2, 0],
    [0, 0],
    [0, 3],
    [4, 0],
    [0, 1],
  ])
  expect(ages.summary).toContain('11 keys of 2 clients')
  expect(ages.summary).toContain('4 over a year')
  expect(ages.summary).not.toContain('0 91')
})

it('clients without keys are left out, and missing bands count zero', () => {
  const bare = { ...overview('bare', [5]), keyAge: [{ band: '0-30' as const, count: 5 }] }
  const ages = computeKeyAges([overview('none', []), bare])
  expect(ages.rows.map(({ slug }) => slug)).toEqual(['bare'])
  expect(ages.series.map(({ values }) => values[0])).toEqual([5, 0, 0, 0, 0, 0])
})
