import type { JournalRow } from '../../../../electron/register/db/journal.ts'

type Row = Record<string, unknown>
type Rows = Map<string, Row>

/** A batch as a person reads it in the audit log. */
interface Batch {
  readonly id: unknown
  readonly review: string
  readonly positions: ReadonlySet<number>
  readonly self: ReadonlySet<number>
  readonly decidedAt: number
  readonly row: Row
}

/**
 * A second computation of access reviews, their batches and items, from the text of the audit log alone: it uses no schema, fold or run of
 * positions of the product, and looks at each item by itself.
 */
export function computeReviews(journal: readonly JournalRow[]): ReadonlyMap<string, Rows> {
  const reviews: Rows = new Map()
  const counts = new Map<string, number>()
  const batches = new Map<string, Batch>()
  for (const { action, at, operator, client, subject, body: text } of journal) {
    if (!action.startsWith('review.')) continue
    const body = JSON.parse(text) as Row
    const uid = String(body['reviewUid'])
    const review = reviews.get(uid) ?? {}
    const told = (field: string): unknown => body[field] ?? null
    if (action === 'review.opened') {
      reviews.set(uid, {
        uid,
        client,
        kind: body['kind'],
        name: subject,
        state: 'open',
        opened_at: at,
        opened_by: operator,
        due_on: body['dueOn'],
        previous: body['previousUid'],
        override: told('override'),
        carried: null,
        signed_at: null,
        signed_by: null,
        signed_operator: null,
        ended_at: null,
        acknowledged_at: null,
        acknowledged_by: null,
        acknowledged_operator: null,
      })
      counts.set(uid, Number(body['items']))
    }
    if (action === 'review.empty') Object.assign(review, { state: 'empty', ended_at: at })
    if (action === 'review.signed') {
      Object.assign(review, { state: 'signed', ended_at: at, carried: told('carried') })
      Object.assign(review, { signed_at: at, signed_by: body['as'], signed_operator: operator })
    }
    if (action === 'review.acknowledged') {
      Object.assign(review, { state: 'acknowledged', acknowledged_at: at })
      Object.assign(review, { acknowledged_by: body['as'], acknowledged_operator: operator })
    }
    if (action === 'review.withdrawn') {
      const why = String(body['why'])
      const opened = review['override']
      const override = typeof opened === 'string' ? [opened, `Withdrawn: ${why}`].join('\n') : why
      Object.assign(review, { state: 'withdrawn', ended_at: at, override })
    }
    const batchUid = String(body['batchUid'])
    if (action === 'review.decided') {
      const ofReview = [...batches.values()].filter((batch) => batch.review === uid && batch.row['undone_at'] === null)
      const decided = { decided_at: at, decided_by: operator, decision: body['decision'], change_to: told('to') }
      const positions = listPositions(body['positions'])
      const row = {
        id: body['batch'],
        uid: batchUid,
        review: uid,
        ...decided,
        why: told('why'),
        until: told('until'),
        size: positions.size,
        positions: body['positions'],
        self: body['self'],
        undone_at: null,
        begun_at: ofReview.length === 0 ? null : Math.max(...ofReview.map(({ decidedAt }) => decidedAt)),
      }
      const self = listPositions(body['self'])
      batches.set(batchUid, { id: body['batch'], review: uid, positions, self, decidedAt: at, row })
    }
    if (action === 'review.undone') Object.assign(batches.get(batchUid)?.row ?? {}, { undone_at: at })
  }
  const items = [...counts].flatMap(([review, count]) =>
    Array.from({ length: count }, (_, index) => computeItem(review, index + 1, [...batches.values()])),
  )
  return new Map([
    ['review', reviews],
    ['review_batch', new Map([...batches].map(([uid, { row }]) => [uid, row]))],
    ['review_item', new Map(items.map((row) => [`${String(row['review'])} ${String(row['position'])}`, row]))],
  ])
}

/** The item has the decision of the last batch with its position that was not reverted. */
function computeItem(review: string, position: number, batches: readonly Batch[]): Row {
  const last = batches.findLast(
    (batch) => batch.review === review && batch.positions.has(position) && batch.row['undone_at'] === null,
  )
  const columns = ['decision', 'change_to', 'why', 'until', 'decided_by', 'decided_at']
  return {
    review,
    position,
    batch: last?.id ?? null,
    ...Object.fromEntries(columns.map((column) => [column, last?.row[column] ?? null])),
    self_review: last === undefined ? null : Number(last.self.has(position)),
  }
}

/** Lists each position of texts such as `[[1,4],6]`. */
function listPositions(runs: unknown): ReadonlySet<number> {
  const positions = new Set<number>()
  for (const run of runs as readonly (number | readonly [number, number])[]) {
    const [first, last] = typeof run === 'number' ? [run, run] : run
    for (let position = first; position <= last; position += 1) positions.add(position)
  }
  return positions
}
