import type { Reader } from '../../db/handles.ts'
import type { CountingRow } from '../../db/journal.ts'
import { HASH_OF_NOTHING, hashFrozen } from '../../reviews/frozen-store.ts'
import { findCounting, foldReviewRows, type ShownReview, type ShownReviews } from './review-fold.ts'
import {
  differs,
  findDifferences,
  notInJournal,
  onlyInJournal,
  type ProofProblem,
  type TableProof,
  type Values,
} from '../../rows/proved-table.ts'

/**
 * Collects what the journal shows of access reviews, row by row, and compares the tables with it: reviews, batches and
 * decisions column by column, and what a review froze (its policy, sources, items and their facts) by one hash of all of it.
 */
export function reviewsByJournal() {
  const shown = foldReviewRows()
  /** Compares all but what needs the hashes of `hashFrozen`, of which the second step asks for those of reviews by number. */
  const begin = (reader: Reader): ((getHash?: (review: number) => string) => readonly TableProof[]) => {
    const putAway = new Set(reader.column<number>(PUT_AWAY))
    const { proof: items, positions } = proveItems(reader, shown, putAway)
    const batches = proveBatches(reader, shown, positions)
    return (getHash = (review) => hashFrozen(reader, review)) => {
      const reviews = proveReviews(reader, shown, putAway, getHash)
      return [reviews, items, batches, ...countFrozen(reader, shown, reviews)]
    }
  }
  return {
    visit: (row: CountingRow): void => shown.visit(row),
    begin,
    result: (reader: Reader): readonly TableProof[] => begin(reader)(),
  }
}

/** Reviews of which no opening has an effect in the team, by the rows of the journal; they are kept as cancelled. One may be placed again. */
export const PUT_AWAY = `SELECT r.id FROM review r JOIN journal j ON j.action = 'review.opened' AND j.body ->> 'reviewUid' = r.uid
  LEFT JOIN team_entry e ON e.journal_seq = j.seq LEFT JOIN team_pending p ON p.journal_seq = j.seq
  WHERE r.state = 'withdrawn' GROUP BY r.id HAVING min(e.void_reason IS NOT NULL OR p.void_reason IS NOT NULL)`

/** Items of which this register has not read the subject yet; the hash of what was frozen covers them. */
const LEFT = 'SELECT position FROM review_left WHERE review_id = ? AND position IS NOT NULL'

interface ReviewRow {
  readonly id: number
  readonly items: number
}

function proveReviews(
  reader: Reader,
  { reviews }: ShownReviews,
  putAway: ReadonlySet<number>,
  getHash: (review: number) => string,
): TableProof {
  const [problems, add] = collect('review')
  let proved = 0
  const left = new Map(reviews)
  const known = new Set<unknown>(reader.column<string>('SELECT uid FROM review'))
  const rows = reader.all<ReviewRow & Values>(
    `SELECT r.id, r.uid, c.slug AS client, r.kind, r.name, r.state, r.opened_at, r.opened_by, r.due_on, r.override, b.uid AS previous,
       r.signed_at, r.signed_by, r.signed_operator, r.acknowledged_at, r.acknowledged_by, r.acknowledged_operator, r.ended_at,
       r.carried, (SELECT count(*) FROM review_item i WHERE i.review_id = r.id)
         + (SELECT count(*) FROM review_left l WHERE l.review_id = r.id AND l.position IS NOT NULL) AS items
     FROM review r LEFT JOIN client c ON c.id = r.client_id LEFT JOIN review b ON b.id = r.previous_id ORDER BY r.id`,
  )
  for (const { id, ...stored } of rows) {
    const review = left.get(id)
    left.delete(id)
    if (review === undefined) {
      if (!putAway.has(id)) add(id, notInJournal(`review ${id}`))
      continue
    }
    const { values, held } = review
    const hash = getHash(id)
    const isUnused = held === 0 && hash === HASH_OF_NOTHING
    const population = isUnused ? hash : review.population
    // Another register's last review may be from before the team.
    const previous = known.has(values['previous']) ? {} : { previous: null }
    const wrong = findDifferences({ ...stored, population: hash }, { ...values, ...previous, items: held, population })
    if (wrong.length > 0) add(id, differs(`review ${id}`, wrong))
    else proved += 1
  }
  for (const id of left.keys()) add(id, onlyInJournal(`review ${id}`))
  return { table: 'review', proved, partly: 0, problems }
}

interface ItemRow {
  readonly id: number
  readonly review: number
  readonly position: number
  readonly isClosed: number
  readonly isVerified: number
}

/** An item about which nothing was decided. */
export const UNDECIDED: Values = {
  decision: null,
  change_to: null,
  why: null,
  until: null,
  decided_by: null,
  decided_at: null,
  batch: null,
  self_review: null,
}

/** What the journal shows as decided about an item. */
export function findDecision({ batches }: ShownReviews, review: ShownReview, position: number): Values {
  const last = findCounting(review.decided.get(position) ?? [], (batch) => batches.get(batch)?.isUndone === false)
  if (last === null) return UNDECIDED
  return { ...batches.get(last.batch)?.decision, self_review: last.self }
}

