import type { AdviceRow } from '../../../shared/contract/recommendations.ts'
import type { PrincipalKind } from '../../../shared/domain/facts.ts'
import { isPrivileged, type Level } from '../../../shared/domain/role.ts'
import { CLIENT_REF, clientRefOf, type ClientRefColumns } from '../clients/client.ts'
import { CONNECTION_REF, connectionRefOf, type ConnectionRefColumns } from '../connections/connection.ts'
import type { Reader } from '../db/handles.ts'
import { USABLE } from '../facts/key-state.ts'
import { cutoffOf, keyOf, refOf } from './list.ts'
import { type Basis, type KeyUse, wordsOf } from './words.ts'

interface Columns extends ClientRefColumns, ConnectionRefColumns {
  readonly id: number
  readonly kind: PrincipalKind
  readonly name: string
  readonly person_id: number | null
  readonly known_at: number | null
  readonly project_id: number | null
  readonly project_name: string | null
  readonly role_raw: string | null
  readonly level: Level | null
  readonly projects: number
}

interface KeyUseColumns {
  readonly principal_id: number
  readonly project_id: number | null
  readonly admin: number
  readonly keys: number
  readonly used_at: number | null
}

const BY_PRINCIPAL = ['member-unused', 'account-unused']

/** Advice for ids of `adviceIds`, in the order given; what is not there any more is left out. Two statements. */
export function adviceRows(reader: Reader, ids: readonly number[], now: number): AdviceRow[] {
  const refs = ids.map(refOf)
  const asked = refs.map(({ kind, subject }) => (BY_PRINCIPAL.includes(kind) ? [subject, null] : [null, subject]))
  const rows = reader.all<Columns & { readonly at: number }>(
    `SELECT j.key AS at, p.id, p.kind, coalesce(nullif(a.name, ''), a.email, p.external_id) AS name, p.person_id,
       p.last_used_at AS known_at, e.project_id, n.name AS project_name,
       CASE WHEN e.id IS NULL THEN a.role_raw ELSE e.role_raw END AS role_raw,
       CASE WHEN e.id IS NULL THEN a.level ELSE e.level END AS level,
       (SELECT count(DISTINCT x.project_id) FROM effective_access x
        WHERE x.principal_id = p.id AND x.project_id IS NOT NULL AND x.via_role IS NULL) AS projects, ${CLIENT_REF}, ${CONNECTION_REF}
     FROM json_each(:asked) j LEFT JOIN effective_access e ON e.id = j.value ->> 1
     CROSS JOIN principal p ON p.id = ifnull(j.value ->> 0, e.principal_id)
     LEFT JOIN principal_version a ON a.principal_id = p.id AND a.to_sync IS NULL
     LEFT JOIN project_version n ON n.project_id = e.project_id AND n.to_sync IS NULL
     CROSS JOIN connection cn ON cn.id = p.connection_id CROSS JOIN client c ON c.id = cn.client_id ORDER BY j.key`,
    { asked: JSON.stringify(asked) },
  )
  const uses = keyUses(reader, [...new Set(rows.map((row) => row.id))], now)
  return rows.flatMap((row) => {
    const ref = refs[row.at]
    return ref === undefined ? [] : [rowOf(row, ref, uses.get(row.id) ?? [], now)]
  })
}

/** Usable keys of some principals, by project. */
function keyUses(reader: Reader, principals: readonly number[], now: number): ReadonlyMap<number, readonly KeyUse[]> {
  const rows = reader.all<KeyUseColumns>(
    `SELECT p.id AS principal_id, v.project_id, v.kind = 'admin' AS admin, count(*) AS keys, max(k.last_used_at) AS used_at
     FROM json_each(:principals) j CROSS JOIN principal p ON p.id = j.value
     CROSS JOIN key_version v ON v.owner_external_id = p.external_id AND v.to_sync IS NULL
     CROSS JOIN key k ON k.id = v.key_id AND +k.connection_id = p.connection_id
     WHERE ${USABLE} GROUP BY 1, 2, 3`,
    { principals: JSON.stringify(principals), now },
  )
  const uses = rows.map(({ principal_id, project_id, admin, keys, used_at }) => ({
    principal: principal_id,
    projectId: project_id,
    isAdmin: admin === 1,
    keys,
    usedAt: used_at,
  }))
  return Map.groupBy(uses, (use) => use.principal)
}

function rowOf(row: Columns, ref: ReturnType<typeof refOf>, keys: readonly KeyUse[], now: number): AdviceRow {
  const project = row.project_id === null ? null : { id: row.project_id, name: row.project_name ?? '' }
  const basis: Basis = {
    kind: ref.kind,
    provider: row['connection.provider'],
    isService: row.kind === 'service-account',
    isPrivileged: row.level !== null && isPrivileged(row.level),
    role: row.role_raw,
    project,
    knownAt: row.known_at,
    projects: row.projects,
    keys,
    cutoff: cutoffOf(now),
  }
  const words = wordsOf(basis)
  return {
    rowKey: keyOf(ref),
    kind: ref.kind,
    client: clientRefOf(row),
    connection: connectionRefOf(row),
    principal: { id: row.id, kind: row.kind, name: row.name, personId: row.person_id },
    project,
    role: row.role_raw,
    level: row.level,
    sure: ref.sure,
    ...words,
    remedy: remedyOf(basis, words.enough, row.id),
  }
}

function remedyOf({ kind, project }: Basis, enough: string | null, id: number): AdviceRow['remedy'] {
  const subject = { kind: 'principal' as const, id }
  const values = {
    ...(project === null ? {} : { projectId: project.id }),
    ...(enough === null ? {} : { role: enough }),
  }
  if (kind === 'account-unused') return { action: 'service-account-delete', subject, values }
  if (project === null) return { action: enough === null ? 'member-remove' : 'member-role', subject, values }
  return { action: enough === null ? 'project-member-remove' : 'project-member-role', subject, values }
}
