import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { ITEM_DECISIONS } from '../../../shared/domain/reviews/review.ts'
import { toRuns } from '../../../shared/domain/reviews/positions.ts'
import { createPreconditions, hasPrecondition, type PlacedOperation } from '../../../shared/team/preconditions.ts'
import { namesOperation } from '../../../shared/decisions/topics.ts'
import { EXCHANGED_KINDS, type ExchangedKind, makeBody } from './bodies.ts'

const toUid = (n: number): string => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`

interface Step {
  readonly by: string
  readonly kind: ExchangedKind
  readonly body?: Readonly<Record<string, unknown>>
  /** The number of the operation that `on` names. */
  readonly on?: number
  readonly device?: string
  readonly approvals?: boolean
}

const toPlaced = ({ by, kind, body = {}, on, device, approvals = true }: Step, order: number): PlacedOperation => ({
  kind,
  body: makeBody(kind, body),
  hash: String(order),
  on: on === undefined ? null : String(on),
  member: by,
  device: device ?? `${by}'s laptop`,
  order,
  needsApproval: approvals,
})

/** What became of each operation: null where it counts, otherwise the reason, with the rule of its subject where there is one. */
function place(...steps: readonly Step[]): readonly (string | null)[] {
  const preconditions = createPreconditions('log')
  return steps.map((step, order) => {
    const failed = preconditions.take(toPlaced(step, order))
    return failed === null ? null : failed.why === null ? failed.reason : `${failed.reason}: ${failed.why}`
  })
}
const placeLast = (...steps: readonly Step[]) => place(...steps).at(-1)

const opened: Step = { by: 'anna', kind: 'review.opened' }
let batches = 100
const decided = (by: string, positions: readonly number[], decision: string, on?: number): Step => ({
  by,
  kind: 'review.decided',
  body: { batchUid: toUid((batches += 1)), positions: toRuns(positions), decision },
  ...(on === undefined ? {} : { on }),
})
const signed = (by: string, on: number, beside: Partial<Step> = {}): Step => ({
  by,
  kind: 'review.signed',
  on,
  ...beside,
})
const ALL = [1, 2, 3, 4]

it('asks about each kind of reviews and changes, and about no other', () => {
  expect(EXCHANGED_KINDS.filter(hasPrecondition)).toEqual(
    EXCHANGED_KINDS.filter((kind) => /^(?:review|remediation)\./u.test(kind)),
  )
  for (const kind of EXCHANGED_KINDS) {
    const isAsked = hasPrecondition(kind) && kind !== 'review.opened' && kind !== 'remediation.added'
    expect([kind, placeLast({ by: 'anna', kind }) !== null]).toEqual([kind, isAsked])
  }
})

