import { describe, expect, it } from 'vitest'

import { computeTrend } from '../../../../renderer/features/findings/trend-data.ts'
import { evidenceLabel } from '../../../../renderer/entities/finding-labels.ts'

const point = (day: string, high: number) => ({ day, counts: { critical: 0, high, medium: 1, low: 0, info: 0 } })

describe('the chart of the trend', () => {
  it('has a bar for each day and a part for each severity, the lowest at the axis', () => {
    const trend = computeTrend([point('2026-01-01', 4), point('2026-01-09', 2)])
    expect(trend.rows).toEqual(['2026-01-01', '2026-01-09'])
    expect(trend.series.map((each) => [each.label, ...each.values])).toEqual([
      ['Info', 0, 0],
      ['Low', 0, 0],
      ['Medium', 1, 1],
      ['High', 4, 2],
      ['Critical', 0, 0],
    ])
    expect(trend.summary).toMatch(/^3 open findings on 2026-01-09, 5 on 2026-01-01\./u)
  })

  it('shows the last days when there are many', () => {
    const trend = computeTrend(Array.from({ length: 60 }, (_, n) => point(`day ${n}`, n)))
    expect([trend.rows.length, trend.rows.at(-1)]).toEqual([24, 'day 59'])
  })
})

describe('a label of an evidence field', () => {
  it.each([
    ['lastUsedAt', 'Last used'],
    ['owner', 'Owner'],
    ['ceilingDays', 'Ceiling days'],
  ])('%s: %s', (name, label) => {
    expect(evidenceLabel(name)).toBe(label)
  })
})
