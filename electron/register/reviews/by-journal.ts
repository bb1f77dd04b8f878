import type { ReviewState } from '../../../shared/domain/reviews/review.ts'
import type { Reader } from '../db/handles.ts'
import type { JournalRow } from '../db/journal.ts'
import { populationHash } from './population-hash.ts'

/** A place where a table differs from the journal. `row` is the id of its row. */
export interface TableProblem {
  readonly table: 'review' | 'review_item' | 'principal' | 'sync' | 'connection' | 'client' | 'policy'
  readonly row: number
  readonly says: string
}

/** A decision, by the columns of `review_item`. */
interface Decision {
  readonly decision: string | null
  readonly change_to: string | null
  readonly why: string | null
  readonly until: string | null
  readonly decided_by: string | null
  readonly decided_at: number | null
  readonly batch: number | null
  readonly self_review: number | null
}

/** What the journal records about a review, by the columns of `review`. */
interface ReviewFacts {
  /** Null in rows of the journal from before rows had one. */
  readonly uid: string | null
  readonly state: ReviewState
  readonly kind: string | null
  readonly name: string
  readonly opened_at: number
  readonly opened_by: string
  readonly due_on: string | null
  readonly override: string | null
  readonly signed_by: string | null
  readonly signed_operator: string | null
  readonly signed_at: number | null
  readonly acknowledged_by: string | null
  readonly acknowledged_operator: string | null
  readonly acknowledged_at: number | null
  readonly carried: string | null
  /** Counted. */
  readonly items: number | null
  /** A hash of what was frozen. */
  readonly population: string | null
}

interface Reported {
  facts: ReviewFacts
  readonly decided: Map<number, Decision[]>
}

type Body = Readonly<Record<string, unknown>>

/** Collects what the journal records about reviews, row by row, and compares the tables with it. */
export function reviewsByJournal() {
  const reviews = new Map<number, Reported>()
  const undone = new Set<number>()
  return {
    visit: (row: JournalRow): void => {
      if (!row.action.startsWith('review.')) return
      const body = readBody(row)
      const id = parseNumber(body['review'])
      if (id === null) return
      if (row.action === 'review.undone') undone.add(parseNumber(body['batch']) ?? 0)
      else tell(reviews, id, row, body)
    },
    problems: (reader: Reader): TableProblem[] => [
      ...reviewProblems(reader, reviews),
      ...itemProblems(reader, reviews, undone),
    ],
  }
}

function tell(reviews: Map<number, Reported>, id: number, row: JournalRow, body: Body): void {
  const reported = reviews.get(id)
  if (row.action === 'review.opened') reviews.set(id, { facts: openedBy(row, body), decided: new Map() })
  else if (reported === undefined) return
  else if (row.action === 'review.decided') {
    const item = parseNumber(body['item']) ?? 0
    const known = reported.decided.get(item) ?? []
    reported.decided.set(item, known)
    known.push(toDecision(row, body))
  } else reported.facts = { ...reported.facts, ...endedBy(row, body, reported.facts) }
}

function openedBy(row: JournalRow, body: Body): ReviewFacts {
  return {
    uid: parseText(body['reviewUid']),
    state: 'open',
    kind: parseText(body['kind']),
    name: row.subject,
    opened_at: row.at,
    opened_by: row.operator,
    due_on: parseText(body['dueOn']),
    override: parseText(body['override']),
    signed_by: null,
    signed_operator: null,
    signed_at: null,
    acknowledged_by: null,
    acknowledged_operator: null,
    acknowledged_at: null,
    carried: null,
    items: parseNumber(body['items']),
    population: parseText(body['population']),
  }
}

/** What a row that ends a review changes. */
function endedBy(row: JournalRow, body: Body, { override }: ReviewFacts): Partial<ReviewFacts> {
  if (row.action === 'review.signed') {
    const by = { signed_by: parseText(body['as']), signed_operator: row.operator, signed_at: row.at }
    return { state: 'signed', ...by, carried: parseText(body['carried']) }
  }
  if (row.action === 'review.acknowledged') {
    const by = { acknowledged_by: parseText(body['as']), acknowledged_operator: row.operator }
    return { state: 'acknowledged', ...by, acknowledged_at: row.at }
  }
  if (row.action === 'review.empty') return { state: 'empty' }
  if (row.action !== 'review.withdrawn') return {}
  const why = parseText(body['why'])
  return { state: 'withdrawn', override: override === null ? why : `${override}\nWithdrawn: ${why}` }
}

