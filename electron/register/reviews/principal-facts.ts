import type { ItemFacts } from '../../../shared/contract/reviews.ts'
import { type RoleVia, ROLE_PATHS } from '../../../shared/domain/access/role-path.ts'
import type { PrincipalKind } from '../../../shared/domain/facts.ts'
import { isPrivileged, type Level, levelRank } from '../../../shared/domain/role.ts'
import { CONNECTION_REF, connectionRefOf, type ConnectionRefColumns } from '../connections/connection.ts'
import type { Reader } from '../db/handles.ts'
import {
  EMPLOYMENT,
  type EmploymentColumns,
  employmentOf,
  findingsOf,
  JOIN_PROJECT,
  type Part,
  PROJECT,
  type ProjectColumns,
  projectOf,
} from './facts.ts'
import type { FrozenItem } from './freeze.ts'

interface PrincipalColumns extends ConnectionRefColumns, ProjectColumns, EmploymentColumns {
  readonly position: number
  readonly id: number
  readonly kind: PrincipalKind
  readonly external_id: string
  readonly person_id: number | null
  readonly last_used_at: number | null
  readonly name: string | null
  readonly email: string | null
  readonly status: string | null
  readonly role_raw: string | null
  readonly level: Level | null
  readonly added_at: number | null
  readonly role_before: string | null
}

interface PathColumns {
  readonly position: number
  readonly role_raw: string
  readonly level: Level
  readonly via: RoleVia
  readonly via_role: string | null
  readonly group_name: string | null
  readonly granted_at: number | null
}

/** Items about principals of a part of the population, with their facts. */
export function principalItems(reader: Reader, part: Part): FrozenItem[] {
  const { from, to } = part
  const rows = reader.all<PrincipalColumns>(
    `SELECT i.position, ${CONNECTION_REF}, ${PROJECT}, ${EMPLOYMENT}, p.id, p.kind, p.external_id, p.person_id,
       p.last_used_at, v.name, v.email, v.status, v.role_raw, v.level, v.added_at, b.role AS role_before
     FROM temp.review_population i
     JOIN principal p ON p.id = i.principal_id
     LEFT JOIN principal_version v ON v.principal_id = p.id AND v.to_sync IS NULL
     JOIN connection cn ON cn.id = i.connection_id
     ${JOIN_PROJECT}
     LEFT JOIN employment l ON l.person_id = p.person_id
     LEFT JOIN temp.review_before b ON b.principal_id = i.principal_id AND b.project_id = ifnull(i.project_id, 0)
     WHERE i.position BETWEEN ? AND ?`,
    [from, to],
  )
  if (rows.length === 0) return []
  const paths = pathsOf(reader, part)
  const findings = findingsOf(reader, part)
  return rows.map((row) => itemOf(row, paths.get(row.position) ?? [], findings.get(row.position) ?? []))
}

/** Every way in that each item is about: to the project, or to the organization. */
function pathsOf(reader: Reader, { from, to }: Part): ReadonlyMap<number, readonly PathColumns[]> {
  const rows = reader.all<PathColumns>(
    `SELECT i.position, e.role_raw, e.level, e.via, e.via_role, g.granted_at,
       (SELECT ifnull(gv.name, gp.external_id) FROM principal gp
        LEFT JOIN principal_version gv ON gv.principal_id = gp.id AND gv.to_sync IS NULL WHERE gp.id = e.via_group_id) AS group_name
     FROM temp.review_population i
     CROSS JOIN effective_access e INDEXED BY effective_access_of_principal
       ON e.principal_id = i.principal_id AND e.project_id IS i.project_id
     JOIN grant g ON g.id = e.grant_id
     WHERE i.position BETWEEN ? AND ?`,
    [from, to],
  )
  return Map.groupBy(rows.toSorted(strongestFirst), (row) => row.position)
}

/** Among equals the direct way says most. */
function strongestFirst(a: PathColumns, b: PathColumns): number {
  return levelRank(a.level) - levelRank(b.level) || ROLE_PATHS.indexOf(a.via) - ROLE_PATHS.indexOf(b.via)
}

function itemOf(row: PrincipalColumns, paths: readonly PathColumns[], findings: ItemFacts['findings']): FrozenItem {
  // What is decided here is what is held here: not what an organization role carries into a project.
  const held = paths.find((path) => path.via_role === null)
  const told = row.project_id === null && row.role_raw !== null && row.level !== null
  const roleNow = held
    ? { raw: held.role_raw, level: held.level }
    : told
      ? { raw: row.role_raw ?? '', level: row.level ?? ('other' as const) }
      : null
  const facts: ItemFacts = {
    principal: {
      id: row.id,
      kind: row.kind,
      externalId: row.external_id,
      name: row.name,
      email: row.email,
      status: row.status ?? 'unknown',
    },
    key: null,
    personId: row.person_id,
    employment: employmentOf(row),
    connection: connectionRefOf(row),
    project: projectOf(row),
    roleNow,
    roleBefore: row.role_before === null ? null : (JSON.parse(row.role_before) as ItemFacts['roleBefore']),
    paths: paths.map((path) => ({
      via: path.via,
      name: path.group_name ?? path.via_role,
      role: { raw: path.role_raw, level: path.level },
    })),
    privileged: roleNow !== null && isPrivileged(roleNow.level),
    grantedAt: held?.granted_at ?? (row.project_id === null ? row.added_at : null),
    // Providers tell when an account was used last, and not whether it never was.
    lastUse: row.last_used_at === null ? { state: 'not-reported' } : { state: 'known', at: row.last_used_at },
    cost30Micros: null,
    findings,
  }
  return {
    position: row.position,
    connectionId: row.connection_id,
    principalId: row.id,
    keyId: null,
    projectId: row.project_id,
    name: row.name === null || row.name === '' ? (row.email ?? row.external_id) : row.name,
    personId: row.person_id,
    holderName: row.name,
    holderEmail: row.email,
    projectName: facts.project?.name ?? null,
    lastUsedAt: row.last_used_at,
    flagged: findings.length > 0,
    facts: JSON.stringify(facts),
  }
}
