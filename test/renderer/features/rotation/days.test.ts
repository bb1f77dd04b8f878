import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { countsByDay, getMonth, toSheet, SPAN_DAYS, listSpans } from '../../../../renderer/features/rotation/days.ts'
import { getGroups } from '../../../../renderer/features/rotation/due-list.tsx'
import { addDays, daysBetween } from '../../../../shared/domain/day.ts'

describe('the calendar of due dates', () => {
  it('lists the worst state of a day first', () => {
    const byDay = countsByDay([
      { on: '2026-03-02', state: 'ok', count: 3 },
      { on: '2026-03-02', state: 'overdue', count: 1 },
      { on: '2026-03-05', state: 'due', count: 2 },
    ])
    expect(byDay.get('2026-03-02')?.map(({ state }) => state)).toEqual(['overdue', 'ok'])
    expect(byDay.get('2026-03-03')).toBeUndefined()
  })

  it('requests every day that a month’s sheet can show, six weeks from any weekday', () => {
    for (const month of ['2026-02-01', '2026-03-01', '2027-08-01']) {
      const { from, until } = toSheet(month)
      expect(daysBetween(from, month)).toBe(6)
      expect(daysBetween(month, until)).toBeGreaterThanOrEqual(41)
      expect(daysBetween(from, until)).toBeLessThan(SPAN_DAYS)
    }
    expect(getMonth('2026-03-31')).toBe('2026-03-01')
  })

  it('cuts a long span into consecutive pieces without gap or overlap', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), (length) => {
        const until = addDays('2024-01-01', length)
        const spans = listSpans('2024-01-01', until)
        expect(spans[0]?.from).toBe('2024-01-01')
        expect(spans.at(-1)?.until).toBe(until)
        for (const span of spans) {
          expect(daysBetween(span.from, span.until)).toBeGreaterThanOrEqual(0)
          expect(daysBetween(span.from, span.until)).toBeLessThan(SPAN_DAYS)
        }
        expect(spans.slice(1).map((span) => span.from)).toEqual(
          spans.slice(0, -1).map((span) => addDays(span.until, 1)),
        )
      }),
    )
    expect(listSpans('2024-01-02', '2024-01-01')).toEqual([])
  })
})

describe('the groups of the due list', () => {
  it('contain each key once', () => {
    const groups = getGroups({ overdue: 4, week: 6, month: 6, dated: 20, all: 23 })
    expect(groups.map(({ id, count }) => [id, count])).toEqual([
      ['overdue', 4],
      ['week', 2],
      ['month', 0],
      ['later', 14],
      ['unknown', 3],
    ])
  })

  it('are never negative when counts were read at different moments', () => {
    const count = fc.nat(50)
    fc.assert(
      fc.property(fc.record({ overdue: count, week: count, month: count, dated: count, all: count }), (counts) => {
        for (const group of getGroups(counts)) expect(group.count).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})