function toDecision(row: JournalRow, body: Body): Decision {
  return {
    decision: parseText(body['decision']),
    change_to: parseText(body['to']),
    why: parseText(body['why']),
    until: parseText(body['until']),
    decided_by: parseText(body['reviewer']),
    decided_at: row.at,
    batch: parseNumber(body['batch']),
    self_review: body['self'] === true ? 1 : 0,
  }
}

const REVIEW_COLUMNS = [
  'uid',
  'state',
  'kind',
  'name',
  'opened_at',
  'opened_by',
  'due_on',
  'override',
  'signed_by',
  'signed_operator',
  'signed_at',
  'acknowledged_by',
  'acknowledged_operator',
  'acknowledged_at',
  'carried',
  'items',
  'population',
] as const satisfies readonly (keyof ReviewFacts)[]

function reviewProblems(reader: Reader, reviews: ReadonlyMap<number, Reported>): TableProblem[] {
  const rows = reader.all<Omit<ReviewFacts, 'population'> & { readonly id: number }>(
    `SELECT r.id, r.uid, r.state, r.kind, r.name, r.opened_at, r.opened_by, r.due_on, r.override, r.signed_by,
       r.signed_operator, r.signed_at, r.acknowledged_by, r.acknowledged_operator, r.acknowledged_at, r.carried,
       (SELECT count(*) FROM review_item i WHERE i.review_id = r.id) AS items
     FROM review r ORDER BY r.id`,
  )
  const problem = (row: number, says: string): TableProblem => ({ table: 'review', row, says })
  const there = new Set(rows.map(({ id }) => id))
  return [
    ...rows.flatMap(({ id, ...is }) => {
      const reported = reviews.get(id)
      if (reported === undefined) return [problem(id, `Review ${id} is not in the audit log.`)]
      const wrong = differences<ReviewFacts>(
        { ...is, uid: reported.facts.uid === null ? null : is.uid, population: populationHash(reader, id) },
        reported.facts,
        REVIEW_COLUMNS,
      )
      return wrong.length === 0 ? [] : [problem(id, `Review ${id} does not match the audit log: ${wrong.join(', ')}.`)]
    }),
    ...[...reviews.keys()].filter((id) => !there.has(id)).map((id) => problem(id, `Review ${id} is missing.`)),
  ]
}

/** Removes each existing item from what the journal records; the remaining ones are missing. */
function itemProblems(
  reader: Reader,
  reviews: ReadonlyMap<number, Reported>,
  undone: ReadonlySet<number>,
): TableProblem[] {
  const problems: TableProblem[] = []
  const rows = reader.iterate<Decision & { readonly id: number; readonly review_id: number }>(
    `SELECT i.id, i.review_id, i.decision, i.change_to, i.why, i.until, i.decided_by, i.decided_at, i.batch, i.self_review
     FROM review_item i ORDER BY i.id`,
  )
  for (const row of rows) {
    const decided = reviews.get(row.review_id)?.decided
    const last = decided?.get(row.id)?.findLast(({ batch }) => batch === null || !undone.has(batch))
    decided?.delete(row.id)
    const wrong = differences<Decision>(row, last ?? UNDECIDED, DECISION_COLUMNS)
    if (wrong.length === 0) continue
    const says = `Item ${row.id} does not match its last decision in the audit log: ${wrong.join(', ')}.`
    problems.push({ table: 'review_item', row: row.id, says })
  }
  for (const [review, { decided }] of reviews) {
    for (const item of decided.keys()) {
      problems.push({ table: 'review_item', row: item, says: `Item ${item} of review ${review} is missing.` })
    }
  }
  return problems
}

const UNDECIDED: Decision = {
  decision: null,
  change_to: null,
  why: null,
  until: null,
  decided_by: null,
  decided_at: null,
  batch: null,
  self_review: null,
}

const DECISION_COLUMNS = Object.keys(UNDECIDED) as (keyof Decision)[]

const NONE: readonly string[] = []

/** The columns in which two rows differ. */
function differences<T>(is: T, should: T, columns: readonly (keyof T & string)[]): readonly string[] {
  return columns.every((column) => is[column] === should[column])
    ? NONE
    : columns.filter((column) => is[column] !== should[column])
}

function readBody({ body }: JournalRow): Body {
  try {
    const value: unknown = JSON.parse(body)
    return isObject(value) ? value : {}
  } catch {
    // Changes of the row itself are found by its hash.
    return {}
  }
}

function isObject(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parseNumber(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}

/** As the table stores it: a lone surrogate is replaced in both. */
function parseText(value: unknown): string | null {
  return typeof value === 'string' ? value.toWellFormed() : null
}
