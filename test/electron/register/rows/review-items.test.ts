import { expect, it } from 'vitest'

import { listItemRuns } from '../../../../electron/register/rows/review-items.ts'
import { foldDecision } from '../../../../shared/decisions/fold.ts'
import { BATCHES, type StoredBatch } from '../../../../shared/decisions/reviews.ts'
import { growth, LINEAR } from '../../../growth.ts'

/** The batches of a review whose items are decided one by one. */
function foldBatches(count: number): readonly StoredBatch[] {
  const rows = new Map<string, StoredBatch>()
  const placed = { author: { member: null, name: 'Mara' }, at: -1, seen: null }
  for (let batch = 1; batch <= count; batch += 1) {
    const batchUid = `batch ${batch}`
    const body = { v: 1, reviewUid: 'r', batch, batchUid, positions: [batch], decision: 'keep', self: [] } as const
    const decided = { at: batch, operator: 'Mara', client: 'acme', subject: 'items', placed }
    foldDecision(BATCHES, rows, { ...decided, kind: 'review.decided', body: { ...body, positions: [batch], self: [] } })
    if (batch % 1000 !== 0) continue
    const undone = { v: 1, reviewUid: 'r', batchUid, items: 1 } as const
    foldDecision(BATCHES, rows, { ...decided, at: batch + 1, kind: 'review.undone', body: undone })
  }
  return [...rows.values()]
}

it('batches of one item each take time by their number, and not by its square', async () => {
  expect(await growth(foldBatches, 1500)).toBeLessThan(LINEAR)
  const lists = new Map([1500, 12_000].map((count) => [count, foldBatches(count)]))
  expect(await growth((count) => listItemRuns(lists.get(count) ?? [], [[1, count]]), 1500)).toBeLessThan(LINEAR)
})

it('a batch begins when the last batch before it was decided that was not reverted', () => {
  const batches = foldBatches(2003)
  const begun = [1, 2, 1000, 1001, 1002, 2001, 2002].map((id) => batches[id - 1]?.begun_at)
  expect(begun).toEqual([null, 1, 999, 999, 1001, 1999, 2001])
})
