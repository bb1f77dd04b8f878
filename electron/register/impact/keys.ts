import type { ImpactRow } from '../../../shared/contract/impact.ts'
import { z } from 'zod'
import { id } from '../../../shared/contract/common.ts'
import { impactRow } from '../../../shared/contract/impact.ts'
import { KEY_KINDS } from '../../../shared/domain/facts.ts'
import { keyFate } from '../../../shared/domain/impact/key-fate.ts'
import { IMPACT_EFFECTS } from '../../../shared/domain/providers/facts.ts'
import { isProduction } from '../../../shared/domain/naming.ts'
import { CLIENT_REF } from '../clients/client.ts'
import { CONNECTION_REF } from '../connections/connection.ts'
import type { Reader } from '../db/handles.ts'
import { readRows } from '../db/rows.ts'
import { LAST_USED_AT } from '../facts/last-use.ts'
import { isUsable } from '../facts/key-state.ts'
import { idsParam } from '../db/scope.ts'
import { principalsParam, type SubjectFacts } from './subject.ts'

const columns = impactRow
  .pick({ id: true, name: true, client: true, connection: true, project: true, lastUsedAt: true, environment: true })
  .extend({
    kind: z.enum(KEY_KINDS),
    logicalKeyId: id,
    ownerKind: z.enum(['user', 'service-account']).nullable(),
    ownerAccess: z.enum(['active', 'inactive']).nullable(),
    tool: z.string().nullable(),
    service: z.string().nullable(),
  })

const COLUMNS = `k.id, k.name, ${CLIENT_REF}, ${CONNECTION_REF}, k.project_id AS "project.id", ifnull(k.project_name, '') AS "project.name",
  ${LAST_USED_AT} AS lastUsedAt, k.environment, k.kind, k.logical_key_id AS logicalKeyId,
  k.owner_kind AS ownerKind, k.owner_access AS ownerAccess, k.tool, k.service`

const AROUND = 'JOIN connection cn ON cn.id = k.connection_id JOIN client c ON c.id = cn.client_id'

/** Keys in the name of principals, by the index of owners. */
const OF_PRINCIPALS = `json_each(:principals) j CROSS JOIN principal o ON o.id = j.value
  CROSS JOIN key_row k ON k.owner_external_id = o.external_id AND +k.connection_id = o.connection_id`

export type KeyRow = ImpactRow & { readonly logicalKeyId: number }

/** Usable keys that the removal touches, those that stop working first, production before the rest. One statement. */
export function listKeys(reader: Reader, subject: SubjectFacts, now: number): KeyRow[] {
  const asked = source(subject)
  if (asked === null) return []
  return readRows(
    reader,
    columns,
    `SELECT ${COLUMNS} FROM ${asked.from} ${AROUND} WHERE ${asked.where} AND ${isUsable('k')}`,
    { now, ...asked.params },
  )
    .map((row) => toRow(row, subject))
    .toSorted(byPressure)
}

function source({ keyId, projectId, principals, ...rest }: SubjectFacts) {
  if (keyId !== null) return { from: 'key_row k', where: 'k.id = :key', params: { key: keyId } }
  if (projectId !== null) {
    return { from: 'key_row k', where: 'k.project_id = :project', params: { project: projectId } }
  }
  if (principals.length === 0) return null
  const params = { principals: principalsParam({ keyId, projectId, principals, ...rest }) }
  return { from: OF_PRINCIPALS, where: 'true', params }
}

function toRow(row: z.infer<typeof columns>, { removal }: SubjectFacts): KeyRow {
  const { id, name, client, connection, project, lastUsedAt, environment, service, logicalKeyId } = row
  return {
    kind: 'key',
    id,
    name,
    client,
    connection,
    project,
    role: null,
    level: null,
    ...keyFate({ ...row, provider: connection.provider }, removal),
    lastUsedAt,
    service,
    environment,
    cost30Micros: null,
    alsoHeldBy: [],
    alsoHeldByCount: 0,
    logicalKeyId,
  }
}

function byPressure(a: KeyRow, b: KeyRow): number {
  return (
    IMPACT_EFFECTS.indexOf(a.effect) - IMPACT_EFFECTS.indexOf(b.effect) ||
    Number(isProduction(b.environment)) - Number(isProduction(a.environment)) ||
    (b.lastUsedAt ?? 0) - (a.lastUsedAt ?? 0) ||
    a.id - b.id
  )
}

interface Standby {
  readonly id: number
  readonly name: string
  readonly logicalKeyId: number
  readonly projectId: number
  readonly service: string | null
}

/** The number of names that a row shows. */
export const NAMES = 5

/**
 * The same rows with their replacement keys: usable keys of the same project, of the same logical key or with the same
 * environment, team and purpose, that the removal does not affect. One statement over the projects of the rows.
 */
export function withStandbys(
  reader: Reader,
  rows: readonly KeyRow[],
  all: readonly KeyRow[],
  now: number,
): ImpactRow[] {
  const projects = [...new Set(rows.flatMap((row) => row.project?.id ?? []))]
  const going = new Set(all.map((row) => row.id))
  const standbys = reader
    .all<Standby>(
      `SELECT k.id, k.name, k.logical_key_id AS logicalKeyId, k.project_id AS projectId, k.service
       FROM json_each(:projects) j CROSS JOIN key_row k ON k.project_id = j.value
       WHERE ${isUsable('k')} ORDER BY k.id`,
      { projects: idsParam(projects), now },
    )
    .filter((key) => !going.has(key.id))
  const byLogicalKey = Map.groupBy(standbys, (key) => key.logicalKeyId)
  const byService = Map.groupBy(standbys, (key) => `${key.projectId} ${key.service ?? ''}`)
  return rows.map(({ logicalKeyId, ...row }) => {
    const same = row.service === null ? [] : (byService.get(`${row.project?.id ?? ''} ${row.service}`) ?? [])
    const others = new Map([...(byLogicalKey.get(logicalKeyId) ?? []), ...same].map((key) => [key.id, key.name]))
    return { ...row, alsoHeldBy: [...others.values()].slice(0, NAMES), alsoHeldByCount: others.size }
  })
}
