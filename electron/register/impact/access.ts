import { z } from 'zod'

import { principalKind } from '../../../shared/contract/access.ts'
import { id, level } from '../../../shared/contract/common.ts'
import { type ImpactRow, impactRow } from '../../../shared/contract/impact.ts'
import type { AdminGap } from '../../../shared/domain/impact/says.ts'
import { LEVEL_RANK } from '../access/access.ts'
import { CLIENT_REF } from '../clients/client.ts'
import { CONNECTION_REF } from '../connections/connection.ts'
import type { Reader } from '../db/handles.ts'
import { readRows } from '../db/rows.ts'
import { idsParam } from '../db/scope.ts'
import { ACCOUNT_LAST_USED_AT } from '../facts/last-use.ts'
import { NAMES } from './keys.ts'
import { LAST_NAME, principalsParam, type SubjectFacts } from './subject.ts'
import { EFFECTIVE_GRANTS, PRIVILEGED_GRANTS } from '../facts/grant-now.ts'

const columns = impactRow.pick({ id: true, client: true, connection: true, project: true, lastUsedAt: true }).extend({
  principalId: id,
  who: z.string(),
  principalKind,
  role: z.string(),
  level,
  viaGroup: z.string().nullable(),
  /** Who acts as the account by federation; null for another path. */
  workload: z.string().nullable(),
})
type Columns = z.infer<typeof columns>

/** The project access that an organization role implies ends with that role, and is not repeated for each project. */
const OWN = `(e.via_role IS NULL OR e.via = 'federation')`

const COLUMNS = `e.id, ${CLIENT_REF}, ${CONNECTION_REF}, e.project_id AS "project.id", ifnull(e.project_name, '') AS "project.name",
  ${ACCOUNT_LAST_USED_AT} AS lastUsedAt, e.principal_id AS principalId, ${LAST_NAME} AS who,
  p.kind AS principalKind, e.role_raw AS role, e.level, e.group_name AS viaGroup, CASE e.via WHEN 'federation' THEN e.via_role END AS workload`

const AROUND = `JOIN principal p ON p.id = e.principal_id JOIN connection cn ON cn.id = e.connection_id JOIN client c ON c.id = cn.client_id`

const ORDER = `ORDER BY ${LEVEL_RANK('e.level')}, e.project_id IS NOT NULL, e.id`

/** The roles, members and invites that the removal touches, strongest first. One statement; none for a key. */
export function listAccess(reader: Reader, subject: SubjectFacts, now: number): ImpactRow[] {
  const asked = source(subject)
  if (asked === null) return []
  return readRows(reader, columns, `SELECT ${COLUMNS} FROM ${asked.from} ${AROUND} WHERE ${asked.where} ${ORDER}`, {
    ...asked.params,
    now,
  }).map((row) => toRow(row, subject))
}

function source(subject: SubjectFacts) {
  if (subject.projectId !== null) {
    return {
      from: `${EFFECTIVE_GRANTS} e`,
      where: `e.project_id = :project AND ${OWN}`,
      params: { project: subject.projectId },
    }
  }
  if (subject.groups.length > 0) {
    // Searched by the members of the group: an index on the group would serve only this query.
    const from = `json_each(:groups) j CROSS JOIN membership m ON m.group_id = j.value AND m.to_sync IS NULL
      CROSS JOIN ${EFFECTIVE_GRANTS} e ON e.principal_id = m.member_id AND e.via_group_id = m.group_id`
    return { from, where: OWN, params: { groups: JSON.stringify(subject.groups) } }
  }
  if (subject.principals.length === 0) return null
  const from = `json_each(:principals) j CROSS JOIN ${EFFECTIVE_GRANTS} e ON e.principal_id = j.value`
  return { from, where: OWN, params: { principals: principalsParam(subject) } }
}

function toRow(row: Columns, subject: SubjectFacts): ImpactRow {
  const kind = getKind(row, subject)
  return {
    kind,
    id: kind === 'access' || kind === 'workload' ? row.id : row.principalId,
    name: getName(row, subject, kind),
    client: row.client,
    connection: row.connection,
    project: row.project,
    role: row.role,
    level: row.level,
    effect: 'dies',
    because: explainEffect(row, kind),
    // The last use of the account; the use of a role on a project is not reported.
    lastUsedAt: kind === 'access' && row.project !== null ? null : row.lastUsedAt,
    service: null,
    environment: null,
    cost30Micros: null,
    alsoHeldBy: [],
    alsoHeldByCount: 0,
  }
}

function getKind(row: Columns, { projectId }: SubjectFacts): Exclude<ImpactRow['kind'], 'key'> {
  if (row.workload !== null) return 'workload'
  if (row.principalKind === 'invite') return 'invite'
  return projectId === null ? 'access' : 'member'
}

function getName(row: Columns, subject: SubjectFacts, kind: ImpactRow['kind']): string {
  if (row.workload !== null) return row.workload
  if (kind === 'member' || kind === 'invite' || subject.groups.length > 0) return row.who
  return row.project?.name ?? row.connection.label
}

function explainEffect(row: Columns, kind: ImpactRow['kind']): string {
  if (kind === 'invite') return 'An invite that was not accepted gives no access once it is deleted.'
  if (kind === 'workload') return `They act as ${row.who} by a federation rule, without a key.`
  if (kind === 'member') return 'An archived project has no members; they remain in the organization.'
  return row.viaGroup === null
    ? 'The role ends with the membership.'
    : `The role is granted through the group “${row.viaGroup}”.`
}

interface Others {
  readonly at: number
  readonly count: number
  readonly names: string
}

/**
 * The same rows with the other holders of the role: principals whose role on the same project or organization has the same
 * level, each counted once. One statement for roles on projects and one for roles on organizations.
 */
