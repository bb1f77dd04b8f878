import { z } from 'zod'

import { id, instant } from '../../../shared/contract/common.ts'
import { type RecommendationRow, recommendationRow } from '../../../shared/contract/recommendations.ts'
import { isPrivileged } from '../../../shared/domain/role.ts'
import { CLIENT_REF } from '../clients/client.ts'
import { CONNECTION_REF } from '../connections/connection.ts'
import type { Reader } from '../db/handles.ts'
import { readRows } from '../db/rows.ts'
import { USABLE } from '../facts/key-state.ts'
import { computeCutoff, getKey, toRef } from './list.ts'
import { type Basis, type KeyUse, toWords } from './words.ts'

const columns = recommendationRow
  .pick({ client: true, connection: true, principal: true, project: true, role: true, level: true })
  .extend({ at: z.number().int(), knownAt: instant.nullable(), projects: z.number().int() })

const keyUse = z.object({
  principal: id,
  projectId: id.nullable(),
  isAdmin: z.boolean(),
  keys: z.number().int(),
  usedAt: instant.nullable(),
})

const BY_PRINCIPAL = ['member-unused', 'account-unused']

/** Recommendations for ids of `recommendationIds`, in the order given; outdated ones are left out. Two statements. */
export function recommendationRows(reader: Reader, ids: readonly number[], now: number): RecommendationRow[] {
  const refs = ids.map(toRef)
  const asked = refs.map(({ kind, subject }) => (BY_PRINCIPAL.includes(kind) ? [subject, null] : [null, subject]))
  const rows = readRows(
    reader,
    columns,
    `SELECT j.key AS at, ${CLIENT_REF}, ${CONNECTION_REF}, p.id AS "principal.id", p.kind AS "principal.kind",
       coalesce(nullif(a.name, ''), a.email, p.external_id) AS "principal.name", p.person_id AS "principal.personId",
       p.last_used_at AS knownAt, e.project_id AS "project.id", ifnull(n.name, '') AS "project.name",
       CASE WHEN e.id IS NULL THEN a.role_raw ELSE e.role_raw END AS role,
       CASE WHEN e.id IS NULL THEN a.level ELSE e.level END AS level,
       (SELECT count(DISTINCT x.project_id) FROM effective_access x
        WHERE x.principal_id = p.id AND x.project_id IS NOT NULL AND x.via_role IS NULL) AS projects
     FROM json_each(:asked) j LEFT JOIN effective_access e ON e.id = j.value ->> 1
     CROSS JOIN principal p ON p.id = ifnull(j.value ->> 0, e.principal_id)
     LEFT JOIN principal_version a ON a.principal_id = p.id AND a.to_sync IS NULL
     LEFT JOIN project_version n ON n.project_id = e.project_id AND n.to_sync IS NULL
     CROSS JOIN connection cn ON cn.id = p.connection_id CROSS JOIN client c ON c.id = cn.client_id ORDER BY j.key`,
    { asked: JSON.stringify(asked) },
  )
  const uses = keyUses(reader, [...new Set(rows.map((row) => row.principal.id))], now)
  return rows.flatMap(({ at, ...row }) => {
    const ref = refs[at]
    return ref === undefined ? [] : [toRow(row, ref, uses.get(row.principal.id) ?? [], now)]
  })
}

/** Usable keys of some principals, by project. */
function keyUses(reader: Reader, principals: readonly number[], now: number): ReadonlyMap<number, readonly KeyUse[]> {
  const uses = readRows(
    reader,
    keyUse,
    `SELECT p.id AS principal, v.project_id AS projectId, v.kind = 'admin' AS isAdmin, count(*) AS keys, max(k.last_used_at) AS usedAt
     FROM json_each(:principals) j CROSS JOIN principal p ON p.id = j.value
     CROSS JOIN key_version v ON v.owner_external_id = p.external_id AND v.to_sync IS NULL
     CROSS JOIN key k ON k.id = v.key_id AND +k.connection_id = p.connection_id
     WHERE ${USABLE} GROUP BY 1, 2, 3`,
    { principals: JSON.stringify(principals), now },
  )
  return Map.groupBy(uses, (use) => use.principal)
}

function toRow(
  { knownAt, projects, ...row }: Omit<z.infer<typeof columns>, 'at'>,
  ref: ReturnType<typeof toRef>,
  keys: readonly KeyUse[],
  now: number,
): RecommendationRow {
  const basis: Basis = {
    kind: ref.kind,
    provider: row.connection.provider,
    isService: row.principal.kind === 'service-account',
    isPrivileged: row.level !== null && isPrivileged(row.level),
    role: row.role,
    project: row.project,
    knownAt,
    projects,
    keys,
    cutoff: computeCutoff(now),
  }
  const words = toWords(basis)
  return {
    ...row,
    rowKey: getKey(ref),
    kind: ref.kind,
    sure: ref.sure,
    ...words,
    remediation: toRemediation(basis, words.enough, row.principal.id),
  }
}

function toRemediation({ kind, project }: Basis, enough: string | null, id: number): RecommendationRow['remediation'] {
  const subject = { kind: 'principal' as const, id }
  const values = {
    ...(project === null ? {} : { projectId: project.id }),
    ...(enough === null ? {} : { role: enough }),
  }
  if (kind === 'account-unused') return { action: 'service-account-delete', subject, values }
  if (project === null) return { action: enough === null ? 'member-remove' : 'member-role', subject, values }
  return { action: enough === null ? 'project-member-remove' : 'project-member-role', subject, values }
}
