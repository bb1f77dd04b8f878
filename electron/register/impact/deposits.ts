import { z } from 'zod'

import { id } from '../../../shared/contract/common.ts'
import { type ImpactRow, impactRow } from '../../../shared/contract/impact.ts'
import { isSameEnding, keyEnding } from '../../../shared/domain/key-ending.ts'
import { providerName } from '../../../shared/domain/providers/providers.ts'
import { sameName } from '../../../shared/domain/text/names.ts'
import { CLIENT_REF } from '../clients/client.ts'
import { CONNECTION_REF } from '../connections/connection.ts'
import type { Reader } from '../db/handles.ts'
import { readRow, readRows } from '../db/rows.ts'
import { isUsable } from '../facts/key-state.ts'
import { LAST_USED_AT } from '../facts/last-use.ts'
import type { SubjectFacts } from './subject.ts'

const columns = impactRow.pick({
  id: true,
  name: true,
  client: true,
  connection: true,
  project: true,
  lastUsedAt: true,
  environment: true,
})

const COLUMNS = `k.id, k.name, ${CLIENT_REF}, ${CONNECTION_REF}, k.project_id AS "project.id", ifnull(k.project_name, '') AS "project.name",
  ${LAST_USED_AT} AS lastUsedAt, k.environment`

const AROUND = 'JOIN connection cn ON cn.id = k.connection_id JOIN client c ON c.id = cn.client_id'

const removed = z.object({
  clientId: id,
  provider: z.string(),
  vendor: z.string().nullable(),
  name: z.string(),
  hint: z.string().nullable(),
})
type RemovedKey = z.infer<typeof removed>

const REMOVED = `SELECT cn.client_id AS clientId, cn.provider, k.vendor, k.name, k.hint FROM key_row k
  JOIN connection cn ON cn.id = k.connection_id WHERE k.id = :key`

/** Credentials of a vendor that are deposited at gateways of a client, not in the vendor's own organizations. */
const DEPOSITS = `SELECT ${COLUMNS}, k.hint, k.vendor FROM connection cx CROSS JOIN key_row k ON k.connection_id = cx.id AND k.vendor = :vendor ${AROUND}
  WHERE cx.client_id = :client AND cx.provider <> :vendor AND cx.removed_at IS NULL AND ${isUsable('k')} ORDER BY k.id`

const THIS = `SELECT ${COLUMNS}, k.hint, k.vendor FROM key_row k ${AROUND} WHERE k.id = :key AND k.vendor IS NOT NULL AND ${isUsable('k')}`

const deposit = columns.extend({ hint: z.string().nullable(), vendor: z.string() })
type Deposit = z.infer<typeof deposit>

/** Other keys of the vendor in the client's organizations that may be the same deposit. */
const RIVALS = `SELECT count(*) FROM connection cx CROSS JOIN key_row k ON k.connection_id = cx.id
  WHERE cx.client_id = :client AND cx.provider = :vendor AND cx.removed_at IS NULL AND k.id <> :key AND ${isUsable('k')}
    AND iif(:ending IS NULL, name_key(k.name) = name_key(:name), substr(k.hint, -length(:ending)) = :ending)`

/**
 * The keys of a gateway that may call with a deposited credential: those that its restriction names, by themselves or by
 * their owner; without one, all keys of its workspace, or of the gateway where it has none. Admin keys call no model.
 */
const CALLERS = `SELECT ${COLUMNS} FROM key_row d
  LEFT JOIN restriction_version r ON r.connection_id = d.connection_id AND r.external_id = d.external_id AND r.to_sync IS NULL
    AND r.kind = 'credential'
  CROSS JOIN key_row k ON k.connection_id = d.connection_id AND k.vendor IS NULL ${AROUND}
  WHERE d.id = :deposit AND k.kind <> 'admin' AND ${isUsable('k')} AND (d.project_id IS NULL OR k.project_id = d.project_id)
    AND (r.keys IS NULL AND r.members IS NULL OR k.external_id IN (SELECT value FROM json_each(r.keys))
      OR k.owner_external_id IN (SELECT value FROM json_each(r.members)))
  ORDER BY ${LAST_USED_AT} DESC, k.id`

/**
 * Where the subject is a key: the deposited credentials that it probably is, and the keys of the gateways that call with
 * them; of a deposited credential, the keys alone. A gateway may use another credential then, so that it is not
 * known whether their calls go on. Two statements, one for each deposited credential that may be the
 * key, and one for each that is.
 */
export function listDeposits(reader: Reader, { keyId }: SubjectFacts, now: number): ImpactRow[] {
  if (keyId === null) return []
  const own = readRow(reader, removed, REMOVED, { key: keyId })
  if (own === null) return []
  if (own.vendor !== null) return callers(reader, readRows(reader, deposit, THIS, { key: keyId, now }), now)
  const params = { vendor: own.provider, client: own.clientId, now }
  const found = readRows(reader, deposit, DEPOSITS, params).flatMap((each) => {
    const by = sameBy(own, each)
    if (by === null) return []
    const rivals = { ...params, key: keyId, ending: by === 'name' ? null : by, name: own.name }
    if ((reader.value<number>(RIVALS, rivals) ?? 0) > 0) return []
    const gateway = providerName(each.connection.provider)
    const alike = by === 'name' ? 'It has the name of this key' : `It ends like this key, in ${by}`
    const because = `${alike}: ${gateway} can no longer call with it if it is this key.`
    return { deposit: each, row: toRow(each, 'deposit', because) }
  })
  const callersOfAll = callers(
    reader,
    found.map(({ deposit }) => deposit),
    now,
  )
  return [...found.map(({ row }) => row), ...callersOfAll]
}

/** The keys that can call with any of them, each once. */
function callers(reader: Reader, deposits: readonly Deposit[], now: number): ImpactRow[] {
  const rows = deposits.flatMap(({ id, vendor, connection }) => {
    const gateway = providerName(connection.provider)
    const because = `It can call ${providerName(vendor)} with the deposited key. Such calls stop, or ${gateway} makes them with another credential.`
    return readRows(reader, columns, CALLERS, { deposit: id, now }).map((row) => toRow(row, 'caller', because))
  })
  return [...new Map(rows.map((row) => [row.id, row])).values()]
}

/** The ending that both have, or that their names are the same where a gateway reports no ending; null for neither. */
function sameBy(own: RemovedKey, { hint, name }: Deposit): string | null {
  if (hint === null) return own.name.trim() !== '' && sameName(own.name, name) ? 'name' : null
  const [mine, theirs] = [keyEnding(own.hint), keyEnding(hint)]
  if (!isSameEnding(mine, theirs)) return null
  return mine.length < theirs.length ? mine : theirs
}

function toRow(row: z.infer<typeof columns>, kind: 'deposit' | 'caller', because: string): ImpactRow {
  const { id, name, client, connection, project, lastUsedAt, environment } = row
  return {
    kind,
    id,
    name,
    client,
    connection,
    project,
    role: null,
    level: null,
    effect: 'unknown',
    because,
    lastUsedAt,
    service: null,
    environment,
    cost30Micros: null,
    alsoHeldBy: [],
    alsoHeldByCount: 0,
  }
}