export function withOthers(
  reader: Reader,
  rows: readonly ImpactRow[],
  subject: SubjectFacts,
  now: number,
): ImpactRow[] {
  const asked = rows.flatMap((row, at) => (row.kind === 'access' ? { at, row } : []))
  if (asked.length === 0 || subject.groups.length > 0) return [...rows]
  const params = {
    now,
    going: principalsParam(subject),
    asked: JSON.stringify(
      asked.map(({ at, row }) => [at, row.connection.id, row.project?.id ?? null, row.level, row.role]),
    ),
  }
  const others = new Map(
    [PROJECT_OTHERS, ORGANIZATION_OTHERS]
      .flatMap((sql) => reader.all<Others>(sql, params))
      .map((each) => [each.at, each]),
  )
  return rows.map((row, at) => {
    const found = others.get(at)
    if (found === undefined) return row
    const names = JSON.parse(found.names) as string[]
    return { ...row, alsoHeldBy: names, alsoHeldByCount: found.count }
  })
}

/** The role `e` is as strong as the one that is asked. Owner and admin are one; a custom role is known by its word alone. */
const AS_STRONG = `CASE WHEN asked.level IN ('owner', 'admin') THEN e.level IN ('owner', 'admin')
    WHEN asked.level = 'other' THEN e.level = 'other' AND e.role_raw = asked.role ELSE e.level = asked.level END`

/** A principal that holds a role by several paths counts once; the first few are named. */
const OTHERS = (
  project: string,
  on: string,
): string => `WITH asked (at, connection_id, project_id, level, role) AS MATERIALIZED (
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM json_each(:asked)),
  holder AS (
    SELECT DISTINCT asked.at, e.principal_id FROM asked CROSS JOIN ${EFFECTIVE_GRANTS} e ON ${on} AND ${AS_STRONG}
    JOIN principal p ON p.id = e.principal_id AND p.kind <> 'invite'
    WHERE asked.project_id IS ${project} NULL AND e.principal_id NOT IN (SELECT value FROM json_each(:going))),
  numbered AS (
    SELECT at, principal_id, count(*) OVER (PARTITION BY at) AS count, row_number() OVER (PARTITION BY at ORDER BY principal_id) AS place
    FROM holder)
  SELECT at, count, json_group_array(${LAST_NAME} ORDER BY place) AS names
  FROM numbered JOIN principal p ON p.id = numbered.principal_id WHERE place <= ${NAMES} GROUP BY at`

const PROJECT_OTHERS = OTHERS('NOT', 'e.project_id = asked.project_id')
const ORGANIZATION_OTHERS = OTHERS('', 'e.connection_id = asked.connection_id AND e.project_id IS NULL')

/** What of the organization roles `e` a removal ends: those of the removed principals, or those by a removed group. */
const ENDS = (e: string): string =>
  `(${e}.principal_id IN (SELECT value FROM json_each(:principals)) OR ${e}.via_group_id IN (SELECT value FROM json_each(:groups)))`

/** A role by which an account, not an invite, administers its organization. */
const ADMINISTERS = (e: string, p: string): string =>
  `${e}.level IN ('owner', 'admin') AND ${e}.project_id IS NULL AND ${p}.kind <> 'invite'`

/** The lists of users, and those that give users their roles in the organization. */
const USER_LISTS = `('users', 'people-file', 'register-file')`
const ROLE_LISTS = `('user-roles', 'groups', 'group-users', 'group-roles')`

/** Whether the last sync that read a list of the users of a connection read all of them, with their roles. */
function hasReadUsers(connection: string): string {
  const last = `(SELECT y.id FROM sync y WHERE y.connection_id = ${connection}
     AND EXISTS (SELECT 1 FROM sync_source s WHERE s.sync_id = y.id AND s.source IN ${USER_LISTS}) ORDER BY y.id DESC LIMIT 1)`
  return `EXISTS (SELECT 1 FROM sync_source s WHERE s.sync_id = ${last} AND s.source IN ${USER_LISTS} AND s.state = 'complete')
     AND NOT EXISTS (SELECT 1 FROM sync_source s WHERE s.sync_id = ${last} AND s.state NOT IN ('complete', 'unavailable')
       AND (s.source IN ${USER_LISTS} OR s.source IN ${ROLE_LISTS}))`
}

/**
 * The connections in which the removal ends the last known role of level owner or admin, whatever the provider calls it, and
 * whether all roles are known there.
 */
export function listUnadministered(reader: Reader, { principals, groups }: SubjectFacts, now: number): AdminGap[] {
  if (principals.length + groups.length === 0) return []
  const rows = reader.all<{ readonly label: string; readonly isRead: 0 | 1 }>(
    `SELECT cn.label, ${hasReadUsers('cn.id')} AS isRead FROM connection cn WHERE cn.id IN (SELECT a.connection_id FROM principal a
         WHERE a.id IN (SELECT value FROM json_each(:principals) UNION ALL SELECT value FROM json_each(:groups)))
       AND EXISTS (SELECT 1 FROM ${PRIVILEGED_GRANTS} e CROSS JOIN principal p ON p.id = e.principal_id
         WHERE e.connection_id = cn.id AND ${ADMINISTERS('e', 'p')} AND ${ENDS('e')})
       AND NOT EXISTS (SELECT 1 FROM ${PRIVILEGED_GRANTS} o CROSS JOIN principal q ON q.id = o.principal_id
         WHERE o.connection_id = cn.id AND ${ADMINISTERS('o', 'q')} AND NOT ifnull(${ENDS('o')}, 0))
     ORDER BY cn.id`,
    { principals: idsParam(principals), groups: idsParam(groups), now },
  )
  return rows.map(({ label, isRead }) => ({ label, isRead: isRead === 1 }))
}
