import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { addDays, daysBetween } from '../../../shared/domain/day.ts'
import { currentStep, nextReminder, reminderAfterSnooze, snoozeStep } from '../../../shared/domain/reminder.ts'
import { someDay, somePolicy } from './draws.ts'

const seed = { leadDays: [30, 14, 7, 1, 0], overdueEveryDays: 7 }

describe('the reminder steps', () => {
  it.each([
    ['2026-05-01', null],
    ['2026-05-02', 'before-30'],
    ['2026-05-17', 'before-30'],
    ['2026-05-18', 'before-14'],
    ['2026-05-25', 'before-7'],
    ['2026-05-31', 'before-1'],
    ['2026-06-01', 'before-0'],
    ['2026-06-07', 'before-0'],
    ['2026-06-08', 'overdue-1'],
    ['2026-06-21', 'overdue-2'],
    ['2027-06-01', 'overdue-52'],
  ])('on %s, for a key due on 2026-06-01, are at %s', (today, rung) => {
    expect(currentStep('2026-06-01', today, seed)?.rung ?? null).toBe(rung)
  })

  it('fire each step once over any sequence of days, whatever was missed in between, and never early', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 45 }), { maxLength: 40 })
    fc.assert(
      fc.property(someDay, somePolicy, fc.integer({ min: -400, max: 60 }), gaps, (dueOn, policy, start, steps) => {
        const fired = new Set<string>()
        let today = addDays(dueOn, start)
        let before = ''
        for (const step of [0, ...steps]) {
          today = addDays(today, step)
          const rung = currentStep(dueOn, today, policy)
          const hasBegun = daysBetween(today, dueOn) <= Math.max(...policy.leadDays)
          expect(rung !== null).toBe(hasBegun)
          if (rung === null) continue
          // A step is current from its day until the next one, so that none is repeated.
          expect(rung.on <= today).toBe(true)
          expect(rung.on >= before).toBe(true)
          expect(fired.has(rung.rung)).toBe(rung.on === before)
          fired.add(rung.rung)
          before = rung.on
        }
      }),
    )
  })

  it('fire on their own day when the days come one by one', () => {
    fc.assert(
      fc.property(someDay, somePolicy, fc.integer({ min: 0, max: 4 }), (dueOn, policy, weeks) => {
        const longest = Math.max(...policy.leadDays)
        const expected = [
          ...[...new Set(policy.leadDays)]
            .sort((a, b) => b - a)
            .map((lead) => [`before-${lead}`, addDays(dueOn, -lead)]),
          ...Array.from({ length: weeks }, (_, n) => [
            `overdue-${n + 1}`,
            addDays(dueOn, (n + 1) * policy.overdueEveryDays),
          ]),
        ]
        const fired = new Map<string, string>()
        for (let n = -longest - 2; n <= weeks * policy.overdueEveryDays; n += 1) {
          const today = addDays(dueOn, n)
          const rung = currentStep(dueOn, today, policy)
          if (rung !== null && !fired.has(rung.rung)) fired.set(rung.rung, today)
        }
        expect([...fired]).toEqual(expected)
      }),
    )
  })

  it('give the next day on which a step is reached', () => {
    fc.assert(
      fc.property(someDay, somePolicy, fc.integer({ min: -300, max: 300 }), (dueOn, policy, offset) => {
        const today = addDays(dueOn, offset)
        const next = nextReminder(dueOn, today, policy)
        expect(next > today).toBe(true)
        const now = currentStep(dueOn, today, policy)?.rung
        expect(currentStep(dueOn, addDays(next, -1), policy)?.rung).toBe(now)
        expect(currentStep(dueOn, next, policy)?.rung).not.toBe(now)
      }),
    )
  })

  it('fire at the end of a snooze, unless none is reached by then', () => {
    expect(snoozeStep('2026-06-03')).toBe('snoozed-2026-06-03')
    expect(reminderAfterSnooze('2026-06-01', '2026-06-03', seed)).toBe('2026-06-03')
    expect(reminderAfterSnooze('2026-06-01', '2026-05-20', seed)).toBe('2026-05-20')
    expect(reminderAfterSnooze('2026-06-01', '2026-04-20', seed)).toBe('2026-05-02')
  })
})
