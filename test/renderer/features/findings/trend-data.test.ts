import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { computeTrend, labelledDays, MOST_DAYS, roundSteps } from '../../../../renderer/features/findings/trend-data.ts'
import { evidenceLabel } from '../../../../renderer/entities/finding-labels.ts'

const point = (day: string, high: number) => ({ day, counts: { critical: 0, high, medium: 1, low: 0, info: 0 } })

describe('the chart of the trend', () => {
  it('has every day from the first to the last; a number holds until the day on which it changes', () => {
    const { days, most, summary } = computeTrend([point('2026-01-01', 4), point('2026-01-04', 2)])
    expect(days.map(({ day, total }) => [day, total])).toEqual([
      ['2026-01-01', 5],
      ['2026-01-02', 5],
      ['2026-01-03', 5],
      ['2026-01-04', 3],
    ])
    expect(most).toBe(5)
    expect(summary).toMatch(/^3 open findings on 4 Jan 2026, 5 on 1 Jan 2026\./u)
  })

  it('shows the last days when there are many, from the number that held before them', () => {
    const { days } = computeTrend([point('2025-01-01', 7), point('2026-01-01', 2)])
    expect([days.length, days[0]?.total, days.at(-1)?.total]).toEqual([MOST_DAYS, 8, 3])
  })

  it('has round numbers on its axis that cover the most', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5_000_000 }), (most) => {
        const steps = roundSteps(most)
        expect(steps[0]).toBe(0)
        expect(steps.at(-1) ?? 0).toBeGreaterThanOrEqual(most)
        expect(steps.length).toBeLessThanOrEqual(6)
      }),
    )
  })

  it('labels days evenly apart, the last one included', () => {
    expect(labelledDays(4, 7)).toEqual([0, 1, 2, 3])
    expect(labelledDays(180, 6)).toEqual([29, 59, 89, 119, 149, 179])
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
