import { type DueRow, dueRow } from '../../../shared/contract/rotation.ts'
import type { Moment } from '../../../shared/domain/day.ts'
import type { Reader } from '../db/handles.ts'
import { iterateRows } from '../db/rows.ts'
import { keyHolder } from '../facts/key-holder.ts'
import { DAYS_LEFT, DUE_STATE, type DueFilter, dueKeys } from './due-json.ts'
import { OWNER_PRESENT } from './keys.ts'

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
     SELECT k.id AS keyId, v.name, ${keyHolder('p.provider', 'v')} AS holder, l.contact, p.client AS "client.slug",
       ifnull(pv.name, (SELECT pr.external_id FROM project pr WHERE pr.id = v.project_id)) AS "project.name",
       v.owner_state AS "owner.state", ifnull(v.owner_name, ov.name) AS "owner.name",
       ifnull(v.owner_email, ov.email) AS "owner.email", ${OWNER_PRESENT} AS "owner.present",
       k.due_on AS "rotation.dueOn", ${DUE_STATE} AS "rotation.state", ${DAYS_LEFT} AS "rotation.daysLeft"
     FROM ${keys(`
     LEFT JOIN principal o ON o.connection_id = k.connection_id AND o.external_id = v.owner_external_id
     LEFT JOIN principal_version ov ON ov.principal_id = o.id AND ov.to_sync IS NULL`)}`,
    params,
  )
}