/** Also returns the position of each item, by its number. */
function proveItems(
  reader: Reader,
  shown: ShownReviews,
  putAway: ReadonlySet<number>,
): { readonly proof: TableProof; readonly positions: ReadonlyMap<number, number> } {
  const [problems, add] = collect('review_item')
  const positions = new Map<number, number>()
  const found = new Map<number, Set<number>>()
  let proved = 0
  const rows = reader.iterate<ItemRow & Values>(
    `SELECT i.id, i.review_id AS review, i.position, i.decision, i.change_to, i.why, i.until, i.decided_by, i.decided_at, i.batch,
       i.self_review, i.closed_at IS NOT NULL OR i.closed_sync IS NOT NULL AS isClosed,
       i.decision IN ('change', 'remove') AND y.connection_id = i.connection_id AND y.finished_at = i.closed_at AS isVerified
     FROM review_item i LEFT JOIN sync y ON y.id = i.closed_sync ORDER BY i.id`,
  )
  for (const row of rows) {
    const { id, position } = row
    const review = shown.reviews.get(row.review)
    positions.set(id, position)
    if (review === undefined) {
      if (!putAway.has(row.review)) add(id, notInJournal(`item ${id}`))
      continue
    }
    const there = found.get(row.review) ?? new Set()
    found.set(row.review, there.add(position))
    if (position < 1 || position > review.held) {
      add(id, notInJournal(`item ${id}`))
      continue
    }
    const wrong = findDifferences(row, findDecision(shown, review, position))
    if (wrong.length > 0) {
      add(id, `Item ${id} does not match its last decision in the audit log: ${wrong.join(', ')}.`)
    } else if (row.isClosed === 1 && row.isVerified !== 1) add(id, `Item ${id} is done by no sync.`)
    else proved += 1
  }
  for (const [number, review] of shown.reviews) {
    const left = new Set(reader.column<number>(LEFT, [number]))
    for (let position = 1; position <= review.held; position += 1) {
      if (found.get(number)?.has(position) === true || left.has(position)) continue
      const id = (review.firstItem ?? 1) + position - 1
      add(id, `Item ${id} of review ${number} is missing.`)
    }
  }
  return { proof: { table: 'review_item (what was frozen and decided)', proved, partly: 0, problems }, positions }
}

interface BatchRow {
  readonly id: number
  readonly items: string
}

function proveBatches(reader: Reader, { batches }: ShownReviews, positions: ReadonlyMap<number, number>): TableProof {
  const [problems, add] = collect('review_batch')
  let proved = 0
  const left = new Map(batches)
  const leftOf = (review: number): ReadonlySet<number> => new Set(reader.column<number>(LEFT, [review]))
  const rows = reader.all<BatchRow & Values>(
    `SELECT id, uid, review_id AS review, begun_at, decided_at, decided_by, decision, change_to, why, until, size, items, undone_at
     FROM review_batch ORDER BY id`,
  )
  for (const { id, items, ...stored } of rows) {
    const batch = left.get(id)
    left.delete(id)
    if (batch === undefined) {
      add(id, notInJournal(`batch ${id}`))
      continue
    }
    const about = (JSON.parse(items) as readonly (readonly [number, number | null, 0 | 1])[]).map(
      ([item, before, self]) => [positions.get(item) ?? null, before, self] as const,
    )
    const unread = leftOf(batch.review)
    const isHere = ([position]: readonly [number, ...unknown[]]): boolean => !unread.has(position)
    const shown = { ...batch.values, items: batch.items.filter(isHere) }
    const wrong = findDifferences({ ...stored, items: about }, shown)
    if (wrong.length > 0) add(id, differs(`batch ${id}`, wrong))
    else proved += 1
  }
  for (const id of left.keys()) add(id, onlyInJournal(`batch ${id}`))
  return { table: 'review_batch', proved, partly: 0, problems }
}

/**
 * Counts the rows that the hash of what a review froze covers. It shows that each item has its facts, so that these are not read again
 * to be counted.
 */
function countFrozen(reader: Reader, { reviews }: ShownReviews, { problems }: TableProof): readonly TableProof[] {
  const wrong = new Set(problems.map(({ row }) => row))
  return Object.entries({
    review_item_facts: 'review_item',
    review_source: 'review_source',
    review_left: 'review_left',
  }).map(([table, counted]) => {
    const rows = reader.all<{ readonly review: number; readonly rows: number }>(
      `SELECT review_id AS review, count(*) AS rows FROM ${counted} GROUP BY review_id`,
    )
    const covered = rows.filter(({ review }) => reviews.has(review) && !wrong.has(review))
    return { table, proved: covered.reduce((sum, { rows: count }) => sum + count, 0), partly: 0, problems: [] }
  })
}

function collect(table: string): readonly [problems: ProofProblem[], add: (row: number, says: string) => void] {
  const problems: ProofProblem[] = []
  return [problems, (row, says) => void problems.push({ table, row, says })]
}
