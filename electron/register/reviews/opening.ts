import type { Day, Moment } from '../../../shared/domain/day.ts'
import type { ReviewKind } from '../../../shared/domain/reviews/review.ts'
import type { Reader, Writer } from '../db/handles.ts'
import { insertFrozen } from './frozen-store.ts'
import { FINDINGS_OF_ITEM, selectPopulation } from './population.ts'
import { PRIVILEGED_GRANTS } from '../facts/grant-now.ts'

export interface PopulationCounts {
  readonly items: number
  readonly flagged: number
}

/** How many items a review of a kind would have now, and how many of them have findings. */
export function countPopulation(reader: Reader, kind: ReviewKind, clientId: number, moment: Moment): PopulationCounts {
  const population = selectPopulation(kind, clientId, moment)
  const row = reader.get<PopulationCounts>(
    `SELECT count(*) AS items, ifnull(sum(EXISTS (SELECT 1 FROM finding f WHERE ${FINDINGS_OF_ITEM})), 0) AS flagged
     FROM (${population.text}) i`,
    { ...population.params, today: moment.today },
  )
  return row ?? { items: 0, flagged: 0 }
}

/** The known number of owners and admins of each connection of a client, by label; invited people are not counted. */
export function administrators(
  reader: Reader,
  clientId: number,
  now: number,
): readonly { readonly label: string; readonly count: number }[] {
  return reader.all(
    `SELECT cn.label, (SELECT count(DISTINCT e.principal_id) FROM ${PRIVILEGED_GRANTS} e
         JOIN principal p ON p.id = e.principal_id AND p.kind <> 'invite'
       WHERE e.connection_id = cn.id AND e.project_id IS NULL) AS count
     FROM connection cn WHERE cn.client_id = :client AND cn.removed_at IS NULL ORDER BY cn.label COLLATE NOCASE, cn.id`,
    { client: clientId, now },
  )
}

export interface NewReview {
  readonly uid: string
  readonly clientId: number
  readonly kind: ReviewKind
  readonly name: string
  readonly at: number
  readonly by: string
  readonly dueOn: Day
  readonly override: string | null
  /** The previous signed review of this kind. */
  readonly previousId: number | null
  /** Left out: open. One of another register is written as cancelled until the order that counts shows its state. */
  readonly state?: 'withdrawn'
}

/** Opens a review over what was frozen for it. Returns its number and that of its first item, null where it has none. */
export function insertReview(
  writer: Writer,
  review: NewReview,
): { readonly reviewId: number; readonly firstItem: number | null } {
  const { uid, clientId, kind, name, at, by, dueOn, override, previousId, state = 'open' } = review
  const { lastId: reviewId } = writer.run(
    `INSERT INTO review (client_id, kind, name, state, opened_at, opened_by, due_on, override, policy, previous_id, uid)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, '{}', ?, ?)`,
    [clientId, kind, name, state, at, by, dueOn, override, previousId, uid],
  )
  return { reviewId, firstItem: insertFrozen(writer, reviewId) }
}
