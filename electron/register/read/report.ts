import type { Moment } from '../../../shared/domain/day.ts'
import { KEY_TEXTS } from '../../../shared/domain/facts.ts'
import { isFileSource, type SourceName } from '../../../shared/domain/source.ts'
import { organizationOrder } from '../../../shared/report/register-document.ts'
import type {
  AccessReading,
  KeyReading,
  OrganizationReading,
  PrincipalReading,
  ProjectReading,
} from '../../../shared/report/register-reading.ts'
import type { SyncSummary } from '../../../shared/contract/connections.ts'
import { listConnections, type StoredConnection } from '../connections/connection.ts'
import { serviceAccountIds, serviceAccountRows } from '../access/service-accounts.ts'
import type { Reader } from '../db/handles.ts'
import { listColumns } from '../db/noun.ts'
import { statusNow } from '../facts/invite-state.ts'
import { END_STATE } from '../facts/key-end.ts'
import { DUE_ON, keyStatus } from '../facts/key-state.ts'
import { ACCOUNT_LAST_USED_AT, LAST_USE, type LastUseColumns, toLastUse } from '../facts/last-use.ts'
import { computeReach } from './reach.ts'
import type { Scope } from '../db/scope.ts'
import { getSync } from '../connections/sync-history.ts'
import { grantState } from '../facts/grant-now.ts'
import { CONCLUDED, readSources } from './sources.ts'

/** The scope of an access register: one client or all, or one connection. */
export interface ReportScope extends Scope {
  readonly connection?: number | undefined
}

/**
 * Runs work over one state of the register, whatever another process writes meanwhile: an unfinished statement holds
 * SQLite's read transaction. The work must be synchronous and must not write.
 */
export function inOneState<T>(reader: Reader, work: () => T): T {
  const hold = reader.iterate('SELECT count(*) FROM meta')
  hold.next()
  try {
    return work()
  } finally {
    hold.return?.()
  }
}

/** Holds one state for pieces that are passed on, until the last piece, or until its reader stops. */
export function* eachInOneState<T>(reader: Reader, work: () => Iterable<T>): Generator<T> {
  const hold = reader.iterate('SELECT count(*) FROM meta')
  hold.next()
  try {
    yield* work()
  } finally {
    hold.return?.()
  }
}

/** Holds one state for work that waits, through a connection that nothing else uses meanwhile. */
export async function inOneStateAsync<T>(reader: Reader, work: () => Promise<T>): Promise<T> {
  const hold = reader.iterate('SELECT count(*) FROM meta')
  hold.next()
  try {
    return await work()
  } finally {
    hold.return?.()
  }
}

/** Connections of a register, in the order in which it shows them. */
export function reportConnections(reader: Reader, scope: ReportScope): StoredConnection[] {
  const connections = listConnections(reader, scope, scope.connection === undefined ? undefined : [scope.connection])
  return connections.sort(organizationOrder)
}

/** True if some connections have more than so many keys and accounts together, removed ones included. */
export function hasMoreThan(reader: Reader, connections: readonly StoredConnection[], most: number): boolean {
  const params = { connections: JSON.stringify(connections.map(({ id }) => id)), most }
  const count = (table: 'key' | 'principal'): number =>
    reader.value<number>(
      `SELECT count(*) FROM (SELECT 1 FROM json_each(:connections) j JOIN ${table} x ON x.connection_id = j.value LIMIT :most + 1)`,
      params,
    ) ?? 0
  return count('key') + count('principal') > most
}

/** Access as lists of projects with the roles on the organization, or as every grant with its path: the other is left empty. */
export type ReportDetail = 'projects' | 'grants'

/** The lists of an organization, which are read one at a time where all of them would need too much memory. */
export type OrganizationPart = 'principals' | 'keys' | 'sources'

