import {
  countPositions,
  cutRuns,
  hasPosition,
  lastPosition,
  listPositions,
  type Runs,
} from '../../../../shared/domain/reviews/positions.ts'
import { positions } from '../../../../shared/decisions/reviews.ts'
import { addDecision, type OperationPlace } from '../../../../shared/domain/placed.ts'
import { type CountingRow, type JournalRow, toPlaced } from '../../db/journal.ts'
import type { Values } from '../../rows/proved-table.ts'

type Body = Readonly<Record<string, unknown>>

/** A batch of decisions, by the columns of `review_batch`, as far as the journal determines them. */
export interface ShownBatch {
  readonly review: number
  values: Values
  /** By the columns of `review_item`, without whether an item is about the reviewer. */
  readonly decision: Values
  /** By position: the batch of the decision before, and whether it is about the reviewer. */
  readonly items: readonly (readonly [position: number, before: number | null, self: 0 | 1])[]
  isUndone: boolean
}

export interface ShownReview {
  /** By the columns of `review`, as far as the journal determines them. */
  values: Values
  /** Counted. */
  readonly items: number
  /** Those that the register got: none where the lines of the operation were not used. */
  readonly held: number
  /** A hash of what was frozen. */
  readonly population: string | null
  /** The number of the item at position 1; null where there are none. */
  readonly firstItem: number | null
  /** By position: the decisions about the item, in order. */
  readonly decided: Map<number, ShownDecision[]>
  readonly batches: number[]
}

/** Its author, its place and what its author had seen are in the history of a team. */
interface ShownDecision extends OperationPlace {
  readonly batch: number
  readonly self: 0 | 1
  /** What was decided, where two may agree. */
  readonly answer: string
}

/**
 * The decision about an item that counts, of those in order; null where there is none, and where members of a team decided
 * differently and had not seen each other's decision.
 */
export function findCounting(
  all: readonly ShownDecision[],
  isCounted: (batch: number) => boolean,
): ShownDecision | null {
  const last = all.findLast(({ batch }) => isCounted(batch))
  if (last === undefined || last.seen === null) return last ?? null
  const counted = all.filter(({ batch }) => isCounted(batch))
  const unreplaced = counted.reduce<readonly ShownDecision[]>(addDecision, [])
  return unreplaced.every(({ answer }) => answer === last.answer) ? last : null
}

/** Reviews and batches by the numbers that they have in this register. */
export interface ShownReviews {
  readonly reviews: ReadonlyMap<number, ShownReview>
  readonly batches: ReadonlyMap<number, ShownBatch>
}

/**
 * Collects what the journal shows of reviews, row by row. A row without the number of its review had no effect in this
 * register.
 */
export function foldReviewRows(): ShownReviews & { readonly visit: (row: CountingRow) => void } {
  const reviews = new Map<number, ShownReview>()
  const batches = new Map<number, ShownBatch>()
  const visit = (row: CountingRow): void => {
    if (!row.action.startsWith('review.')) return
    const body = readBody(row)
    const number = parseNumber(body['review'])
    if (number === null) return
    if (row.action === 'review.opened') {
      reviews.set(number, toReview(row, body))
      return
    }
    const review = reviews.get(number)
    if (review === undefined) return
    if (row.action === 'review.undone') undo(batches.get(parseNumber(body['batch']) ?? 0), row)
    else if (row.action !== 'review.decided') {
      review.values = { ...review.values, ...end(row, body, review.values) }
    } else {
      const batch = parseNumber(body['batch'])
      if (batch === null) return
      decide({ review, number, batch, batches }, row, body)
    }
  }
  return { reviews, batches, visit }
}

