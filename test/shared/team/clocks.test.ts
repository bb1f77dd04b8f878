import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { describeClockError, findClockError, LARGEST_CLOCK_MS, nameDevice } from '../../../shared/team/clocks.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

interface Decided {
  readonly device: number
  readonly trueAt: number
  readonly basis: number
}

interface Step {
  readonly device: number
  readonly does: string
  readonly later: number
}

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({
    device: fc.nat({ max: 2 }),
    does: fc.constantFrom('decide', 'decide', 'exchange'),
    later: fc.oneof(fc.integer({ min: 1, max: 20 * MINUTE }), fc.integer({ min: 1, max: 3 * DAY })),
  }),
  { minLength: 2, maxLength: 30 },
)
const offset = fc.oneof(
  fc.integer({ min: -2 * MINUTE, max: 2 * MINUTE }),
  fc.constantFrom(-DAY, 365 * DAY, LARGEST_CLOCK_MS, -LARGEST_CLOCK_MS, 2 * LARGEST_CLOCK_MS, -2 * LARGEST_CLOCK_MS),
  fc.integer({ min: -400 * DAY, max: 400 * DAY }),
)

/** What three devices decide and place, in the order in which the server places it. */
function place(list: readonly Step[]) {
  const log: (Decided & { readonly placedAt: number })[] = []
  const devices = [0, 1, 2].map(() => ({ read: -1, waiting: [] as Decided[] }))
  let now = 1000 * DAY
  for (const { device, does, later } of list) {
    now += later
    const own = devices[device]!
    if (does === 'decide') own.waiting.push({ device, trueAt: now, basis: own.read })
    else {
      log.push(...own.waiting.splice(0).map((decided) => ({ ...decided, placedAt: now })))
      own.read = log.length - 1
    }
  }
  return log
}

it('exactly those decisions are marked whose times cannot be those of a clock that was right', () => {
  fc.assert(
    fc.property(steps, fc.tuple(offset, offset, offset), (list, offsets) => {
      const log = place(list)
      for (const { device, trueAt, basis, placedAt } of log) {
        const wrong = offsets[device]!
        const seenAt = log[basis]?.placedAt ?? null
        const found = findClockError({ at: trueAt + wrong, placedAt, seenAt })
        const [delay, since] = [placedAt - trueAt, seenAt === null ? null : trueAt - seenAt]
        const isAhead = wrong - delay > LARGEST_CLOCK_MS
        const isBehind = since !== null && -wrong - since > LARGEST_CLOCK_MS
        expect(found).toBe(isAhead ? wrong - delay : isBehind ? wrong + since : null)
        // What is shown is never more than the clock was wrong, so one that is right to five minutes is never marked.
        const shown = found ?? 0
        expect(shown * wrong >= 0 && Math.abs(shown) <= Math.abs(wrong)).toBe(true)
      }
    }),
  )
})

it.each([
  ['placed a year after it was decided, as offline', { at: 0, placedAt: 365 * DAY, seenAt: -DAY }, null],
  ['decided five minutes after it was placed', { at: 5 * MINUTE, placedAt: 0, seenAt: null }, null],
  ['decided later than that', { at: 5 * MINUTE + 1, placedAt: 0, seenAt: null }, 5 * MINUTE + 1],
  ['decided five minutes before what it rests on was placed', { at: 0, placedAt: DAY, seenAt: 5 * MINUTE }, null],
  ['decided earlier than that', { at: 0, placedAt: DAY, seenAt: 5 * MINUTE + 1 }, -5 * MINUTE - 1],
  ['placed again with what it rests on, by a device that held both', { at: 0, placedAt: DAY, seenAt: DAY }, null],
  ['placed at an unknown time', { at: 9 * DAY, placedAt: null, seenAt: 20 * DAY }, null],
])('what was %s shows of its author’s clock what is sure', (_, times, shown) => {
  expect(findClockError(times)).toBe(shown)
})

it('a wrong clock is described by its device, both times and about how wrong it was', () => {
  const times = { at: '12:00', placedAt: '12:00 the day after' }
  expect(describeClockError({ whose: nameDevice('Anna', false), ...times, ms: -2 * DAY })).toBe(
    'Decided at 12:00 by the clock of Anna’s device; the server placed it at 12:00 the day after. That clock was about 2 days behind.',
  )
  expect(describeClockError({ whose: nameDevice(null, false), ...times, ms: 90 * MINUTE })).toContain(
    'the clock of an unknown device',
  )
  expect(nameDevice('Anna', true)).toBe('this device')
})