/** One organization in its current state, in a few statements whatever its size. */
export function readOrganization(
  reader: Reader,
  connection: StoredConnection,
  detail: ReportDetail,
  moment: Moment,
): OrganizationReading {
  const projects = readProjects(reader, connection)
  return {
    ...readHead(reader, connection),
    principals: readPrincipals(reader, connection, projects, detail, moment),
    keys: readKeys(reader, connection, projects, moment.now),
    roster: detail === 'projects' ? readRoster(reader, connection.id, moment.now) : NOTHING,
    sources: readSources(reader, connection.id),
  }
}

/** One list of an organization, with every grant; the other lists are empty. */
export function readPart(
  reader: Reader,
  connection: StoredConnection,
  part: OrganizationPart,
  moment: Moment,
): OrganizationReading {
  const projects = part === 'sources' ? new Map<number, ProjectRow>() : readProjects(reader, connection)
  return {
    ...readHead(reader, connection),
    principals: part === 'principals' ? readPrincipals(reader, connection, projects, 'grants', moment) : NOTHING,
    keys: part === 'keys' ? readKeys(reader, connection, projects, moment.now) : NOTHING,
    roster: NOTHING,
    sources: part === 'sources' ? readSources(reader, connection.id) : NOTHING,
  }
}

function readHead(reader: Reader, connection: StoredConnection) {
  const latest = latestSync(reader, connection.id)
  return {
    client: { slug: connection.client.slug, name: connection.client.name },
    provider: connection.provider,
    platform: connection.platform,
    organizationId: connection.organizationId,
    label: connection.label,
    snapshot: latest && { id: latest.id, origin: latest.origin, state: latest.state, readAt: latest.finishedAt },
  }
}

function readProjects(reader: Reader, connection: StoredConnection): ReadonlyMap<number, ProjectRow> {
  return new Map(projectRows(reader, connection.id).map((row) => [row.id, row]))
}

function readRoster(reader: Reader, connection: number, now: number): OrganizationReading['roster'] {
  const sort = { by: 'name', direction: 'asc' } as const
  return serviceAccountRows(reader, serviceAccountIds(reader, { connection, sort }, now), now)
}

type ProjectRow = ProjectReading & { readonly id: number }

/** Includes removed projects, with their last name, since a key may still refer to one. */
function projectRows(reader: Reader, connectionId: number): readonly ProjectRow[] {
  return reader.all<ProjectRow>(
    `SELECT p.id, p.external_id AS externalId, p.name, CASE WHEN p.to_sync IS NULL THEN p.status ELSE 'gone' END AS status
     FROM project_last_row p
     WHERE p.connection_id = ?`,
    [connectionId],
  )
}

interface PrincipalRow extends Omit<PrincipalReading, 'isFromFile' | 'isReviewOverdue' | keyof EffectiveAccess> {
  readonly id: number
  readonly source: SourceName
  readonly recordedOverdue: number
}

/** The facts that are derived from the roles of all principals. */
type EffectiveAccess = Pick<PrincipalReading, 'organizationRole' | 'reachesAll' | 'projects' | 'access'>

function readPrincipals(
  reader: Reader,
  { id: connectionId }: StoredConnection,
  projects: ReadonlyMap<number, ProjectReading>,
  detail: ReportDetail,
  moment: Moment,
): PrincipalReading[] {
  const rows = reader.all<PrincipalRow>(
    `SELECT p.id, p.external_id AS externalId, p.kind, p.name, p.email, p.role_raw AS roleRaw, p.level, ${statusNow('p')} AS status,
       p.source, p.added_at AS addedAt, p.expires_at AS expiresAt, ${ACCOUNT_LAST_USED_AT} AS lastUsedAt, p.last_reviewed_on AS lastReviewedOn,
       EXISTS (SELECT 1 FROM review_told_overdue o
         WHERE o.principal_id = p.id AND o.last_reviewed_on IS p.last_reviewed_on) AS recordedOverdue
     FROM account_row p WHERE p.connection_id = :connection AND p.kind <> 'group'`,
    { connection: connectionId, now: moment.now },
  )
  const isWritten = rows.some((row) => isFileSource(row.source))
  const reach = detail === 'projects' ? computeReach(reader, connectionId, projects, isWritten, moment.now) : null
  const access = detail === 'grants' ? listAccess(reader, connectionId, projects, moment.now) : null
  return rows.map((row) => ({
    ...row,
    isFromFile: isFileSource(row.source),
    isReviewOverdue: row.recordedOverdue === 1,
    organizationRole: reach?.roles.get(row.id) ?? null,
    reachesAll: reach?.all.get(row.id) ?? null,
    projects: reach?.projects.get(row.id) ?? NOTHING,
    access: access?.get(row.id) ?? NOTHING,
  }))
}

