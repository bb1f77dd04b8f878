import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { getMonth, makeSheets, toSheet } from '../../../../renderer/features/rotation/days.ts'
import type { CalendarDay } from '../../../../shared/contract/rotation.ts'
import { daysBetween } from '../../../../shared/domain/day.ts'
import { ROTATION_STATES } from '../../../../shared/domain/rotation.ts'

const client = (slug: string): CalendarDay['client'] => ({ slug, name: slug, colour: '#336699' })
const names = (...all: readonly string[]): CalendarDay['keys'] => all.map((name, at) => ({ keyId: at + 1, name }))

describe('the calendar of due dates', () => {
  it('requests every day that a month’s sheet can show, six weeks from any weekday', () => {
    for (const month of ['2026-02-01', '2026-03-01', '2027-08-01']) {
      const { from, until } = toSheet(month)
      expect(daysBetween(from, month)).toBe(6)
      expect(daysBetween(month, until)).toBeGreaterThanOrEqual(41)
    }
    expect(getMonth('2026-03-31')).toBe('2026-03-01')
  })

  it('names keys of each client before a second one of any, the worst state first, and counts the others', () => {
    const sheet = makeSheets(
      [
        { on: '2026-03-02', client: client('acme'), state: 'ok', count: 5, keys: names('a1', 'a2', 'a3') },
        { on: '2026-03-02', client: client('zeta'), state: 'overdue', count: 1, keys: names('z1') },
        { on: '2026-03-03', client: client('acme'), state: 'due', count: 1, keys: names('a9') },
      ],
      3,
    ).get('2026-03-02')
    expect(sheet).toEqual({
      counts: [
        { state: 'overdue', count: 1 },
        { state: 'ok', count: 5 },
      ],
      named: [
        { client: client('zeta'), names: ['z1'] },
        { client: client('acme'), names: ['a1', 'a2'] },
      ],
      more: 3,
    })
  })

  it('accounts for every key of a day: named, or one of the others', () => {
    const day = fc
      .record({ state: fc.constantFrom(...ROTATION_STATES), count: fc.integer({ min: 1, max: 9 }), slug: fc.string() })
      .map(({ state, count, slug }): CalendarDay => ({
        on: '2026-03-02',
        client: client(slug),
        state,
        count,
        keys: names(...Array.from({ length: Math.min(count, 3) }, (_, at) => `${slug}${at}`)),
      }))
    fc.assert(
      fc.property(
        fc.uniqueArray(day, { selector: (each) => each.client.slug, minLength: 1 }),
        fc.nat(6),
        (days, most) => {
          const sheet = makeSheets(days, most).get('2026-03-02')
          const shown = sheet?.named.flatMap((each) => each.names).length ?? 0
          const total = days.reduce((sum, { count }) => sum + count, 0)
          expect(shown).toBeLessThanOrEqual(most)
          expect(shown + (sheet?.more ?? 0)).toBe(total)
          expect(sheet?.counts.reduce((sum, { count }) => sum + count, 0)).toBe(total)
          // With room for more than one key of a client, every client is named.
          const isRoomy = sheet?.named.some((each) => each.names.length > 1) ?? false
          expect(isRoomy && sheet?.named.length !== days.length).toBe(false)
        },
      ),
    )
  })
})
