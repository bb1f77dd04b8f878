import { describe, expect, it } from 'vitest'

import { decisionsByJournal } from '../../../../electron/service/evidence/decisions-by-journal.ts'
import type { Json } from '../../../../shared/domain/canonical-json.ts'

const AT = Date.UTC(2026, 0, 2, 3, 4, 5)
const ZEROS = '0'.repeat(64)

/** A line of `journal.jsonl`; its hashes are checked elsewhere. */
function toLine(action: string, body: { readonly [key: string]: Json }): Uint8Array {
  const row = { action, at: AT, body: JSON.stringify({ review: 7, ...body }), client: 'acme', operator: 'mara', seq: 5, subject: 'x' }
  return Buffer.from(`{"hash":"${ZEROS}","previous":"${ZEROS}","row":${JSON.stringify(row)}}\n`)
} // prettier-ignore

/** A record of `decisions.jsonl`. */
const toRecord = (item: number, batch: number, over: object = {}) => ({
  item,
  decision: 'keep',
  to: null,
  why: 'Fine.',
  until: null,
  reviewer: 'mara',
  selfReview: false,
  decidedAt: '2026-01-02T03:04:05Z',
  batch,
  ...over,
})

const BATCH = { v: 1, batch: 1, positions: [[1, 3], 5], decision: 'keep', why: 'Fine.', self: [2] } as const
const ONE = { v: 1, batch: 2, positions: [4], decision: 'keep', why: 'Fine.', self: [] } as const

function compare(rows: readonly Uint8Array[], records: readonly ReturnType<typeof toRecord>[]): readonly string[] {
  const by = decisionsByJournal(7)
  for (const row of rows) by.visit(row)
  for (const [index, record] of records.entries()) by.decision(record, index + 2)
  return by.problems().map(({ says }) => says)
}

describe('the decisions of a pack', () => {
  it('agree with rows of batches of several items and of one, by position', () => {
    const rows = [toLine('review.decided', BATCH), toLine('review.decided', ONE)]
    const records = [
      toRecord(1, 1),
      toRecord(2, 1, { selfReview: true }),
      toRecord(3, 1),
      toRecord(4, 2),
      toRecord(5, 1),
    ]
    expect(compare(rows, records)).toEqual([])
    expect(compare(rows, [toRecord(6, 1), toRecord(2, 1), toRecord(4, 1), toRecord(4, 2, { why: 'x' })])).toEqual([
      'Row 2, item 6, has a decision that the audit log does not show.',
      'Row 3, item 2, is not as the audit log shows it: selfReview.',
      'Row 4, item 4, has a decision that the audit log does not show.',
      'Row 5, item 4, is not as the audit log shows it: why.',
    ])
  })

  it('are those of the last batch that was not reverted', () => {
    const later = toLine('review.decided', { ...BATCH, batch: 3, positions: [2], decision: 'remove', self: [] })
    const undone = toLine('review.undone', { batch: 3, items: 1 })
    const rows = [toLine('review.decided', BATCH), later]
    expect(compare(rows, [toRecord(2, 3, { decision: 'remove' })])).toEqual([])
    expect(compare([...rows, undone], [toRecord(2, 1, { selfReview: true })])).toEqual([])
    expect(compare([...rows, undone], [toRecord(2, 3, { decision: 'remove' })])).toHaveLength(1)
  })

  it('are compared in the time of the items, whatever a hostile audit log names', () => {
    const wide = toLine('review.decided', { ...BATCH, positions: [[1, 2_000_000]], self: [[1, 2_000_000]] })
    const broken = [[3, 1], [[1]], 'all', [1e9], [0], [-1]].map((positions) =>
      toLine('review.decided', { ...BATCH, positions }),
    )
    const rows = [...Array.from({ length: 500 }, () => wide), ...broken]
    expect(compare(rows, [toRecord(2_000_000, 1, { selfReview: true })])).toEqual([])
  })
})
