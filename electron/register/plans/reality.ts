import type {
  RealAccount,
  RealKey,
  RealLimit,
  RealMembership,
  RealOrganization,
  RealPart,
  RealPerson,
} from '../../../shared/domain/plans/drift-reality.ts'
import { nameKey } from '../../../shared/domain/text/names.ts'
import { isProviderId } from '../../../shared/domain/providers/providers.ts'
import type { Level } from '../../../shared/domain/role.ts'
import { ORGANIZATION_ID, ORGANIZATION_NAME } from '../facts/organization.ts'
import type { Reader } from '../db/handles.ts'
import { isExpiredInvite } from '../facts/invite-state.ts'
import { isUsable } from '../facts/key-state.ts'
import { LIMITS, SPENDS_MONTH } from '../facts/limits.ts'
import { EFFECTIVE_GRANTS } from '../facts/grant-now.ts'

/** Connections of a client that a plan can cover, as SQL; `:client` is the client's id. */
const OWN = `SELECT id FROM connection WHERE client_id = :client AND removed_at IS NULL`

/** The reality of the client's connections as of an instant, in a few statements whatever its size. */
export function readReality(reader: Reader, clientId: number, now: number): RealOrganization[] {
  const client = { client: clientId }
  const unread = unreadParts(reader, client)
  const limits = listLimits(reader, client)
  const projects = Map.groupBy(listProjects(reader, client), (row) => row.connectionId)
  const accounts = listAccounts(reader, { ...client, now })
  const keys = listKeys(reader, { ...client, now })
  const people = listPeople(reader, { ...client, now })
  return reader
    .all<{
      readonly id: number
      readonly provider: string
      readonly label: string
      readonly organizationId: string | null
      readonly organizationName: string | null
      readonly isRead: number
    }>(
      `SELECT cn.id, cn.provider, cn.label, ${ORGANIZATION_ID} AS organizationId, ${ORGANIZATION_NAME} AS organizationName,
         EXISTS (SELECT 1 FROM sync y WHERE y.connection_id = cn.id AND y.state IN ('complete', 'partial')) AS isRead
       FROM connection cn WHERE cn.id IN (${OWN}) ORDER BY cn.id`,
      client,
    )
    .flatMap((row) =>
      isProviderId(row.provider)
        ? [
            {
              connectionId: row.id,
              provider: row.provider,
              label: row.label,
              names: [row.label, row.organizationName, row.organizationId].filter((name) => name !== null),
              isRead: row.isRead === 1,
              unread: unread.get(row.id) ?? [],
              limits: limits.get(`${row.id} 0`) ?? [],
              projects: (projects.get(row.id) ?? []).map((project) => ({
                id: project.id,
                name: project.name,
                formerNames: JSON.parse(project.formerNames) as string[],
                isDefault: project.isDefault === 1,
                limits: limits.get(`${row.id} ${project.id}`) ?? [],
                accounts: accounts.get(project.id) ?? [],
                keys: keys.get(project.id) ?? [],
              })),
              people: people.get(row.id) ?? [],
            },
          ]
        : [],
    )
}

type Client = { readonly client: number }
type ClientNow = Client & { readonly now: number }

const PARTS: Readonly<Record<RealPart, readonly string[]>> = {
  projects: ['projects'],
  people: [
    'users',
    'invites',
    'groups',
    'group-users',
    'project-users',
    'project-user-roles',
    'project-groups',
    'project-group-roles',
  ],
  keys: ['project-keys', 'keys', 'project-service-accounts'],
  limits: ['spend-limits', 'project-spend-limits'],
  alerts: ['spend-alerts', 'project-spend-alerts'],
}

/**
 * Parts that the last complete or partial sync did not read completely; lists inside archived projects do not count.
 */
