import type { Day } from '../../../../shared/domain/day.ts'
import type { LastReviewCount } from '../../../../shared/report/evidence-checks.ts'
import type { Reader, Writer } from '../../db/handles.ts'
import type { JournalRow } from '../../db/journal.ts'
import { findAccount } from '../../people/named.ts'
import type { ProofProblem } from '../../rows/proved-table.ts'

type Body = Readonly<Record<string, unknown>>

/** An account by what its provider calls it. */
interface Account {
  readonly connectionUid: string
  readonly externalId: string
}

/** The effect of one journal row on last reviews. */
type Change =
  /** Sets the day of an account; null removes it. */
  | { readonly kind: 'set'; readonly account: Account; readonly on: Day | null }
  /** Raises all people whom a review covered to its day. */
  | { readonly kind: 'signed'; readonly review: number; readonly on: Day }
  /** The sample agency has days without rows of the journal. */
  | { readonly kind: 'invented' }

/** Kinds of operations that set days of single accounts. */
export const DAY_KINDS = ['access.reviewed', 'access.reviews-imported'] as const

/** The rows that collecting reads. */
export const LAST_REVIEW_ACTIONS = [...DAY_KINDS, 'review.signed', 'sample.loaded'] as const

/** A last review by the journal: exactly this day, or this day or later; null for none. */
interface ReviewedDay {
  readonly on: Day | null
  readonly isExact: boolean
}

/**
 * Collects the last review dates of principals from the journal, row by row, and compares the table with them. Dates
 * of the sample agency cannot be verified; they are counted.
 */
export function lastReviewsByJournal() {
  const changes: Change[] = []
  return {
    visit: ({ action, body }: JournalRow): void => {
      if (action === 'access.reviewed' || action === 'access.reviews-imported') {
        for (const [account, on] of getDays(parse(body))) changes.push({ kind: 'set', account, on })
      } else if (action === 'review.signed') {
        const { review, on } = parse(body)
        if (typeof review === 'number' && typeof on === 'string') changes.push({ kind: 'signed', review, on })
      } else if (action === 'sample.loaded') changes.push({ kind: 'invented' })
    },
    /** Sets the days of the accounts of a client, as far as the rows that were visited show them exactly: all of the client. */
    mend: (writer: Writer, client: string): void => {
      const known = replay(writer, changes)
      const rows = writer.all<{ readonly id: number; readonly on: Day | null }>(OF_CLIENT, { client })
      for (const { id, on } of rows) {
        const should = known.get(id) ?? NEVER
        if (should.isExact && should.on !== on)
          writer.run('UPDATE principal SET last_reviewed_on = ? WHERE id = ?', [should.on, id])
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
const NEVER: ReviewedDay = { on: null, isExact: true }
const UNKNOWN: ReviewedDay = { on: null, isExact: false }

function contradicts(is: Day | null, { on, isExact }: ReviewedDay): boolean {
  return isExact ? is !== on : on !== null && (is === null || is < on)
}

function replay(reader: Reader, changes: readonly Change[]): ReadonlyMap<number, ReviewedDay> {
  const known = new Map<number, ReviewedDay>()
  for (const change of changes) {
    if (change.kind === 'set') {
      const principal = findAccount(reader, change.account)
      // This register may not have read the account of another member's decision yet.
      if (principal !== undefined) known.set(principal, { on: change.on, isExact: true })
    } else if (change.kind === 'invented') {
      for (const principal of reader.column<number>('SELECT id FROM principal')) known.set(principal, UNKNOWN)
    } else {
      for (const principal of ofReview(reader, change.review)) {
        const { on, isExact } = known.get(principal) ?? NEVER
        const later = on === null || on < change.on ? change.on : on
        known.set(principal, { on: later, isExact })
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

const OF_CLIENT = `SELECT p.id, p.last_reviewed_on AS "on" FROM principal p JOIN connection cn ON cn.id = p.connection_id
  JOIN client c ON c.id = cn.client_id WHERE c.slug = :client`

/** The days that a row sets: of one account, or of many that an import set. */
function getDays(body: Body): readonly (readonly [account: Account, on: Day | null])[] {
  const { days, connectionUid, principalNamed, on } = body
  const all: unknown = days ?? [[principalNamed, on]]
  if (!Array.isArray(all)) return []
  return all.flatMap((entry: unknown) => {
    const [named, day] = Array.isArray(entry) ? (entry as readonly unknown[]) : []
    const account = typeof named === 'string' ? toAccount({ connectionUid, externalId: named }) : toAccount(named)
    return account !== null && (typeof day === 'string' || day === null) ? [[account, day] as const] : []
  })
}

function toAccount(named: unknown): Account | null {
  const { connectionUid, externalId } = (named ?? {}) as Readonly<Record<string, unknown>>
  return typeof connectionUid === 'string' && typeof externalId === 'string' ? { connectionUid, externalId } : null
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
