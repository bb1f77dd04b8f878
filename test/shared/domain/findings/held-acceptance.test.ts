import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { findHeld, type RiskDecision } from '../../../../shared/domain/findings/held-acceptance.ts'
import { addDecision } from '../../../../shared/domain/placed.ts'
import { findDay } from '../../../electron/register/team/risk-acceptances.ts'

const fold = (decisions: readonly RiskDecision[]): RiskDecision | null =>
  findHeld(decisions.reduce<readonly RiskDecision[]>(addDecision, []))

const until = fc.constantFrom('2027-01-01', '2027-02-01', '2027-03-01', null)
const member = fc.constantFrom('anna', 'ben', 'cleo')

/** In order; each author had read to some position before their own. */
const decisions = fc
  .array(fc.record({ member, until, behind: fc.nat(6) }), { minLength: 1, maxLength: 8 })
  .map((all) => all.map(({ behind, ...one }, seq) => ({ ...one, seq, basis: Math.max(-1, seq - 1 - behind) })))

const toDecision = ({
  member: by,
  until: day,
  seq,
  basis,
}: {
  member: string
  until: string | null
  seq: number
  basis: number
}) => ({ author: { member: by, name: '' }, until: day, at: seq, seen: basis }) satisfies RiskDecision

it('the day until which a risk is accepted is that of a reference that compares each two decisions', () => {
  fc.assert(
    fc.property(decisions, (all) => {
      expect(fold(all.map(toDecision))?.until ?? null).toBe(findDay(all))
    }),
    { numRuns: 2000 },
  )
})

it('of decisions by members who had not seen each other the same holds in each order of arrival, and no day later than any of them', () => {
  const unseen = fc.uniqueArray(fc.record({ member, until }), { selector: (one) => one.member, minLength: 1 })
  fc.assert(
    fc.property(unseen, (all) => {
      const days = all.flatMap((one) => one.until ?? [])
      const earliest = days.length < all.length ? null : days.toSorted()[0]
      for (const order of permute(all)) {
        const placed = order.map((one, seq) => toDecision({ ...one, seq, basis: -1 }))
        expect(fold(placed)?.until).toBe(earliest)
      }
    }),
    { numRuns: 200 },
  )
})

it('where one machine decides, the last decision holds, whatever its day', () => {
  const author = { member: null, name: 'Mara' }
  const decide = (day: string | null, at: number): RiskDecision => ({ author, until: day, at, seen: null })
  fc.assert(
    fc.property(fc.array(until, { minLength: 1, maxLength: 6 }), (days) => {
      expect(fold(days.map(decide))?.until).toBe(days.at(-1))
    }),
  )
})

function permute<T>(all: readonly T[]): readonly (readonly T[])[] {
  if (all.length < 2) return [all]
  return all.flatMap((one, at) => permute(all.toSpliced(at, 1)).map((others) => [one, ...others]))
}