describe('an item of a review', () => {
  it('that another member decided meanwhile otherwise sends the batch back to its author', () => {
    expect(placeLast(opened, decided('anna', [2], 'keep', 0), decided('ben', [1, 2, 3], 'remove', 0))).toBe(
      'decided-meanwhile',
    )
  })

  it('counts where its author had the other decision in sight, decides the same, or decides other items', () => {
    const anna = decided('anna', [2], 'keep', 0)
    expect(placeLast(opened, anna, decided('ben', [1, 2, 3], 'remove', 1))).toBe(null)
    expect(placeLast(opened, anna, decided('ben', [1, 2, 3], 'keep', 0))).toBe(null)
    expect(placeLast(opened, anna, decided('ben', [1, 3], 'remove', 0))).toBe(null)
  })

  it('whose last decision is the same member’s asks nothing, from any device', () => {
    const again: Step = { ...decided('anna', [2], 'remove'), device: "anna's phone" }
    expect(placeLast(opened, decided('anna', [2], 'keep', 0), again)).toBe(null)
    expect(
      placeLast(
        opened,
        decided('ben', [2], 'keep', 0),
        decided('anna', [2], 'remove', 1),
        decided('anna', [2], 'change', 0),
      ),
    ).toBe(null)
  })

  it('whose other decision was reverted asks nothing', () => {
    const anna = decided('anna', [2], 'keep', 0)
    const undone: Step = { by: 'anna', kind: 'review.undone', body: { batchUid: anna.body?.['batchUid'] } }
    expect(placeLast(opened, anna, undone, decided('ben', [2], 'remove', 0))).toBe(null)
  })

  const batch = fc.record({
    by: fc.constantFrom('anna', 'ben', 'cy'),
    positions: fc.uniqueArray(fc.integer({ min: 1, max: 4 }), { minLength: 1 }),
    decision: fc.constantFrom(...ITEM_DECISIONS),
    behind: fc.nat({ max: 5 }),
  })

  it('never changes from the decision of one member to that of another who had not seen it', () => {
    fc.assert(
      fc.property(fc.array(batch, { maxLength: 25 }), (list) => {
        const held = new Map<number, { readonly by: string; readonly decision: string; readonly order: number }>()
        const counting = [0]
        const steps: Step[] = [opened]
        for (const { by, positions, decision, behind } of list) {
          // An author has seen operations that count, up to some place.
          const seen = counting.at(-1 - behind) ?? 0
          const flips = positions.some((position) => {
            const last = held.get(position)
            return last !== undefined && last.order > seen && last.by !== by && last.decision !== decision
          })
          const order = steps.push(decided(by, positions, decision, seen)) - 1
          expect(placeLast(...steps)).toBe(flips ? 'decided-meanwhile' : null)
          if (flips) continue
          counting.push(order)
          for (const position of positions) held.set(position, { by, decision, order })
        }
      }),
    )
  })

  it('has the same decisions whether they are taken together or each in a batch of its own', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            positions: batch.map(({ positions }) => positions),
            decision: fc.constantFrom(...ITEM_DECISIONS),
          }),
          {
            maxLength: 10,
          },
        ),
        (list) => {
          const together = list.map(({ positions, decision }) => decided('ben', positions, decision, 0))
          const alone = list.flatMap(({ positions, decision }) =>
            positions.map((position) => decided('ben', [position], decision, 0)),
          )
          const final = new Map(list.flatMap(({ positions, decision }) => positions.map((one) => [one, decision])))
          const counted = (decision: string) => [...final.values()].filter((one) => one === decision).length
          const counts = {
            kept: counted('keep'),
            changed: counted('change'),
            removed: counted('remove'),
            unknown: counted('unknown'),
          }
          const sign = signed('ben', 0, { body: { ...counts, carried: 'Asked' } })
          const expected = final.size === 4 ? null : 'precondition: undecided-items'
          expect(placeLast(opened, ...together, sign)).toBe(expected)
          expect(placeLast(opened, ...alone, sign)).toBe(expected)
        },
      ),
    )
  })
})

describe('a signature under a review', () => {
  const all = decided('anna', ALL, 'keep', 0)

  it('counts with the decisions that its device had, and only once', () => {
    expect(place(opened, all, signed('anna', 0), signed('anna', 2))).toEqual([
      null,
      null,
      null,
      'precondition: not-open',
    ])
  })

  it('goes back where another member or another device decided since, also the same', () => {
    expect(placeLast(opened, all, decided('ben', [1], 'keep', 1), signed('anna', 1))).toBe(
      'decided-meanwhile: decided-after-view',
    )
    const phone: Step = { ...decided('anna', [1], 'keep', 1), device: "anna's phone" }
    expect(placeLast(opened, all, phone, signed('anna', 1))).toBe('decided-meanwhile: decided-after-view')
    expect(placeLast(opened, all, phone, signed('anna', 2))).toBe(null)
  })

  it('has no effect with other counts than those of the decisions', () => {
    expect(placeLast(opened, all, signed('anna', 1, { body: { kept: 3, removed: 1 } }))).toBe(
      'precondition: other-counts',
    )
  })

  it('is acknowledged by another member who names its hash, once, and nothing counts after it', () => {
    const acknowledged = (by: string, on: number): Step => ({ by, kind: 'review.acknowledged', on })
    const before = [opened, all, signed('anna', 1)]
    expect(placeLast(...before, acknowledged('anna', 2))).toBe('precondition: acknowledged-by-signer')
    expect(placeLast(...before, acknowledged('ben', 1))).toBe('precondition: other-signature')
    expect(placeLast(...before, { by: 'ben', kind: 'review.acknowledged' })).toBe('precondition: other-signature')
    const after: readonly Step[] = [
      ...before,
      acknowledged('ben', 2),
      decided('cy', [1], 'remove', 3),
      { by: 'cy', kind: 'review.withdrawn', on: 3 },
      acknowledged('cy', 2),
    ]
    expect(place(...after).slice(3)).toEqual([
      null,
      'precondition: not-open',
      'precondition: not-open',
      'precondition: not-signed',
    ])
  })

  it('is not acknowledged before it is placed', () => {
    expect(placeLast(opened, all, { by: 'ben', kind: 'review.acknowledged', on: 1 })).toBe('precondition: not-signed')
  })
})

