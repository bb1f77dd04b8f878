import { type Day, getDay } from '../../../../shared/domain/day.ts'
import type { LastReviewCount } from '../../../../shared/report/evidence-checks.ts'
import type { Reader, Writer } from '../../db/handles.ts'
import type { JournalRow } from '../../db/journal.ts'
import type { ProofProblem } from './table.ts'

type Body = Readonly<Record<string, unknown>>

/** The effect of one journal row on last reviews. */
type Change =
  /** Sets the day of a principal; null removes it. */
  | { readonly kind: 'set'; readonly principal: number; readonly on: Day | null }
  /**
   * Raises all people whom a review covered to its day; for rows from before that day was journaled, to `on` or later.
   */
  | { readonly kind: 'signed'; readonly review: number; readonly on: Day; readonly isExact: boolean }
  /** Days were set without their own journal rows, at a client, or at all clients for null. */
  | { readonly kind: 'unknown'; readonly client: string | null }

/** A last review by the journal: exactly this day, or this day or later; null for none. */
interface Known {
  readonly on: Day | null
  readonly isExact: boolean
}

/**
 * Collects the last review dates of principals from the journal, row by row, and compares the table with them. Dates
 * set before imports and sign-offs journaled their days cannot be verified; they are counted.
 */
export function lastReviewsByJournal() {
  const changes: Change[] = []
  return {
    visit: ({ action, at, body, client }: JournalRow): void => {
      if (action === 'access.reviewed' || action === 'access.reviews-imported') {
        for (const [principal, on] of getDays(parse(body))) changes.push({ kind: 'set', principal, on })
      } else if (action === 'review.signed') {
        const { review, on } = parse(body)
        if (typeof review !== 'number') return
        const isExact = typeof on === 'string'
        changes.push({ kind: 'signed', review, on: isExact ? on : earliestDay(at), isExact })
      } else if (action === 'sample.loaded') changes.push({ kind: 'unknown', client: null })
      else if (action === 'file.imported' && typeof parse(body)['reviews'] !== 'number') {
        changes.push({ kind: 'unknown', client })
      }
    },
    /** Sets the days of the accounts of a review, as far as the journal shows them exactly. */
    mend: (writer: Writer, review: number): void => {
      const known = replay(writer, changes)
      for (const principal of ofReview(writer, review)) {
        const { on, isExact } = known.get(principal) ?? NEVER
        if (isExact) writer.run('UPDATE principal SET last_reviewed_on = ? WHERE id = ?', [on, principal])
      }
    },
    result: (reader: Reader): LastReviewCount & { readonly problems: readonly ProofProblem[] } => {
      const known = replay(reader, changes)
      const problems: ProofProblem[] = []
      const count = { proved: 0, unproved: 0 }
      const rows = reader.iterate<{ readonly id: number; readonly on: Day | null }>(
        'SELECT id, last_reviewed_on AS "on" FROM principal ORDER BY id',
      )
      for (const { id, on } of rows) {
        const should = known.get(id) ?? NEVER
        const isWrong = contradicts(on, should)
        if (isWrong) {
          const says = `The last review of account ${id} is ${on ?? 'none'}; the audit log shows ${should.on ?? 'none'}${should.isExact ? '' : ' or later'}.`
          problems.push({ table: 'principal', row: id, says })
        }
        if (on !== null && !isWrong) count[should.isExact ? 'proved' : 'unproved'] += 1
      }
      return { ...count, problems }
    },
  }
}

/** An account without a journal row has no last review. */
const NEVER: Known = { on: null, isExact: true }
const UNKNOWN: Known = { on: null, isExact: false }

/** The earliest calendar day in any time zone at an instant: no time zone is more than 12 hours behind UTC. */
function earliestDay(at: number): Day {
  return getDay(at - 12 * 3_600_000)
}

function contradicts(is: Day | null, { on, isExact }: Known): boolean {
  return isExact ? is !== on : on !== null && (is === null || is < on)
}

function replay(reader: Reader, changes: readonly Change[]): ReadonlyMap<number, Known> {
  const known = new Map<number, Known>()
  for (const change of changes) {
    if (change.kind === 'set') known.set(change.principal, { on: change.on, isExact: true })
    else if (change.kind === 'unknown') {
      for (const principal of ofClient(reader, change.client)) known.set(principal, UNKNOWN)
    } else {
      for (const principal of ofReview(reader, change.review)) {
        const { on, isExact } = known.get(principal) ?? NEVER
        const later = on === null || on < change.on ? change.on : on
        known.set(principal, { on: later, isExact: isExact && change.isExact })
      }
    }
  }
  return known
}

function ofReview(reader: Reader, review: number): readonly number[] {
  return reader.column<number>(
    'SELECT DISTINCT principal_id FROM review_item WHERE review_id = ? AND principal_id IS NOT NULL',
    [review],
  )
}

function ofClient(reader: Reader, client: string | null): readonly number[] {
  return reader.column<number>(
    `SELECT p.id FROM principal p JOIN connection cn ON cn.id = p.connection_id JOIN client c ON c.id = cn.client_id
     WHERE c.slug = :client OR :client IS NULL`,
    { client },
  )
}

/** The days that a row sets: of one principal, or of many that an import set. */
function getDays(body: Body): readonly (readonly [principal: number, on: Day | null])[] {
  const days: unknown = body['days'] ?? [[body['principal'], body['on']]]
  if (!Array.isArray(days)) return []
  return days.flatMap((entry: unknown) => {
    const [principal, on] = Array.isArray(entry) ? (entry as readonly unknown[]) : []
    return typeof principal === 'number' && (typeof on === 'string' || on === null) ? [[principal, on] as const] : []
  })
}

function parse(body: string): Body {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null ? (value as Body) : {}
  } catch {
    // Changes of the row itself are found by its hash.
    return {}
  }
}
