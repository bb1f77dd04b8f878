import { isExpiredInvite } from '../facts/invite-state.ts'
import type { Reader } from '../db/handles.ts'
import { connectionsInScope, idsParam, type Scope } from '../db/scope.ts'
import { changesIn } from './changes.ts'

/** A complete or partial sync, and the one of its connection before it; 0 for the first. */
export interface TimelinePoint {
  readonly syncId: number
  readonly connectionId: number
  readonly before: number
  readonly at: number
  readonly state: 'complete' | 'partial'
}

/** The complete and partial syncs in scope, newest first. */
export function timelinePoints(reader: Reader, scope: Scope, limit: number): TimelinePoint[] {
  const { text, params } = connectionsInScope(scope)
  return [
    ...reader.all<TimelinePoint>(
      `SELECT y.id AS syncId, y.connection_id AS connectionId, ifnull(
         (SELECT max(o.id) FROM sync o WHERE o.connection_id = y.connection_id AND o.id < y.id AND o.state IN ('complete', 'partial')), 0) AS before,
         y.finished_at AS at, y.state
       FROM sync y WHERE y.state IN ('complete', 'partial') AND y.connection_id IN (${text}) ORDER BY y.id DESC LIMIT :limit`,
      { ...params, limit },
    ),
  ]
}

/** How many changes each sync brought: as many as a comparison with the sync before it shows. */
export function changesOfSyncs(reader: Reader, points: readonly TimelinePoint[]): ReadonlyMap<number, number> {
  const counts = new Map(points.map((point) => [point.syncId, 0]))
  const add = (syncId: number, count: number): void => void counts.set(syncId, (counts.get(syncId) ?? 0) + count)
  const later = points.filter((point) => point.before > 0)
  for (const change of changesIn(
    reader,
    later.map((point) => [point.connectionId, point.before, point.syncId] as const),
  )) {
    add(change.syncId, 1)
  }
  for (const { id, count } of openedIn(
    reader,
    points.filter((point) => point.before === 0).map((point) => point.syncId),
  )) {
    add(id, count)
  }
  return counts
}

/** True if a first sync, `j.value`, opened a version. */
const OPENED = (row: string): string => `${row}.from_sync = j.value`

/** A condition: the grant `g` is in a project that the first sync found archived. */
const DORMANT = `EXISTS (SELECT 1 FROM project_version a WHERE a.project_id = g.project_id AND ${OPENED('a')} AND a.status = 'archived')`

/** A condition: an account is an invite that had expired when the first sync had ended. */
const EXPIRED = (principal: string): string =>
  `EXISTS (SELECT 1 FROM account_history i WHERE i.id = ${principal} AND ${OPENED('i')}
    AND ${isExpiredInvite('i', '(SELECT y.finished_at FROM sync y WHERE y.id = j.value)')})`

/** Each principal and project (null: the organization) that a first sync gave access to, and each role of a group. */
const FIRST_ACCESS = `SELECT g.principal_id, g.project_id FROM grant g WHERE ${OPENED('g')}
    AND (NOT ${DORMANT} OR (SELECT p.kind FROM principal p WHERE p.id = g.principal_id) = 'group') AND NOT ${EXPIRED('g.principal_id')}
  UNION SELECT m.member_id, g.project_id FROM membership m CROSS JOIN grant g ON g.principal_id = m.group_id WHERE ${OPENED('m')} AND ${OPENED('g')}
    AND NOT ${DORMANT} AND NOT ${EXPIRED('m.member_id')}
  UNION SELECT g.principal_id, n.project_id FROM project_version n CROSS JOIN project o ON o.id = n.project_id
    CROSS JOIN grant g INDEXED BY grant_carrying ON g.connection_id = o.connection_id AND g.implied_role_raw IS NOT NULL
    CROSS JOIN principal p ON p.id = g.principal_id
    WHERE ${OPENED('n')} AND n.status = 'active' AND ${OPENED('g')} AND p.kind <> 'group' AND NOT ${EXPIRED('g.principal_id')}
  UNION SELECT m.member_id, n.project_id FROM project_version n CROSS JOIN project o ON o.id = n.project_id
    CROSS JOIN grant g INDEXED BY grant_carrying ON g.connection_id = o.connection_id AND g.implied_role_raw IS NOT NULL
    CROSS JOIN membership m ON m.group_id = g.principal_id
    WHERE ${OPENED('n')} AND n.status = 'active' AND ${OPENED('g')} AND ${OPENED('m')} AND NOT ${EXPIRED('m.member_id')}`

/**
 * Everything that a first sync opened is new. It is counted from the indexes, since it may be a whole large register.
 */
function openedIn(reader: Reader, syncIds: readonly number[]): readonly { id: number; count: number }[] {
  const opened = (versions: string, more = ''): string =>
    `SELECT j.value AS id, (SELECT count(*) FROM ${versions} v WHERE ${OPENED('v')} ${more}) AS count FROM json_each(:ids) j`
  return reader.all(
    `${opened('membership')}
     UNION ALL ${opened('principal_version', "AND EXISTS (SELECT 1 FROM principal p WHERE p.id = v.principal_id AND p.kind = 'user')")}
     UNION ALL ${opened('key_version')} UNION ALL ${opened('project_version')} UNION ALL ${opened('limit_version')}
     UNION ALL ${opened('federation_version')} UNION ALL ${opened('certificate_version')}
     UNION ALL SELECT j.value, (SELECT count(*) FROM (${FIRST_ACCESS})) FROM json_each(:ids) j`,
    { ids: idsParam(syncIds) },
  )
}
