import type { BlastRow } from '../../../shared/contract/impact.ts'
import { keyFate } from '../../../shared/domain/impact/key-fate.ts'
import { isProduction } from '../../../shared/domain/naming.ts'
import { CLIENT_REF, clientRefOf, type ClientRefColumns } from '../clients/client.ts'
import { CONNECTION_REF, connectionRefOf, type ConnectionRefColumns } from '../connections/connection.ts'
import type { Reader } from '../db/handles.ts'
import { LAST_USED_AT } from '../facts/last-use.ts'
import { USABLE } from '../facts/key-state.ts'
import { idsParam } from '../db/scope.ts'
import { principalsParam, type Resolved } from './subject.ts'
import type { KeyToJudge } from '../../../shared/domain/providers/facts.ts'

interface KeyColumns extends ClientRefColumns, ConnectionRefColumns {
  readonly id: number
  readonly name: string
  readonly kind: KeyToJudge['kind']
  readonly logical_key_id: number
  readonly project_id: number | null
  readonly project_name: string | null
  readonly owner_kind: KeyToJudge['ownerKind']
  readonly owner_access: KeyToJudge['ownerAccess']
  readonly tool: string | null
  readonly last_used_at: number | null
  readonly environment: string | null
  readonly team: string | null
  readonly purpose: string | null
}

const COLUMNS = `k.id, v.name, v.kind, k.logical_key_id, v.project_id, pv.name AS project_name, v.owner_kind, v.owner_access,
  k.tool, ${LAST_USED_AT}, ifnull(l.environment, k.environment) AS environment, ifnull(l.team, k.team) AS team,
  ifnull(l.purpose, k.purpose) AS purpose, ${CLIENT_REF}, ${CONNECTION_REF}`

/** What belongs to a key `k` and its version `v`. */
const AROUND = `JOIN logical_key l ON l.id = k.logical_key_id JOIN connection cn ON cn.id = k.connection_id
  JOIN client c ON c.id = cn.client_id LEFT JOIN project_version pv ON pv.project_id = v.project_id AND pv.to_sync IS NULL`

/** Keys in the name of principals, by the index of owners. */
const OF_PRINCIPALS = `json_each(:principals) j CROSS JOIN principal o ON o.id = j.value
  CROSS JOIN key_version v ON v.owner_external_id = o.external_id AND v.to_sync IS NULL
  CROSS JOIN key k ON k.id = v.key_id AND +k.connection_id = o.connection_id`

export type KeyRow = BlastRow & { readonly logicalKeyId: number }

/** Usable keys that the removal touches, those that stop working first, production before the rest. One statement. */
export function keysOf(reader: Reader, subject: Resolved, now: number): KeyRow[] {
  const asked = source(subject)
  if (asked === null) return []
  return reader
    .all<KeyColumns>(`SELECT ${COLUMNS} FROM ${asked.from} ${AROUND} WHERE ${asked.where} AND ${USABLE}`, {
      now,
      ...asked.params,
    })
    .map((row) => rowOf(row, subject))
    .toSorted(byPressure)
}

function source({ keyId, projectId, principals, ...rest }: Resolved) {
  if (keyId !== null) {
    const from = 'key k JOIN key_version v ON v.key_id = k.id AND v.to_sync IS NULL'
    return { from, where: 'k.id = :key', params: { key: keyId } }
  }
  if (projectId !== null) {
    const from = 'key_version v CROSS JOIN key k ON k.id = v.key_id'
    return { from, where: 'v.project_id = :project AND v.to_sync IS NULL', params: { project: projectId } }
  }
  if (principals.length === 0) return null
  const params = { principals: principalsParam({ keyId, projectId, principals, ...rest }) }
  return { from: OF_PRINCIPALS, where: 'true', params }
}

function rowOf(row: KeyColumns, { removal }: Resolved): KeyRow {
  const words = [row.environment, row.team, row.purpose].filter((word) => word !== null && word !== '')
  return {
    kind: 'key',
    id: row.id,
    name: row.name,
    client: clientRefOf(row),
    connection: connectionRefOf(row),
    project: row.project_id === null ? null : { id: row.project_id, name: row.project_name ?? '' },
    role: null,
    level: null,
    ...keyFate(
      {
        provider: row['connection.provider'],
        kind: row.kind,
        tool: row.tool,
        ownerKind: row.owner_kind,
        ownerAccess: row.owner_access,
      },
      removal,
    ),
    lastUsedAt: row.last_used_at,
    service: words.length === 0 ? null : words.join(' · '),
    environment: row.environment,
    cost30Micros: null,
    alsoHeldBy: [],
    alsoHeldByCount: 0,
    logicalKeyId: row.logical_key_id,
  }
}

const EFFECTS: readonly BlastRow['effect'][] = ['dies', 'unknown', 'stays']

function byPressure(a: KeyRow, b: KeyRow): number {
  return (
    EFFECTS.indexOf(a.effect) - EFFECTS.indexOf(b.effect) ||
    Number(isProduction(b.environment)) - Number(isProduction(a.environment)) ||
    (b.lastUsedAt ?? 0) - (a.lastUsedAt ?? 0) ||
    a.id - b.id
  )
}

interface Standby {
  readonly id: number
  readonly name: string
  readonly logical_key_id: number
  readonly project_id: number
  readonly service: string | null
}

/** As many names as a row shows. */
export const NAMES = 5

/**
 * The same rows with the keys that would take over: usable keys of the same project, of the same logical key or with the
 * same environment, team and purpose, which the removal leaves. One statement over the projects of the rows.
 */
export function withStandbys(reader: Reader, rows: readonly KeyRow[], all: readonly KeyRow[], now: number): BlastRow[] {
  const projects = [...new Set(rows.flatMap((row) => row.project?.id ?? []))]
  const going = new Set(all.map((row) => row.id))
  const standbys = reader
    .all<Standby>(
      `SELECT k.id, v.name, k.logical_key_id, v.project_id, ${SERVICE} AS service
       FROM json_each(:projects) j CROSS JOIN key_version v ON v.project_id = j.value AND v.to_sync IS NULL
       CROSS JOIN key k ON k.id = v.key_id JOIN logical_key l ON l.id = k.logical_key_id WHERE ${USABLE} ORDER BY k.id`,
      { projects: idsParam(projects), now },
    )
    .filter((key) => !going.has(key.id))
  const byLogicalKey = Map.groupBy(standbys, (key) => key.logical_key_id)
  const byService = Map.groupBy(standbys, (key) => `${key.project_id} ${key.service ?? ''}`)
  return rows.map(({ logicalKeyId, ...row }) => {
    const same = row.service === null ? [] : (byService.get(`${row.project?.id ?? ''} ${row.service}`) ?? [])
    const others = new Map([...(byLogicalKey.get(logicalKeyId) ?? []), ...same].map((key) => [key.id, key.name]))
    return { ...row, alsoHeldBy: [...others.values()].slice(0, NAMES), alsoHeldByCount: others.size }
  })
}

/** Environment, team and purpose joined as in a row; null where none is known. */
const SERVICE = `nullif(concat_ws(' · ', nullif(ifnull(l.environment, k.environment), ''), nullif(ifnull(l.team, k.team), ''),
  nullif(ifnull(l.purpose, k.purpose), '')), '')`