function unreadParts(reader: Reader, client: Client): ReadonlyMap<number, readonly RealPart[]> {
  const rows = reader.all<{ readonly connectionId: number; readonly source: string; readonly complete: number }>(
    `SELECT y.connection_id AS connectionId, s.source, min(s.state = 'complete') AS complete FROM sync y
     JOIN sync_source s ON s.sync_id = y.id
     WHERE y.id IN (SELECT max(x.id) FROM sync x WHERE x.connection_id IN (${OWN})
         AND x.state IN ('complete', 'partial') GROUP BY x.connection_id)
       AND (s.project = '' OR EXISTS (SELECT 1 FROM project_row n WHERE n.connection_id = y.connection_id
         AND n.external_id = s.project AND n.status = 'active'))
     GROUP BY y.connection_id, s.source`,
    client,
  )
  const parts = Object.entries(PARTS) as [RealPart, readonly string[]][]
  return new Map(
    [...Map.groupBy(rows, (row) => row.connectionId)].map(([connection, sources]) => {
      const isRead = (part: readonly string[]): boolean => {
        const own = sources.filter(({ source }) => part.includes(source))
        // An organization without projects has no project lists.
        const listed = own.length > 0 || sources.some(({ source, complete }) => source === 'projects' && complete === 1)
        return listed && own.every(({ complete }) => complete === 1)
      }
      return [connection, parts.filter(([, part]) => !isRead(part)).map(([name]) => name)]
    }),
  )
}

/** Monthly limits, by connection and project (0 for the organization's). */
function listLimits(reader: Reader, client: Client): ReadonlyMap<string, readonly RealLimit[]> {
  const rows = reader.all<RealLimit & { readonly place: string }>(
    `SELECT l.connection_id || ' ' || ifnull(l.project_id, 0) AS place, l.enforcement, l.amount FROM ${LIMITS} l
     WHERE l.connection_id IN (${OWN}) AND ${SPENDS_MONTH} AND l.to_sync IS NULL
     ORDER BY l.enforcement DESC, l.amount, l.id`,
    client,
  )
  return grouped(
    rows,
    (row) => row.place,
    ({ enforcement, amount }) => ({ enforcement, amount }),
  )
}

function grouped<K, Row, T>(
  rows: readonly Row[],
  by: (row: Row) => K,
  as: (row: Row) => T,
): ReadonlyMap<K, readonly T[]> {
  return new Map([...Map.groupBy(rows, by)].map(([key, own]) => [key, own.map(as)]))
}

interface ProjectColumns {
  readonly id: number
  readonly connectionId: number
  readonly name: string
  readonly isDefault: number
  /** As JSON. */
  readonly formerNames: string
}

function listProjects(reader: Reader, client: Client): readonly ProjectColumns[] {
  return reader.all<ProjectColumns>(
    `SELECT n.id, n.connection_id AS connectionId, n.name, n.is_default AS isDefault,
       (SELECT json_group_array(DISTINCT v.name) FROM project_version v WHERE v.project_id = n.id AND v.name <> n.name) AS formerNames
     FROM project_row n WHERE n.connection_id IN (${OWN}) AND n.status = 'active' ORDER BY n.id`,
    client,
  )
}

/** By project. */
function listAccounts(reader: Reader, client: ClientNow): ReadonlyMap<number, readonly RealAccount[]> {
  const rows = reader.all<{ readonly id: number; readonly name: string; readonly projectId: number }>(
    `SELECT DISTINCT p.id, ifnull(p.name, p.external_id) AS name, g.project_id AS projectId FROM account_row p
     JOIN ${EFFECTIVE_GRANTS} g ON g.principal_id = p.id AND g.via = 'direct' AND g.project_id IS NOT NULL
     WHERE p.connection_id IN (${OWN}) AND p.kind = 'service-account' ORDER BY p.id`,
    client,
  )
  return grouped(
    rows,
    (row) => row.projectId,
    ({ id, name }) => ({ id, name }),
  )
}

