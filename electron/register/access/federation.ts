import { type FederationFilter, type FederationRow, federationRow } from '../../../shared/nouns/federation.ts'
import { CLIENT_REF } from '../clients/client.ts'
import { CONNECTION_REF } from '../connections/connection.ts'
import type { Reader } from '../db/handles.ts'
import { readRows } from '../db/rows.ts'
import { anyOf, connectionsInScope, idsParam, likeParam, listAll, when } from '../db/scope.ts'
import { LEVEL_RANK } from './access.ts'
import { FEDERATED_LEVEL, IS_FEDERATED } from './federated.ts'

export interface FederationQuery extends FederationFilter {
  readonly sort: { readonly by: string; readonly direction: 'asc' | 'desc' }
}

const NAME = "ifnull(nullif(f.name, ''), f.external_id) COLLATE NOCASE"
const ACCOUNT = "ifnull(nullif(pn.name, ''), p.external_id) COLLATE NOCASE"

const ORDER: Readonly<Record<string, (direction: string) => string>> = {
  client: (d) => `c.name COLLATE NOCASE ${d}, cn.id, ${NAME}`,
  name: (d) => `${NAME} ${d}`,
  account: (d) => `${ACCOUNT} ${d}, ${NAME}`,
  lifetime: (d) => `f.lifetime_seconds IS NULL, f.lifetime_seconds ${d}, ${NAME}`,
  created: (d) => `f.created_at IS NULL, f.created_at ${d}, ${NAME}`,
}

/** The state of a rule, as in `findRuleState`. */
const STATE = `CASE WHEN f.status <> 'active' THEN f.status
  WHEN ifnull(f.issuer_status, 'active') = 'active' THEN 'active' ELSE 'issuer-off' END`

const FROM = `federation_version f JOIN connection cn ON cn.id = f.connection_id JOIN client c ON c.id = cn.client_id
  LEFT JOIN principal p ON p.id = f.account_id LEFT JOIN account_now pn ON pn.id = p.id`

/** Ids of the current federation rules that match a filter, in order. */
export function federationIds(reader: Reader, query: FederationQuery): number[] {
  const inScope = connectionsInScope(query)
  const where = listAll([
    { text: `f.to_sync IS NULL AND f.connection_id IN (${inScope.text})`, params: inScope.params },
    when(query.connection, (connection) => ({ text: 'f.connection_id = :connection', params: { connection } })),
    when(query.principal, (principal) => ({ text: 'f.account_id = :principal', params: { principal } })),
    when(query.state, (states) => anyOf(`(${STATE})`, 'state', states)),
    when(query.pin, (pins) => anyOf('f.pin', 'pin', pins)),
    when(query.search?.trim() || undefined, (text) => ({
      text: ['f.name', 'f.external_id', 'f.workload', 'f.issuer', 'pn.name', 'p.external_id']
        .map((column) => `${column} LIKE :like ESCAPE '\\'`)
        .join(' OR '),
      params: { like: likeParam(text) },
    })),
  ])
  const order = (ORDER[query.sort.by] ?? ORDER['client'])?.(query.sort.direction) ?? 'f.id'
  return reader.column<number>(`SELECT f.id FROM ${FROM} WHERE ${where.text} ORDER BY ${order}, f.id`, where.params)
}

/** The roles that the workloads of a rule `f` have by it, the strongest first. */
const REACHES = `(SELECT json_group_array(json_object('role', r.role, 'level', r.level, 'isLimited', iif(r.isLimited, json('true'), json('false')), 'projectId', r.projectId, 'project', r.project)
    ORDER BY ${LEVEL_RANK('r.level')}, r.project COLLATE NOCASE)
  FROM (SELECT DISTINCT g.role_raw AS role, ${FEDERATED_LEVEL} AS level, ${FEDERATED_LEVEL} <> g.level AS isLimited, g.project_id AS projectId, (SELECT n.name FROM project_now n WHERE n.id = g.project_id) AS project
    FROM grant g WHERE ${IS_FEDERATED} AND (SELECT n.status FROM project_now n WHERE n.id = g.project_id) IS NOT 'archived') r)`

/** Rows for ids, in the order given; rules that are no longer current are left out. */
export function federationRows(reader: Reader, ids: readonly number[]): FederationRow[] {
  return readRows(
    reader,
    federationRow,
    `SELECT f.id AS federationId, ${CLIENT_REF}, ${CONNECTION_REF}, f.external_id AS externalId, f.name, f.status,
       f.issuer_status AS issuerStatus, f.issuer, f.issuer_name AS issuerName, f.audience, f.subject, f.claims, f.condition, f.pin,
       f.workload, p.id AS "account.id", p.external_id AS "account.externalId", pn.name AS "account.name", f.projects, f.scopes,
       ${REACHES} AS reaches, f.lifetime_seconds AS lifetimeSeconds, f.created_at AS createdAt
     FROM json_each(?) j CROSS JOIN ${FROM.replace('federation_version f', 'federation_version f ON f.id = j.value AND f.to_sync IS NULL')}
     ORDER BY j.key`,
    [idsParam(ids)],
  )
}

/** The current version of the rule that a version belongs to; none where the provider no longer lists the rule. */
export function currentRule(reader: Reader, federationId: number): number[] {
  return reader.column<number>(
    `SELECT f.id FROM federation_version v JOIN federation_version f
       ON f.connection_id = v.connection_id AND f.external_id = v.external_id AND f.to_sync IS NULL WHERE v.id = ?`,
    [federationId],
  )
}
