import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { applyReading } from '../../../../electron/register/apply/apply.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { ITEM_DECISIONS, type ItemDecision } from '../../../../shared/domain/reviews/review.ts'
import { newConnection, newRegister, getReading, user } from '../registers.ts'
import { toRuns } from '../../../../shared/domain/reviews/positions.ts'
import { decide, openReview, undo } from './open-review.ts'

const ITEMS = 5

/** A review of five users; its items are numbered from 1. */
function reviewOfFive(): { readonly register: Register; readonly reviewId: number } {
  const register = newRegister()
  const connectionId = newConnection(register)
  const reviewId = register.transact((writer) => {
    const users = Array.from({ length: ITEMS }, (_, n) => user(`u${n}`))
    applyReading(writer, getReading(connectionId, [{ source: 'users', facts: users }]))
    return openReview(writer, { clientId: 1, kind: 'roles', at: 0, today: '2026-11-01' })
  })
  return { register, reviewId }
}

type Step =
  | { readonly do: 'decide'; readonly items: readonly number[]; readonly decision: ItemDecision; readonly why: string }
  /** Index among the batches that were not reverted, from the oldest. */
  | { readonly do: 'undo'; readonly which: number }

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('decide' as const),
      items: fc.uniqueArray(fc.integer({ min: 1, max: ITEMS }), { minLength: 1, maxLength: ITEMS }),
      decision: fc.constantFrom(...ITEM_DECISIONS),
      why: fc.string({ maxLength: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('undo' as const), which: fc.nat(20) }) },
)

interface Replayed {
  readonly id: number
  readonly items: readonly number[]
  readonly decision: ItemDecision
  readonly why: string
}

it('results in the remaining batches’ decisions, after any batches and any reverts in any order', () => {
  const { register, reviewId } = reviewOfFive()
  fc.assert(
    fc.property(fc.array(step, { maxLength: 14 }), (steps) => {
      register.transact((writer) => {
        writer.run(`UPDATE review_item SET decision = NULL, change_to = NULL, why = NULL, until = NULL, decided_by = NULL,
          decided_at = NULL, batch = NULL, self_review = NULL`)
        writer.run('DELETE FROM review_batch')
      })
      let standing: Replayed[] = []
      let at = 0
      for (const each of steps) {
        at += 1
        if (each.do === 'decide') {
          const { items, decision, why } = each
          const id = register.transact((writer) =>
            decide(writer, reviewId, at, {
              positions: toRuns(items),
              self: toRuns(items.filter((id) => id % 2 === 0)),
              decision,
              ...(decision === 'change' ? { to: 'owner' } : {}),
              why,
            }),
          )
          standing = [...standing, { id, items, decision, why }]
        } else if (standing.length > 0) {
          const taken = standing[each.which % standing.length]
          register.transact((writer) => undo(writer, taken?.id ?? 0, at))
          standing = standing.filter((go) => go !== taken)
        }
      }
      expect(listItems(register)).toEqual(replayed(standing))
    }),
    { numRuns: 150 },
  )
})

function listItems(register: Register): readonly unknown[] {
  return register.reader.all(
    'SELECT id, decision, change_to AS "to", why, batch, self_review AS self FROM review_item ORDER BY id',
  )
}

/** The decision of each item when only these batches are made, one after the other. */
function replayed(goes: readonly Replayed[]): readonly unknown[] {
  return Array.from({ length: ITEMS }, (_, n) => n + 1).map((id) => {
    const last = goes.findLast((go) => go.items.includes(id))
    if (last === undefined) return { id, decision: null, to: null, why: null, batch: null, self: null }
    const { decision, why } = last
    return { id, decision, to: decision === 'change' ? 'owner' : null, why, batch: last.id, self: id % 2 === 0 ? 1 : 0 }
  })
}
