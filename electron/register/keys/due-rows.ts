import { type DueRow, dueRow } from '../../../shared/contract/rotation.ts'
import type { Moment } from '../../../shared/domain/day.ts'
import type { Reader } from '../db/handles.ts'
import { iterateRows } from '../db/rows.ts'
import { JOIN_OWNER, OWNER_PRESENT, keyHolder } from '../facts/key-holder.ts'
import { DAYS_LEFT, DUE_STATE, type DueFilter, dueKeys } from './due-json.ts'

/**
 * Keys by due day, earliest first, one by one from one statement: of each only what a table shows, since a whole row of
 * `keyRows` takes several times as long and most of its values are not shown.
 */
export function dueRows(reader: Reader, filter: DueFilter, moment: Moment): Iterable<DueRow> {
  const { place, keys, params } = dueKeys(reader, filter, moment)
  return iterateRows(
    reader,
    dueRow,
    `WITH ${place}
     SELECT k.id AS keyId, k.name, ${keyHolder('p.provider', 'k')} AS holder, k.contact, p.client AS "client.slug",
       ifnull(k.project_name, (SELECT n.external_id FROM project n WHERE n.id = k.project_id)) AS "project.name",
       k.owner_state AS "owner.state", ifnull(k.owner_name, oa.name) AS "owner.name",
       ifnull(k.owner_email, oa.email) AS "owner.email", ${OWNER_PRESENT} AS "owner.present",
       k.due_on AS "rotation.dueOn", ${DUE_STATE} AS "rotation.state", ${DAYS_LEFT} AS "rotation.daysLeft"
     FROM ${keys(JOIN_OWNER)}`,
    params,
  )
}