function toReview(row: JournalRow, body: Body): ShownReview {
  const items = parseNumber(body['items']) ?? 0
  const firstItem = parseNumber(body['firstItem'])
  const signatures = ['signed', 'acknowledged'].flatMap((one) => [`${one}_by`, `${one}_operator`, `${one}_at`])
  return {
    items,
    held: firstItem === null ? 0 : items,
    population: parseText(body['population']),
    firstItem,
    decided: new Map(),
    batches: [],
    values: {
      uid: parseText(body['reviewUid']),
      client: row.client,
      kind: parseText(body['kind']),
      name: row.subject,
      state: 'open',
      opened_at: row.at,
      opened_by: row.operator,
      due_on: parseText(body['dueOn']),
      override: parseText(body['override']),
      ...Object.fromEntries(signatures.map((column) => [column, null])),
      carried: null,
      previous: parseText(body['previousUid']),
      ended_at: null,
    },
  }
}

/** What a row that ends a review changes. */
function end({ action, at, operator }: JournalRow, body: Body, { override }: Values): Values {
  if (action === 'review.signed') {
    const by = { signed_by: parseText(body['as']), signed_operator: operator, signed_at: at }
    return { state: 'signed', ...by, carried: parseText(body['carried']), ended_at: at }
  }
  if (action === 'review.acknowledged') {
    const by = { acknowledged_by: parseText(body['as']), acknowledged_operator: operator }
    return { state: 'acknowledged', ...by, acknowledged_at: at }
  }
  if (action === 'review.empty') return { state: 'empty', ended_at: at }
  if (action !== 'review.withdrawn') return {}
  const why = parseText(body['why'])
  return {
    state: 'withdrawn',
    override: typeof override === 'string' ? `${override}\nWithdrawn: ${why}` : why,
    ended_at: at,
  }
}

/** The batch that a row is about, and its review, with their numbers. */
interface Deciding {
  readonly review: ShownReview
  readonly number: number
  readonly batch: number
  readonly batches: Map<number, ShownBatch>
}

function decide({ review, number, batch, batches }: Deciding, row: CountingRow, body: Body): void {
  const [all, own] = [readPositions(body['positions'], review), readPositions(body['self'], review)]
  const isCounted = (one: number): boolean => batches.get(one)?.isUndone === false
  const decision = toDecision(body, row.operator)
  const answer = JSON.stringify([decision['decision'], decision['change_to'], decision['until']])
  const placed = toPlaced(row)
  const items = listPositions(cutRuns(all, review.held)).map((position) => {
    const decided = review.decided.get(position) ?? []
    review.decided.set(position, decided)
    const before = findCounting(decided, isCounted)?.batch ?? null
    const self = hasPosition(own, position) ? 1 : 0
    decided.push({ ...placed, batch, self, answer })
    return [position, before, self] as const
  })
  const earlier = review.batches.filter(isCounted).map((one) => Number(batches.get(one)?.values['decided_at']))
  batches.set(batch, {
    review: number,
    decision: { ...decision, decided_at: row.at, batch },
    values: {
      uid: parseText(body['batchUid']),
      review: number,
      begun_at: Math.max(Number(review.values['opened_at']), ...earlier),
      decided_at: row.at,
      ...decision,
      size: countPositions(all),
      undone_at: null,
    },
    items,
    isUndone: false,
  })
  review.batches.push(batch)
}

/** None where a row was changed, which its hash shows. */
function readPositions(runs: unknown, { items }: ShownReview): Runs {
  const parsed = positions.safeParse(runs)
  return parsed.success && lastPosition(parsed.data) <= items ? parsed.data : []
}

function undo(batch: ShownBatch | undefined, { at }: JournalRow): void {
  if (batch === undefined) return
  batch.isUndone = true
  batch.values = { ...batch.values, undone_at: at }
}

function toDecision(body: Body, reviewer: string | null): Values {
  return {
    decision: parseText(body['decision']),
    change_to: parseText(body['to']),
    why: parseText(body['why']),
    until: parseText(body['until']),
    decided_by: reviewer,
  }
}

function readBody({ body }: JournalRow): Body {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Body) : {}
  } catch {
    // Changes of the row itself are found by its hash.
    return {}
  }
}

function parseNumber(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}

/** As the table stores it: a lone surrogate is replaced in both. */
function parseText(value: unknown): string | null {
  return typeof value === 'string' ? value.toWellFormed() : null
}
