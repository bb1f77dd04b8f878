import {
  SERVICE_ACCOUNTS,
  type ServiceAccountFilter,
  type ServiceAccountRow,
  serviceAccountRow,
} from '../../../shared/nouns/service-accounts.ts'
import { CLIENT_REF } from '../clients/client.ts'
import { CONNECTION_REF } from '../connections/connection.ts'
import type { Reader } from '../db/handles.ts'
import { filterRows, type Sort } from '../db/noun.ts'
import { readRows } from '../db/rows.ts'
import { anyOf, connectionsInScope, idsParam, likeParam, listAll } from '../db/scope.ts'
import { isEndUnknown } from '../facts/key-end.ts'
import { OPENS } from '../facts/key-state.ts'
import { liveRule } from '../facts/live-rule.ts'
import { LEVEL_RANK } from './access.ts'
import { EFFECTIVE_GRANTS } from '../facts/grant-now.ts'

export interface ServiceAccountQuery extends ServiceAccountFilter {
  readonly sort: Sort
}

/** The usable keys `k` of an account `p`. */
const KEYS = `key_row k WHERE k.owner_external_id = p.external_id AND +k.connection_id = p.connection_id AND ${OPENS}`

/** The active federation rules `f` of an account `p`. */
const RULES = `federation_version f WHERE f.account_id = p.id AND ${liveRule('f')}`

const CREDENTIAL = `CASE WHEN EXISTS (SELECT 1 FROM ${KEYS}) THEN iif(EXISTS (SELECT 1 FROM ${RULES}), 'both', 'key')
  ELSE iif(EXISTS (SELECT 1 FROM ${RULES}), 'federation', 'none') END`

const NAME = "ifnull(nullif(p.name, ''), p.external_id) COLLATE NOCASE"
const ROTATED = `(SELECT max(k.created_at) FROM ${KEYS})`
/** The last use that is known of one of its keys or of the account itself, which may act without a key. */
const USED = `nullif(max(ifnull((SELECT max(k.last_used_at) FROM ${KEYS} AND k.last_use_inexact = 0), 0), ifnull(p.last_used_at, 0)), 0)`

const ORDER: Readonly<Record<string, (direction: string) => string>> = {
  client: (d) => `c.name COLLATE NOCASE ${d}, cn.id, ${NAME}`,
  name: (d) => `${NAME} ${d}`,
  rotated: (d) => `${ROTATED} IS NULL, ${ROTATED} ${d}, ${NAME}`,
  used: (d) => `${USED} IS NULL, ${USED} ${d}, ${NAME}`,
}

const FROM = 'account_row p JOIN connection cn ON cn.id = p.connection_id JOIN client c ON c.id = cn.client_id'

/** Ids of the current service accounts that match a filter, in order. */
export function serviceAccountIds(reader: Reader, query: ServiceAccountQuery, now: number): number[] {
  const inScope = connectionsInScope(query)
  const where = listAll([
    { text: `p.kind = 'service-account' AND p.connection_id IN (${inScope.text})`, params: inScope.params },
    ...filterRows(SERVICE_ACCOUNTS.filters, 'p', query, {
      credential: (credentials) => anyOf(`(${CREDENTIAL})`, 'credential', credentials),
      privileged: (privileged) => ({
        text: `${privileged ? '' : 'NOT '}EXISTS (SELECT 1 FROM ${EFFECTIVE_GRANTS} e WHERE e.principal_id = p.id AND e.level IN ('owner', 'admin'))`,
        params: {},
      }),
      search: (text) => ({
        text: `p.name LIKE :like ESCAPE '\\' OR p.external_id LIKE :like ESCAPE '\\'`,
        params: { like: likeParam(text) },
      }),
    }),
  ])
  const order = (ORDER[query.sort.by] ?? ORDER['client'])?.(query.sort.direction) ?? 'p.id'
  return reader.column<number>(`SELECT p.id FROM ${FROM} WHERE ${where.text} ORDER BY ${order}, p.id`, {
    ...where.params,
    now,
  })
}

const listed = (expression: string, from: string): string =>
  `(SELECT json_group_array(DISTINCT ${expression}) FILTER (WHERE ${expression} IS NOT NULL) FROM ${from})`

/** Rows for ids, in the order given. One statement whatever their number. */
export function serviceAccountRows(reader: Reader, ids: readonly number[], now: number): ServiceAccountRow[] {
  return readRows(
    reader,
    serviceAccountRow,
    `SELECT p.id AS principalId, ${CLIENT_REF}, ${CONNECTION_REF}, p.external_id AS externalId, p.name, p.status,
       (SELECT e.level FROM ${EFFECTIVE_GRANTS} e WHERE e.principal_id = p.id ORDER BY ${LEVEL_RANK('e.level')} LIMIT 1) AS level,
       ${listed(
         "iif(e.project_id IS NULL, 'Organization', e.project_name)",
         `${EFFECTIVE_GRANTS} e WHERE e.principal_id = p.id`,
       )} AS places,
       ${listed('k.contact', KEYS)} AS contacts, ${listed('k.purpose', KEYS)} AS purposes,
       ${CREDENTIAL} AS credential, (SELECT count(*) FROM ${KEYS}) AS keys,
       (SELECT count(*) FROM ${KEYS} AND k.expires_at IS NULL AND NOT ${isEndUnknown('cn.provider', 'k.')}) AS endless,
       (SELECT count(*) FROM ${KEYS} AND ${isEndUnknown('cn.provider', 'k.')}) AS endsUnknown, (SELECT min(k.expires_at) FROM ${KEYS}) AS keyEndsAt,
       ${ROTATED} AS rotatedAt, (SELECT max(f.lifetime_seconds) FROM ${RULES}) AS tokenSeconds,
       ${USED} AS lastUsedAt,
       (SELECT json_group_array(word) FROM (SELECT k.name AS word FROM ${KEYS} UNION SELECT f.workload FROM ${RULES})) AS dependants
     FROM json_each(:ids) j CROSS JOIN ${FROM.replace('account_row p JOIN', 'account_row p ON p.id = j.value JOIN')} ORDER BY j.key`,
    { ids: idsParam(ids), now },
  )
}
