import type { Moment } from '../../../shared/domain/day.ts'
import type { ReviewKind } from '../../../shared/domain/reviews/review.ts'
import type { Reader } from '../db/handles.ts'
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
