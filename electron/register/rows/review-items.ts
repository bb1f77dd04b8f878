import { findCounting } from '../../../shared/decisions/fold-reviews.ts'
import type { StoredBatch } from '../../../shared/decisions/reviews.ts'
import { lastPosition, listNear, type Runs, splitRuns } from '../../../shared/domain/reviews/positions.ts'
import type { Reader, Writer } from '../db/handles.ts'
import { findDifferences, type ProofProblem, type TableProof } from './proved-table.ts'

/** The columns of `review_item` for an item without a decision that counts. */
const UNDECIDED = {
  decision: null,
  change_to: null,
  why: null,
  until: null,
  decided_by: null,
  decided_at: null,
  batch: null,
  self_review: null,
} as const
type ItemDecisionRow = { readonly [Column in keyof typeof UNDECIDED]: string | number | null }

/** Items that follow each other and have the same decision. */
interface ItemRun {
  readonly first: number
  readonly last: number
  readonly decided: ItemDecisionRow
}

/** Lists the decisions of batches, in their order, about the items at some positions. */
export function listItemRuns(batches: readonly StoredBatch[], within: Runs): readonly ItemRun[] {
  const counted = batches
    .filter(({ undone_at: at }) => at === null)
    .map((batch) => ({ ...batch, positions: listNear(batch.positions, within), self: listNear(batch.self, within) }))
    .filter(({ positions }) => positions.length > 0)
  // After the positions themselves, each batch has two lists.
  const parts = splitRuns([within, ...counted.flatMap(({ positions, self }) => [positions, self])])
  return parts
    .filter(({ of }) => of[0] === 0)
    .map(({ first, last, of }) => {
      const taken = of.flatMap((list) => (list % 2 === 1 ? toTaken(counted, (list - 1) / 2) : []))
      const found = findCounting(taken)
      if (found === null || found === 'contested') return { first, last, decided: UNDECIDED }
      const isSelf = of.includes(2 * found.index + 2)
      return { first, last, decided: toItemDecision(found.batch, isSelf) }
    })
}

function toTaken(batches: readonly StoredBatch[], index: number) {
  const batch = batches[index]
  if (batch === undefined) return []
  const { decision, change_to: to, until, decided_by: name } = batch
  const placed = batch.placed ?? { author: { member: null, name }, at: -1, seen: null }
  return [{ ...placed, decision, to, until, batch, index }]
}

function toItemDecision(batch: StoredBatch, isSelf: boolean): ItemDecisionRow {
  const { id, decision, change_to, why, until, decided_by, decided_at } = batch
  return { decision, change_to, why, until, decided_by, decided_at, batch: id, self_review: isSelf ? 1 : 0 }
}

const COLUMNS = Object.keys(UNDECIDED)
const LIST = COLUMNS.join(', ')
const PARAMS = COLUMNS.map((column) => `:${column}`).join(', ')

/** Writes a decision that no sync has verified yet; an item that has this decision already keeps what a sync verified. */
const SET = `UPDATE review_item SET ${COLUMNS.map((column) => `${column} = :${column}`).join(', ')}, closed_sync = NULL, closed_at = NULL
  WHERE review_id = :review AND position BETWEEN :first AND :last AND (${LIST}) IS NOT (${PARAMS})`

/** Writes what is decided about items where they differ, by one statement for each run. */
export function setItems(writer: Writer, review: number, runs: readonly ItemRun[]): void {
  for (const { first, last, decided } of runs) writer.run(SET, { ...decided, review, first, last })
}

interface ItemRow extends ItemDecisionRow {
  readonly id: number
  readonly review: string | null
  readonly position: number
  readonly isClosed: number
  readonly isVerified: number
}

const ITEMS = `SELECT i.id, r.uid AS review, i.position, ${COLUMNS.map((column) => `i.${column}`).join(', ')},
    i.closed_at IS NOT NULL OR i.closed_sync IS NOT NULL AS isClosed,
    i.decision IN ('change', 'remove') AND y.connection_id = i.connection_id AND y.finished_at = i.closed_at AS isVerified
  FROM review_item i LEFT JOIN review r ON r.id = i.review_id LEFT JOIN sync y ON y.id = i.closed_sync ORDER BY i.review_id, i.position`

/** Compares what is decided about items with the batches that the audit log shows. */
export function proveItems(reader: Reader, batches: Iterable<StoredBatch>): TableProof {
  const byReview = Map.groupBy(batches, ({ review }) => review)
  const problems: ProofProblem[] = []
  let proved = 0
  let of: string | null = null
  let findDecided = makeFinder([])
  for (const { id, review, position, isClosed, isVerified, ...stored } of reader.iterate<ItemRow>(ITEMS)) {
    if (of !== review) findDecided = makeFinder(byReview.get(review ?? '') ?? [])
    of = review
    const wrong = findDifferences(stored, findDecided(position))
    if (wrong.length > 0) {
      const says = `Item ${id} does not match its last decision in the audit log: ${wrong.join(', ')}.`
      problems.push({ table: 'review_item', row: id, says })
    } else if (isClosed === 1 && isVerified !== 1) {
      problems.push({ table: 'review_item', row: id, says: `Item ${id} is done by no sync.` })
    } else proved += 1
  }
  return { table: 'review_item (what was frozen and decided)', proved, partly: 0, problems }
}

/** Makes a function that finds the decision about the item at a position; its positions must ascend. */
function makeFinder(batches: readonly StoredBatch[]): (position: number) => ItemDecisionRow {
  const end = batches.reduce((most, { positions }) => Math.max(most, lastPosition(positions)), 0)
  const runs = end === 0 ? [] : listItemRuns(batches, [[1, end]])
  let index = 0
  return (position) => {
    while ((runs[index]?.last ?? Number.POSITIVE_INFINITY) < position) index += 1
    const run = runs[index]
    return run === undefined || position < run.first ? UNDECIDED : run.decided
  }
}
