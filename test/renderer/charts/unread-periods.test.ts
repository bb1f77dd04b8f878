import { expect, it } from 'vitest'

import { describeUnread, listUnreadRuns } from '../../../renderer/charts/unread-periods.tsx'
import { listUnreadWords } from '../../../renderer/entities/series-data.ts'
import type { UsageSeries } from '../../../shared/contract/usage.ts'

const sums = (requests: number) => ({
  requests,
  input: 0,
  cached: 0,
  cacheWrite: 0,
  output: 0,
  cost: 0,
  estimate: 0,
})

it('a bar of a period that was not read has a word for it, also where it has some usage, and one that has not begun has none', () => {
  const series = {
    periods: ['2026-11-01', '2026-11-02', '2026-11-03', '2026-11-04', '2026-11-05'],
    read: ['none', 'none', 'whole', 'none', 'none'],
    totals: [sums(0), sums(0), sums(0), sums(4), sums(9)],
    // A day that runs cannot be read to its end.
    today: '2026-11-05',
  } satisfies Pick<UsageSeries, 'periods' | 'read' | 'totals' | 'today'>
  const words = listUnreadWords({ ...series, lines: [], other: null })
  expect(words).toEqual(['not read', 'not read', '', 'read in part', ''])
  expect(listUnreadRuns(words)).toEqual([
    { from: 0, to: 1, word: 'not read' },
    { from: 3, to: 3, word: 'read in part' },
  ])
  expect(describeUnread(series.periods, words)).toMatch(/^Not read: .+ to .+\. Read in part: [^.]+\.$/u)
  expect(
    describeUnread(
      series.periods,
      words.map(() => ''),
    ),
  ).toBe('')
})