it('a cancellation of a review goes back where another member decided since', () => {
  const withdrawn = (on: number): Step => ({ by: 'anna', kind: 'review.withdrawn', on })
  expect(placeLast(opened, decided('ben', [1], 'keep', 0), withdrawn(0))).toBe('decided-meanwhile: decided-after-view')
  expect(placeLast(opened, decided('ben', [1], 'keep', 0), withdrawn(1))).toBe(null)
})

it('a second review of a kind is not opened while one is open', () => {
  const second: Step = { by: 'ben', kind: 'review.opened', body: { reviewUid: toUid(2) } }
  expect(placeLast(opened, second)).toBe('precondition: open-already')
})

const added: Step = { by: 'bob', kind: 'remediation.added' }
const approved = (by: string, on: number, beside: Partial<Step> = {}): Step => ({
  by,
  kind: 'remediation.approved',
  on,
  ...beside,
})
const sending = (on: number | undefined, beside: Partial<Step> = {}): Step => ({
  by: 'bob',
  kind: 'remediation.sending',
  ...(on === undefined ? {} : { on }),
  ...beside,
})
const answer = (kind: ExchangedKind, on: number, by = 'bob'): Step => ({ by, kind, on })
const alias = { body: { remediationUid: toUid(9) } }

describe('a change at a provider', () => {
  it('is sent with the approval of another member, and without one only where the card asks for none', () => {
    expect(place(added, approved('anna', 0), sending(1))).toEqual([null, null, null])
    expect(placeLast(added, sending(undefined))).toBe('not-approved')
    expect(placeLast(added, sending(undefined, { approvals: false }))).toBe(null)
  })

  it('is not approved by who added it under any of its names, from any device', () => {
    expect(placeLast(added, approved('bob', 0, { device: "bob's phone" }))).toBe('approved-by-adder')
    const second: Step = { ...added, ...alias, by: 'anna' }
    expect(placeLast(added, second, approved('anna', 0))).toBe('approved-by-adder')
    expect(placeLast(added, second, approved('anna', 1, alias))).toBe('approved-by-adder')
    expect(placeLast(added, second, approved('bob', 1, alias))).toBe('approved-by-adder')
    expect(place(added, second, approved('cy', 1, alias), sending(2)).slice(2)).toEqual([null, null])
  })

  it('is approved with the requests that were added, and sent with those that were approved', () => {
    const calls = { calls: 'cd'.repeat(32) }
    expect(placeLast(added, approved('anna', 0, { body: calls }))).toBe('other-calls')
    expect(placeLast(added, approved('anna', 0), sending(1, { body: calls }))).toBe('other-calls')
  })

  it('is approved by its addition, and not by that of another change', () => {
    const other: Step = { ...added, body: { remediationUid: toUid(8), action: 'key-delete' } }
    expect(placeLast(added, other, approved('anna', 1))).toBe('precondition: other-item')
    expect(placeLast({ ...approved('anna', 0) })).toBe('precondition: unknown-item')
  })

  it('uses an approval up by its sending for ever, whatever its state becomes after', () => {
    const first = [added, approved('anna', 0), sending(1)]
    const unsent = answer('remediation.unsent', 2)
    expect(placeLast(...first, unsent, sending(1))).toBe('not-approved')
    expect(placeLast(...first, unsent, approved('anna', 0), sending(4))).toBe(null)
    const marked: Step = { by: 'bob', kind: 'remediation.done-by-hand', on: 4 }
    const undone: Step = { by: 'bob', kind: 'remediation.done-by-hand-undone', on: 5 }
    expect(placeLast(...first, unsent, approved('anna', 0), marked, undone, sending(1))).toBe('not-approved')
  })

  it('that was sent and done is not set back as one that a person marked (three sendings with one approval)', () => {
    const undone: Step = { by: 'bob', kind: 'remediation.done-by-hand-undone', on: 3 }
    const steps = [added, approved('anna', 0), sending(1), answer('remediation.done', 2), undone, sending(1)]
    expect(place(...steps).slice(4)).toEqual(['precondition: other-state', 'precondition: not-waiting'])
  })

  it('lets any one sending use an approval, whatever else happens in any order', () => {
    const kinds = [
      'remediation.added',
      'remediation.approved',
      'remediation.sending',
      'remediation.sending',
      'remediation.unsent',
      'remediation.done',
      'remediation.unsure',
      'remediation.failed',
      'remediation.done-by-hand',
      'remediation.done-by-hand-undone',
      'remediation.withdrawn',
    ] as const
    const step = fc.record({
      by: fc.constantFrom('bob', 'anna', 'cy'),
      kind: fc.constantFrom(...kinds),
      on: fc.nat({ max: 40 }),
      body: fc.constantFrom({}, alias.body),
    })
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (list) => {
        const all: readonly Step[] = [added, approved('anna', 0), ...list]
        const reasons = place(...all)
        const counting = [...all.entries()].filter(([at]) => reasons[at] === null)
        const sent = counting.filter(([, { kind }]) => kind === 'remediation.sending')
        const used = sent.map(([, { on }]) => on)
        expect(new Set(used).size).toBe(used.length)
        for (const [at, { on = -1 }] of sent) {
          const approval = all[on]
          expect([approval?.kind, reasons[on], on < at]).toEqual(['remediation.approved', null, true])
        }
      }),
      { numRuns: 300 },
    )
  })

  it('takes the answer to the sending that it names, by any member and after any decision, and no other answer', () => {
    const sent = [added, approved('anna', 0), sending(1)]
    for (const kind of [
      'remediation.done',
      'remediation.failed',
      'remediation.unsure',
      'remediation.deploying',
    ] as const) {
      expect(placeLast(...sent, answer(kind, 2, 'dora'))).toBe(null)
      expect(placeLast(...sent, answer(kind, 1))).toBe('precondition: not-sent')
      expect(placeLast(added, answer(kind, 0))).toBe('precondition: not-sent')
    }
    const late = [
      ...sent,
      answer('remediation.unsure', 2),
      { by: 'anna', kind: 'remediation.withdrawn', on: 3 } as const,
    ]
    expect(placeLast(...late, answer('remediation.done', 2))).toBe(null)
  })

  it('that another member cancelled or marked meanwhile goes back, and follows the table of states', () => {
    const withdrawn = (by: string, on: number): Step => ({ by, kind: 'remediation.withdrawn', on })
    const marked: Step = { by: 'bob', kind: 'remediation.done-by-hand', on: 0 }
    expect(placeLast(added, withdrawn('anna', 0), marked)).toBe('decided-meanwhile')
    expect(placeLast(added, withdrawn('anna', 0), { ...marked, on: 1 })).toBe('precondition: other-state')
    expect(placeLast(added, approved('anna', 0), withdrawn('anna', 1), sending(1))).toBe('precondition: not-waiting')
  })

  it('that is added again after it ended is a new one', () => {
    const steps: readonly Step[] = [
      added,
      { by: 'bob', kind: 'remediation.withdrawn', on: 0 },
      { ...added, ...alias },
      approved('anna', 0, alias),
      approved('anna', 2, alias),
      added,
    ]
    expect(place(...steps).slice(2)).toEqual([null, 'precondition: other-item', null, 'precondition: known-item'])
  })
})

it('an own batch that was placed after another member’s hides it, so `on` is the last operation that was placed when it was decided', () => {
  const [anna, first] = [decided('anna', [1, 2], 'keep', 0), decided('ben', [3], 'remove', 0)]
  expect(placeLast(opened, anna, first, decided('ben', [2], 'remove', 0))).toBe('decided-meanwhile')
  expect(namesOperation('review.decided')).toBe(false)
  for (const kind of EXCHANGED_KINDS.filter(namesOperation)) expect(hasPrecondition(kind)).toBe(true)
})