const NOTHING: readonly never[] = []

function append<T>(lists: Map<number, T[]>, key: number, item: T): void {
  const list = lists.get(key)
  if (list) list.push(item)
  else lists.set(key, [item])
}

interface AccessRow extends Omit<AccessReading, 'project'> {
  readonly principalId: number
  readonly projectId: number | null
}

/** Every path, by principal. */
function listAccess(
  reader: Reader,
  connectionId: number,
  projects: ReadonlyMap<number, ProjectReading>,
  now: number,
): ReadonlyMap<number, readonly AccessReading[]> {
  const rows = reader.all<AccessRow>(
    `SELECT e.principal_id AS principalId, e.project_id AS projectId, e.role_raw AS roleRaw, e.level, e.via,
       CASE WHEN e.via_group_id IS NULL THEN e.via_role ELSE ifnull(e.group_name, p.external_id) END AS viaName, e.granted_at AS grantedAt,
       ${grantState('e')} AS state
     FROM grant_row e
     LEFT JOIN principal p ON p.id = e.via_group_id
     WHERE e.connection_id = :connection`,
    { connection: connectionId, now },
  )
  const lists = new Map<number, AccessReading[]>()
  for (const row of rows) {
    append(lists, row.principalId, {
      ...row,
      project: row.projectId === null ? null : (projects.get(row.projectId) ?? null),
    })
  }
  return lists
}

interface KeyRow extends Omit<KeyReading, 'project' | 'lastUse' | 'isOwnerRemoved'>, LastUseColumns {
  readonly ownerRemoved: 0 | 1
  readonly projectId: number | null
}

function readKeys(
  reader: Reader,
  connection: StoredConnection,
  projects: ReadonlyMap<number, ProjectReading>,
  now: number,
): KeyReading[] {
  // Each table is read once, in the order of its rows, which is that of its pages.
  const sql = `SELECT k.external_id AS externalId, k.kind, k.name, k.hint, ${keyStatus('k')} AS status, k.project_id AS projectId,
      k.owner_state AS ownerState, k.owner_kind AS ownerKind, k.owner_name AS ownerName, k.owner_email AS ownerEmail,
      k.owner_external_id AS ownerExternalId, k.owner_left AS ownerRemoved, k.created_at AS createdAt, ${LAST_USE}, ${listColumns('k', KEY_TEXTS)}, k.expires_at AS expiresAt,
      ${END_STATE(':provider', 'k.')} AS endState,
      k.environment, k.team, k.purpose, k.contact, ${DUE_ON} AS dueOn
    FROM key_row k
    WHERE k.id IN (SELECT i.id FROM key i WHERE i.connection_id = :connection)`
  return reader.all<KeyRow>(sql, { connection: connection.id, provider: connection.provider, now }).map((row) => ({
    ...row,
    project: row.projectId === null ? null : (projects.get(row.projectId) ?? null),
    lastUse: toLastUse(row),
    isOwnerRemoved: row.ownerRemoved === 1,
  }))
}

function latestSync(reader: Reader, connectionId: number): SyncSummary | null {
  const id = reader.value<number | null>(`SELECT max(id) FROM sync WHERE connection_id = ? AND ${CONCLUDED}`, [
    connectionId,
  ])
  return id === undefined || id === null ? null : getSync(reader, id)
}
