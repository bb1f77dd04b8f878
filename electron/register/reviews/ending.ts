import type { Day } from '../../../shared/domain/day.ts'
import { type ReviewConduct, type Mark, getMarks } from '../../../shared/domain/reviews/marks.ts'
import type { Reader, Writer } from '../db/handles.ts'
import { peopleNamed } from './deciding.ts'

/** Signs in the decisions so far that an auditor should examine the review more closely. */
export function reviewMarks(reader: Reader, reviewId: number): Mark[] {
  const counts = reader.get<Omit<ReviewConduct, 'batches' | 'bothBy'>>(
    `SELECT count(*) FILTER (WHERE i.decision <> 'unknown') AS decided, count(*) FILTER (WHERE i.decision = 'keep') AS kept,
       count(*) FILTER (WHERE i.self_review = 1) AS selfReviews
     FROM review_item i INDEXED BY review_item_summary WHERE i.review_id = ?`,
    [reviewId],
  )
  const batches = reader.all<ReviewConduct['batches'][number]>(
    `SELECT b.size AS items, max(r.opened_at, ifnull(b.begun_at, 0)) AS begunAt, b.decided_at AS decidedAt
     FROM review_batch b JOIN review r ON r.id = b.review_id WHERE b.review_id = ? AND b.undone_at IS NULL ORDER BY b.id`,
    [reviewId],
  )
  const ended = reader.get<EndingColumns>(
    `SELECT signed_by AS signer, signed_operator AS signedOn, acknowledged_by AS second, acknowledged_operator AS acknowledgedOn
     FROM review WHERE id = ?`,
    [reviewId],
  )
  return getMarks({
    decided: 0,
    kept: 0,
    selfReviews: 0,
    ...counts,
    batches,
    bothBy: ended !== undefined && ended.signedOn === ended.acknowledgedOn ? ended.signedOn : null,
    ended: ended === undefined ? [] : listOwn(reader, reviewId, ended),
  })
}

interface EndingColumns {
  readonly signer: string | null
  readonly signedOn: string | null
  readonly second: string | null
  readonly acknowledgedOn: string | null
}

function listOwn(reader: Reader, reviewId: number, ended: EndingColumns): NonNullable<ReviewConduct['ended']> {
  const acts = [
    { act: 'signed', by: ended.signer, operator: ended.signedOn },
    { act: 'acknowledged', by: ended.second, operator: ended.acknowledgedOn },
  ] as const
  return acts.flatMap(({ act, by, operator }) =>
    by === null ? [] : [{ act, by, items: countItemsAbout(reader, reviewId, [by, operator ?? by]) }],
  )
}

/** How many items are about someone: by the person of the account, or by the name or address that it was frozen with. */
function countItemsAbout(reader: Reader, reviewId: number, names: readonly string[]): number {
  const people = names.flatMap((name) => [...peopleNamed(reader, name)])
  const words = names.map((name) => name.trim().toLowerCase()).filter((name) => name !== '')
  return (
    reader.value<number>(
      `SELECT count(*) FROM review_item i WHERE i.review_id = :review AND (i.person_id IN (SELECT value FROM json_each(:people))
         OR lower(trim(i.holder_name)) IN (SELECT value FROM json_each(:words))
         OR lower(trim(i.holder_email)) IN (SELECT value FROM json_each(:words)))`,
      { review: reviewId, people: JSON.stringify(people), words: JSON.stringify(words) },
    ) ?? 0
  )
}

/** The day of a signed review is the last review of the accounts in it, unless a later one is known. */
export function setLastReviews(writer: Writer, reviewId: number, on: Day): void {
  writer.run(
    `UPDATE principal SET last_reviewed_on = :on
     WHERE id IN (SELECT i.principal_id FROM review_item i WHERE i.review_id = :review AND i.principal_id IS NOT NULL)
       AND ifnull(last_reviewed_on < :on, 1)`,
    { review: reviewId, on },
  )
}
