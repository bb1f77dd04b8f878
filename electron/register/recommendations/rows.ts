import { z } from 'zod'

import { id, instant } from '../../../shared/contract/common.ts'
import { type RecommendationRow, recommendationRow } from '../../../shared/nouns/recommendations.ts'
import { findProvider } from '../../../shared/domain/providers/providers.ts'
import { USES_BESIDE_RULE } from '../../../shared/domain/recommendations/recommendation.ts'
import { isPrivileged } from '../../../shared/domain/role.ts'
import { CLIENT_REF } from '../clients/client.ts'
import { CONNECTION_REF } from '../connections/connection.ts'
import type { Reader } from '../db/handles.ts'
import { readRows } from '../db/rows.ts'
import { JOIN_OWNER } from '../facts/key-holder.ts'
import { isUsable } from '../facts/key-state.ts'
import { ACCOUNT_LAST_USED_AT, LAST_USED_AT } from '../facts/last-use.ts'
import { RULE_BESIDE, RULE_SINCE, USE_BESIDE_RULE } from './kinds.ts'
import { computeCutoff } from './advice.ts'
import { getKey, type RecommendationRef, toRef } from './list.ts'
import { type Basis, type KeyUse, toWords } from './words.ts'
import { EFFECTIVE_GRANTS } from '../facts/grant-now.ts'

/** A key of an account that workloads use without one. */
const besideRule = z.object({
  workload: z.string(),
  since: instant,
  use: z.enum(USES_BESIDE_RULE),
  usedAt: instant.nullable(),
})

const columns = recommendationRow
  .pick({ client: true, connection: true, principal: true, key: true, project: true, role: true, level: true })
  .extend({
    beside: besideRule.nullable(),
    at: z.number().int(),
    knownAt: instant.nullable(),
    projects: z.number().int(),
  })

const keyUse = z.object({
  principal: id,
  projectId: id.nullable(),
  isAdmin: z.boolean(),
  keys: z.number().int(),
  usedAt: instant.nullable(),
})

/** The name of the project of a role `e` or a key `k`, while it is listed. */
const PROJECT_NAME = 'ifnull(e.project_name, k.project_name)'

/** The subject of an id: a principal, a row of effective access, or a key. */
function asked({ kind, subject }: RecommendationRef): readonly (number | null)[] {
  if (kind === 'member-unused' || kind === 'account-unused') return [subject, null, null]
  return kind === 'key-beside-rule' ? [null, null, subject] : [null, subject, null]
}

/** Recommendations for ids of `recommendationIds`, in the order given; outdated ones are left out. Two statements. */
export function recommendationRows(reader: Reader, ids: readonly number[], now: number): RecommendationRow[] {
  const refs = ids.map(toRef)
  const rows = readRows(
    reader,
    columns,
    `SELECT j.key AS at, ${CLIENT_REF}, ${CONNECTION_REF}, p.id AS "principal.id", p.kind AS "principal.kind",
       p.display_name AS "principal.name", p.person_id AS "principal.personId",
       ${ACCOUNT_LAST_USED_AT} AS knownAt, iif(${PROJECT_NAME} IS NULL, NULL, ifnull(e.project_id, k.project_id)) AS "project.id",
       ifnull(${PROJECT_NAME}, '') AS "project.name", k.id AS "key.id",
       ifnull(k.name, '') AS "key.name", (SELECT f.workload FROM ${RULE_BESIDE} ORDER BY f.id LIMIT 1) AS "beside.workload", ifnull(${RULE_SINCE}, 0) AS "beside.since", ${USE_BESIDE_RULE} AS "beside.use",
       ${LAST_USED_AT} AS "beside.usedAt",
       CASE WHEN e.id IS NOT NULL THEN e.role_raw WHEN k.id IS NULL THEN p.role_raw END AS role,
       CASE WHEN e.id IS NOT NULL THEN e.level WHEN k.id IS NULL THEN p.level END AS level,
       (SELECT count(DISTINCT x.project_id) FROM ${EFFECTIVE_GRANTS} x
        WHERE x.principal_id = p.id AND x.project_id IS NOT NULL AND x.via_role IS NULL) AS projects
     FROM json_each(:asked) j LEFT JOIN ${EFFECTIVE_GRANTS} e ON e.id = j.value ->> 1
     LEFT JOIN key_ref k ON k.id = j.value ->> 2 ${JOIN_OWNER}
     CROSS JOIN account_ref p ON p.id = coalesce(j.value ->> 0, e.principal_id, o.id)
     CROSS JOIN connection cn ON cn.id = p.connection_id CROSS JOIN client c ON c.id = cn.client_id ORDER BY j.key`,
    { asked: JSON.stringify(refs.map(asked)), now },
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
    `SELECT p.id AS principal, k.project_id AS projectId, k.kind = 'admin' AS isAdmin, count(*) AS keys, max(k.last_used_at) AS usedAt
     FROM json_each(:principals) j CROSS JOIN principal p ON p.id = j.value
     CROSS JOIN reported_key_row k ON k.owner_external_id = p.external_id AND +k.connection_id = p.connection_id
     WHERE ${isUsable('k')} GROUP BY 1, 2, 3`,
    { principals: JSON.stringify(principals), now },
  )
  return Map.groupBy(uses, (use) => use.principal)
}

function toRow(
  { knownAt, projects, beside, ...row }: Omit<z.infer<typeof columns>, 'at'>,
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
    beside: row.key === null || beside === null ? null : { ...beside, name: row.key.name },
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
    remediation:
      row.key === null
        ? toRemediation(basis, words.enough, row.principal.id)
        : { action: endOfKey(row.connection.provider), subject: { kind: 'key', id: row.key.id }, values: {} },
  }
}

/** A key that is disabled can be enabled again, where the provider has that. */
function endOfKey(provider: string): RecommendationRow['remediation']['action'] {
  return findProvider(provider)?.canDisableKey === true ? 'key-disable' : 'key-delete'
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
