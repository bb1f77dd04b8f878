import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { formatWeek, listSpans, makeGroups } from '../../../../renderer/features/rotation/due.ts'
import { searchSchema } from '../../../../renderer/features/rotation/search.ts'
import { addDays, daysBetween } from '../../../../shared/domain/day.ts'
import { findOverdue, findWeek } from '../../../../shared/domain/due-span.ts'
import { someDay } from '../../../shared/domain/draws.ts'

describe('the views of rotation', () => {
  it('have each key with a due day once: overdue until yesterday, this week from today', () => {
    fc.assert(
      fc.property(someDay, fc.integer({ min: -40, max: 40 }), (today, distance) => {
        const due = addDays(today, distance)
        const isIn = ({ dueFrom, dueUntil }: { dueFrom?: string | undefined; dueUntil?: string | undefined }) =>
          (dueFrom === undefined || due >= dueFrom) && (dueUntil === undefined || due <= dueUntil)
        expect([isIn(findOverdue(today)), isIn(findWeek(today)), isIn(listSpans(today).month)]).toEqual([
          distance < 0,
          distance >= 0 && distance <= 7,
          distance <= 30,
        ])
        expect(isIn(listSpans(today).dated)).toBe(true)
      }),
    )
    const { dueFrom, dueUntil } = findWeek('2026-11-26')
    expect(daysBetween(dueFrom, dueUntil)).toBe(7)
  })

  it('name the days of the week in words, with two years where it ends in another', () => {
    expect(formatWeek('2026-11-26')).toBe('26 Nov to 3 Dec 2026')
    expect(formatWeek('2026-12-28')).toBe('28 Dec 2026 to 4 Jan 2027')
  })

  it('have addresses; that of the earlier list leads to all keys', () => {
    expect(searchSchema.parse({ view: 'list', key: 7 })).toMatchObject({ view: 'all', key: 7 })
    expect(searchSchema.parse({ view: 'overdue', environment: 'production' })).toMatchObject({
      view: 'overdue',
      environment: ['production'],
    })
    expect(searchSchema.parse({ view: 'calendar', on: '2026-12-02' })).toMatchObject({
      view: 'calendar',
      on: '2026-12-02',
    })
    expect(searchSchema.parse({ view: 'wall' }).view).toBeUndefined()
  })
})

describe('the groups of all keys', () => {
  it('contain each key once', () => {
    const groups = makeGroups({ overdue: 4, week: 2, month: 6, dated: 20, all: 23 })
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
        for (const group of makeGroups(counts)) expect(group.count).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})
