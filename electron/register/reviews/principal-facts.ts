import { z } from 'zod'

import { instant, level } from '../../../shared/contract/common.ts'
import { type ItemFacts, itemFacts } from '../../../shared/contract/reviews.ts'
import { ROLE_PATHS, type RoleVia } from '../../../shared/domain/access/role-path.ts'
import { isPrivileged, type Level, levelRank } from '../../../shared/domain/role.ts'
import { CONNECTION_REF } from '../connections/connection.ts'
import type { Reader } from '../db/handles.ts'
import { EMPLOYMENT, listFindings, JOIN_PROJECT, type Part, type FrozenItem } from './facts.ts'
import { readRows } from '../db/rows.ts'
import { ACCOUNT_LAST_USED_AT } from '../facts/last-use.ts'
import { PROJECT_REF } from '../facts/project-ref.ts'
import { EFFECTIVE_GRANTS } from '../facts/grant-now.ts'

const columns = itemFacts
  .pick({ personId: true, employment: true, connection: true, project: true, roleBefore: true })
  .extend({
    position: z.number().int(),
    principal: itemFacts.shape.principal.unwrap(),
    roleRaw: z.string().nullable(),
    level: level.nullable(),
    addedAt: instant.nullable(),
    lastUsedAt: instant.nullable(),
  })

interface Path {
  readonly position: number
  readonly roleRaw: string
  readonly level: Level
  readonly via: RoleVia
  readonly viaRole: string | null
  readonly groupName: string | null
  readonly grantedAt: number | null
}

/** Items about principals of a part of the population, with their facts. */
export function principalItems(reader: Reader, part: Part): FrozenItem[] {
  const { from, to } = part
  const rows = readRows(
    reader,
    columns,
    `SELECT i.position, ${CONNECTION_REF}, ${PROJECT_REF}, ${EMPLOYMENT}, p.id AS "principal.id", p.kind AS "principal.kind",
       p.external_id AS "principal.externalId", v.name AS "principal.name", v.email AS "principal.email",
       ifnull(v.status, 'unknown') AS "principal.status", p.person_id AS personId, ${ACCOUNT_LAST_USED_AT} AS lastUsedAt, v.role_raw AS roleRaw,
       v.level, v.added_at AS addedAt, b.role AS roleBefore
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
  const paths = listPaths(reader, part)
  const findings = listFindings(reader, part)
  return rows.map((row) => toItem(row, paths.get(row.position) ?? [], findings.get(row.position) ?? []))
}

/** Every path of each item: to the project, or to the organization. */
function listPaths(reader: Reader, { from, to, at }: Part): ReadonlyMap<number, readonly Path[]> {
  const rows = reader.all<Path>(
    `SELECT i.position, e.role_raw AS roleRaw, e.level, e.via, e.via_role AS viaRole, e.granted_at AS grantedAt,
       (SELECT ifnull(g.name, g.external_id) FROM account_ref g WHERE g.id = e.via_group_id) AS groupName
     FROM temp.review_population i
     CROSS JOIN ${EFFECTIVE_GRANTS} e
       ON e.principal_id = i.principal_id AND e.project_id IS i.project_id
     WHERE i.position BETWEEN :from AND :to`,
    { from, to, now: at },
  )
  return Map.groupBy(rows.toSorted(strongestFirst), (row) => row.position)
}

/** Among equals the direct path comes first. */
function strongestFirst(a: Path, b: Path): number {
  return levelRank(a.level) - levelRank(b.level) || ROLE_PATHS.indexOf(a.via) - ROLE_PATHS.indexOf(b.via)
}

function toItem(row: z.infer<typeof columns>, paths: readonly Path[], findings: ItemFacts['findings']): FrozenItem {
  const { position, principal, personId, employment, connection, project, roleBefore, lastUsedAt } = row
  // Only what is held here is decided here, not project access that an organization role implies.
  const held = paths.find((path) => path.viaRole === null)
  const reported = project === null && row.roleRaw !== null && row.level !== null
  const roleNow = held
    ? { raw: held.roleRaw, level: held.level }
    : reported
      ? { raw: row.roleRaw ?? '', level: row.level ?? ('other' as const) }
      : null
  const facts: ItemFacts = {
    principal,
    key: null,
    personId,
    employment,
    connection,
    project,
    roleNow,
    roleBefore,
    paths: paths.map((path) => ({
      via: path.via,
      name: path.groupName ?? path.viaRole,
      role: { raw: path.roleRaw, level: path.level },
    })),
    privileged: roleNow !== null && isPrivileged(roleNow.level),
    grantedAt: held?.grantedAt ?? (project === null ? row.addedAt : null),
    // Providers report when an account was last used, but not whether it was never used.
    lastUse: lastUsedAt === null ? { state: 'not-reported' } : { state: 'known', at: lastUsedAt },
    cost30Micros: null,
    findings,
  }
  const { name, email, externalId } = principal
  return {
    position,
    connectionId: connection.id,
    name: name === null || name === '' ? (email ?? externalId) : name,
    personId,
    holderName: name,
    holderEmail: email,
    projectName: project?.name ?? null,
    lastUsedAt,
    flagged: findings.length > 0,
    facts,
  }
}
