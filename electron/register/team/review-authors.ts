import type { Author } from '../../../shared/domain/placed.ts'
import type { Reader } from '../db/handles.ts'
import { findOwnMember, readMemberName } from './place.ts'

/** A review that a team knows, as this register has it. */
export interface TeamReview {
  /** The member at this device. */
  readonly own: Author
  /** How many decisions about it wait to be placed. */
  readonly waiting: number
  /** Null before it is signed. */
  readonly signer: Author | null
}

/** Null where the profile belongs to no team, and for a review that was opened before it did. */
export function findTeamReview(reader: Reader, reviewUid: string): TeamReview | null {
  const name = readMemberName(reader)
  if (name === null || reader.value(OPENED, [reviewUid]) === undefined) return null
  const waiting = reader.value<number>(WAITING, [reviewUid]) ?? 0
  const own = { member: findOwnMember(reader), name }
  return { own, waiting, signer: findAuthor(reader, own, { reviewUid, action: 'review.signed', batchUid: null }) }
}

/** Who made a batch of decisions about a review of a team; null where the team has none of that uid. */
export function findBatchAuthor(
  reader: Reader,
  { own }: TeamReview,
  reviewUid: string,
  batchUid: string,
): Author | null {
  return findAuthor(reader, own, { reviewUid, action: 'review.decided', batchUid })
}

/** The member whose operation counts; what waits is that of the member at this device. */
function findAuthor(
  reader: Reader,
  own: Author,
  of: { readonly reviewUid: string; readonly action: string; readonly batchUid: string | null },
): Author | null {
  const row = reader.get<{ readonly member: string | null; readonly name: string }>(AUTHOR, of)
  return row === undefined ? null : { member: row.member ?? own.member, name: row.name }
}

const ROWS = `journal j LEFT JOIN team_operation o ON o.journal_seq = j.seq LEFT JOIN team_waiting w ON w.journal_seq = j.seq
  WHERE substr(j.action, 1, 7) = 'review.' AND (o.id IS NOT NULL OR w.id IS NOT NULL)`
export const OPENED = `SELECT 1 FROM ${ROWS} AND j.body ->> 'reviewUid' = ? AND j.action = 'review.opened' LIMIT 1`
const WAITING = `SELECT count(*) FROM ${ROWS} AND j.body ->> 'reviewUid' = ? AND w.id IS NOT NULL`
export const AUTHOR = `SELECT o.member, j.operator AS name FROM ${ROWS} AND j.body ->> 'reviewUid' = :reviewUid AND j.action = :action
    AND (:batchUid IS NULL OR j.body ->> 'batchUid' = :batchUid) AND o.no_effect IS NULL AND w.counts IS NOT 0
  ORDER BY j.seq DESC LIMIT 1`

/** What was decided about a review by a clock that was wrong, and counts. */
export interface WrongClock {
  readonly kind: string
  readonly by: string
  readonly at: number
  readonly placedAt: number
  readonly clockMs: number
}

/** In the order in which this register read it. */
export const LIST_CLOCKS_OF_REVIEW = `SELECT j.action AS kind, j.operator AS "by", j.at, o.placed_at AS placedAt, o.clock_ms AS clockMs
  FROM team_operation o INDEXED BY team_operation_clock_of_review JOIN journal j ON j.seq = o.journal_seq
  WHERE o.operation ->> '$.body.reviewUid' = ? AND o.clock_ms IS NOT NULL AND o.no_effect IS NULL ORDER BY o.id`

export function listClocksOfReview(reader: Reader, reviewUid: string): readonly WrongClock[] {
  return reader.all<WrongClock>(LIST_CLOCKS_OF_REVIEW, [reviewUid])
}