/** Keys that can be used, or enabled again, by project. */
function listKeys(reader: Reader, client: ClientNow): ReadonlyMap<number, readonly RealKey[]> {
  const rows = reader.all<{
    readonly id: number
    readonly projectId: number
    readonly name: string
    readonly logicalName: string
    readonly account: number | null
    readonly environment: string | null
    readonly purpose: string | null
  }>(
    `SELECT k.id, k.project_id AS projectId, k.name, k.logical_name AS logicalName, p.id AS account, k.environment, k.purpose
     FROM key_row k LEFT JOIN principal p ON p.connection_id = k.connection_id AND p.external_id = k.owner_external_id
       AND p.kind = 'service-account'
     WHERE k.connection_id IN (${OWN}) AND k.kind <> 'admin' AND k.tool IS NULL AND ${isUsable('k')}
       AND k.project_id IS NOT NULL ORDER BY k.id`,
    client,
  )
  return grouped(
    rows,
    (row) => row.projectId,
    ({ id, name, logicalName, account, environment, purpose }) => ({
      id,
      name,
      logicalName,
      account,
      environment,
      purpose,
    }),
  )
}

/** Members and pending invites, by connection. */
function listPeople(reader: Reader, client: ClientNow): ReadonlyMap<number, readonly RealPerson[]> {
  const memberships = listMemberships(reader, client)
  const addresses = listAddresses(reader, client)
  const rows = reader.all<{
    readonly id: number
    readonly connectionId: number
    readonly kind: 'user' | 'invite'
    readonly name: string | null
    readonly email: string | null
    readonly externalId: string
    readonly roleRaw: string | null
    readonly level: Level | null
  }>(
    `SELECT p.id, p.connection_id AS connectionId, p.kind, p.name, p.email, p.external_id AS externalId, p.role_raw AS roleRaw, p.level FROM account_row p
     WHERE p.connection_id IN (${OWN}) AND (p.kind = 'user' OR (p.kind = 'invite' AND p.status = 'pending'))
       AND NOT ${isExpiredInvite('p')} ORDER BY p.id`,
    client,
  )
  return grouped(
    rows,
    (row) => row.connectionId,
    (row) => ({
      id: row.id,
      isInvite: row.kind === 'invite',
      name: row.name ?? row.email ?? row.externalId,
      addresses: [...new Set([...(row.email === null ? [] : [nameKey(row.email)]), ...(addresses.get(row.id) ?? [])])],
      roleRaw: row.roleRaw,
      level: row.level,
      projects: memberships.get(row.id) ?? [],
    }),
  )
}

/** All addresses of the person behind a principal. */
function listAddresses(reader: Reader, client: Client): ReadonlyMap<number, readonly string[]> {
  const rows = reader.all<{ readonly id: number; readonly address: string }>(
    `SELECT p.id, a.address FROM principal p JOIN person_address a ON a.person_id = p.person_id
     WHERE p.connection_id IN (${OWN}) ORDER BY p.id, a.address`,
    client,
  )
  return grouped(
    rows,
    (row) => row.id,
    (row) => nameKey(row.address),
  )
}

/** Roles in projects by principal, except those that an organization role implies. */
function listMemberships(reader: Reader, client: ClientNow): ReadonlyMap<number, readonly RealMembership[]> {
  const rows = reader.all<{
    readonly principalId: number
    readonly projectId: number
    readonly roleRaw: string
    readonly level: Level
    readonly direct: number
  }>(
    `SELECT e.principal_id AS principalId, e.project_id AS projectId, e.role_raw AS roleRaw, e.level, e.via = 'direct' AS direct
     FROM ${EFFECTIVE_GRANTS} e WHERE e.connection_id IN (${OWN}) AND e.project_id IS NOT NULL AND e.via IN ('direct', 'group')
     ORDER BY 1, 2, 5 DESC, 3`,
    client,
  )
  return grouped(
    rows,
    (row) => row.principalId,
    (row) => ({ projectId: row.projectId, roleRaw: row.roleRaw, level: row.level, direct: row.direct === 1 }),
  )
}
