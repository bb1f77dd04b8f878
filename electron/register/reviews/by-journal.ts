import type { ReviewState } from '../../../shared/domain/review/review.ts'
import type { Reader } from '../handles.ts'
import type { JournalRow } from '../journal.ts'

/** A place where a table does not say what the journal says. `row` is the id of its row. */
export interface TableProblem {
  readonly table: 'review' | 'review_item'
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

interface Told {
  state: ReviewState
  items: number
  signed: string
  acknowledged: string
  readonly decided: Map<number, Decision[]>
}

type Body = Readonly<Record<string, unknown>>

/** What the journal tells of reviews, row by row, and what the tables say against it. */
export function reviewsByJournal() {
  const reviews = new Map<number, Told>()
  const undone = new Set<number>()
  return {
    visit: (row: JournalRow): void => {
      if (!row.action.startsWith('review.')) return
      const body = bodyOf(row)
      const id = numberOf(body['review'])
      if (id === null) return
      if (row.action === 'review.undone') undone.add(numberOf(body['batch']) ?? 0)
      else tell(reviews, id, row, body)
    },
    problems: (reader: Reader): TableProblem[] => [
      ...reviewProblems(reader, reviews),
      ...itemProblems(reader, reviews, undone),
    ],
  }
}

function tell(reviews: Map<number, Told>, id: number, row: JournalRow, body: Body): void {
  if (row.action === 'review.opened') {
    const items = numberOf(body['items']) ?? 0
    reviews.set(id, { state: 'open', items, signed: '', acknowledged: '', decided: new Map() })
    return
  }
  const told = reviews.get(id)
  if (told === undefined) return
  if (row.action === 'review.decided') {
    const item = numberOf(body['item']) ?? 0
    const known = told.decided.get(item) ?? []
    told.decided.set(item, known)
    known.push({
      decision: textOf(body['decision']),
      change_to: textOf(body['to']),
      why: textOf(body['why']),
      until: textOf(body['until']),
      decided_by: textOf(body['reviewer']),
      decided_at: row.at,
      batch: numberOf(body['batch']),
      self_review: body['self'] === true ? 1 : 0,
    })
    return
  }
  const signature = `${textOf(body['as']) ?? ''} ${row.at}`
  if (row.action === 'review.signed') Object.assign(told, { state: 'signed', signed: signature })
  if (row.action === 'review.acknowledged') Object.assign(told, { state: 'acknowledged', acknowledged: signature })
  if (row.action === 'review.withdrawn') told.state = 'withdrawn'
  if (row.action === 'review.empty') told.state = 'empty'
}

function reviewProblems(reader: Reader, reviews: ReadonlyMap<number, Told>): TableProblem[] {
  const rows = reader.all<{
    readonly id: number
    readonly state: ReviewState
    readonly signed: string
    readonly acknowledged: string
    readonly items: number
  }>(
    `SELECT r.id, r.state, ifnull(r.signed_by || ' ' || r.signed_at, '') AS signed,
       ifnull(r.acknowledged_by || ' ' || r.acknowledged_at, '') AS acknowledged,
       (SELECT count(*) FROM review_item i WHERE i.review_id = r.id) AS items
     FROM review r ORDER BY r.id`,
  )
  const problems = rows.flatMap((row): TableProblem[] => {
    const told = reviews.get(row.id)
    const say = (says: string): TableProblem => ({ table: 'review', row: row.id, says })
    if (told === undefined) return [say(`Review ${row.id} was never opened by the journal.`)]
    return [
      ...(row.state === told.state ? [] : [say(`Review ${row.id} is ${row.state}, by the journal ${told.state}.`)]),
      ...(row.signed === told.signed ? [] : [say(`Review ${row.id} was signed otherwise by the journal.`)]),
      ...(row.acknowledged === told.acknowledged
        ? []
        : [say(`Review ${row.id} was acknowledged otherwise by the journal.`)]),
      ...(row.items === told.items
        ? []
        : [say(`Review ${row.id} has ${row.items} items, by the journal ${told.items}.`)]),
    ]
  })
  const there = new Set(rows.map(({ id }) => id))
  const gone = [...reviews.keys()].filter((id) => !there.has(id))
  return [
    ...problems,
    ...gone.map((id): TableProblem => ({ table: 'review', row: id, says: `Review ${id} is missing.` })),
  ]
}

function itemProblems(reader: Reader, reviews: ReadonlyMap<number, Told>, undone: ReadonlySet<number>): TableProblem[] {
  const problems: TableProblem[] = []
  const seen = new Map<number, Set<number>>()
  const rows = reader.iterate<Decision & { readonly id: number; readonly review_id: number }>(
    `SELECT i.id, i.review_id, i.decision, i.change_to, i.why, i.until, i.decided_by, i.decided_at, i.batch, i.self_review
     FROM review_item i ORDER BY i.id`,
  )
  for (const { id, review_id: review, ...is } of rows) {
    const decided = reviews.get(review)?.decided
    const own = seen.get(review) ?? new Set()
    seen.set(review, own)
    own.add(id)
    const last = decided?.get(id)?.findLast(({ batch }) => batch === null || !undone.has(batch))
    const wrong = differences(is, last ?? UNDECIDED)
    if (wrong.length > 0) {
      const says = `Item ${id} is not as it was last decided by the journal: ${wrong.join(', ')}.`
      problems.push({ table: 'review_item', row: id, says })
    }
  }
  for (const [review, { decided }] of reviews) {
    for (const item of decided.keys()) {
      if (seen.get(review)?.has(item) !== true) {
        problems.push({ table: 'review_item', row: item, says: `Item ${item} of review ${review} is missing.` })
      }
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

function differences(is: Decision, should: Decision): readonly string[] {
  const columns = Object.keys(UNDECIDED) as (keyof Decision)[]
  return columns.filter((column) => is[column] !== should[column])
}

function bodyOf({ body }: JournalRow): Body {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
  } catch {
    // The row itself is found by its hash.
    return {}
  }
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}

/** As the table holds it: half a character is replaced in both. */
function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value.toWellFormed() : null
}
