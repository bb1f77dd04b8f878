import { z } from 'zod'

import { instant } from '../../../shared/contract/common.ts'
import {
  type KeylessFilter,
  type KeylessProgress,
  type KeylessRow,
  keylessRow,
} from '../../../shared/contract/keyless.ts'
import { issuerPlatform } from '../../../shared/domain/federation/issuers.ts'
import { certaintyRank } from '../../../shared/domain/certainty.ts'
import { getDay, type Moment } from '../../../shared/domain/day.ts'
import { assessKey } from '../../../shared/domain/keyless/assess.ts'
import { findLastDay } from '../../../shared/domain/keyless/last-day.ts'
import { findProvider, PROVIDER_IDS } from '../../../shared/domain/providers/providers.ts'
import { FIRST_READ, REPLACES_ENDED_KEY, REPLACES_KEY } from '../access/federated.ts'
import { CLIENT_REF } from '../clients/client.ts'
import { CONNECTION_REF } from '../connections/connection.ts'
import type { Reader } from '../db/handles.ts'
import { readRows } from '../db/rows.ts'
import { connectionsInScope, idsParam, type Scope, toList } from '../db/scope.ts'
import { OPENS } from '../facts/key-state.ts'
import { LAST_USE_REF } from '../facts/last-use.ts'
import { liveRule } from '../facts/live-rule.ts'
import { PROJECT_REF } from '../facts/project-ref.ts'
import { readUseDays } from './use-days.ts'

/** Providers that accept workloads without a key, as a list in SQL. */
const ACCEPTING = `(${PROVIDER_IDS.filter((id) => findProvider(id)?.federation !== undefined)
  .map((id) => `'${id}'`)
  .join(', ')})`

/** The columns of a key from which the plan is made. */
const columns = keylessRow
  .pick({ keyId: true, name: true, client: true, connection: true, project: true, dueOn: true, lastUse: true })
  .extend({
    purpose: z.string().nullable(),
    expiresAt: instant.nullable(),
    readAt: instant,
    account: keylessRow.shape.account,
    rule: z
      .object({ federationId: z.number().int(), workload: z.string(), issuer: z.string(), since: instant })
      .nullable(),
  })

/** The keys of a scope, or those with some ids, that federation could replace. In no order. */
export function readKeyless(
  reader: Reader,
  of: Scope | { readonly ids: readonly number[] },
  { now, today }: Moment,
): KeylessRow[] {
  const inScope = 'ids' in of ? null : connectionsInScope(of)
  const rows = readRows(
    reader,
    columns,
    `SELECT k.id AS keyId, v.name, ${CLIENT_REF}, ${CONNECTION_REF}, ${PROJECT_REF}, k.due_on AS dueOn, ${LAST_USE_REF},
       ifnull(l.purpose, k.purpose) AS purpose, v.expires_at AS expiresAt,
       (SELECT y.finished_at FROM sync y WHERE y.id = (SELECT min(x.from_sync) FROM key_version x WHERE x.key_id = k.id)) AS readAt, o.id AS "account.id", o.external_id AS "account.externalId",
       ov.name AS "account.name", f.id AS "rule.federationId", f.workload AS "rule.workload", f.issuer AS "rule.issuer",
       ifnull(${FIRST_READ}, 0) AS "rule.since"
     FROM key k JOIN key_version v ON v.key_id = k.id AND v.to_sync IS NULL
     JOIN logical_key l ON l.id = k.logical_key_id
     JOIN connection cn ON cn.id = k.connection_id AND cn.provider IN ${ACCEPTING} JOIN client c ON c.id = cn.client_id
     LEFT JOIN project pr ON pr.id = v.project_id
     LEFT JOIN project_version pv ON pv.project_id = pr.id AND pv.to_sync IS NULL
     LEFT JOIN principal o ON o.connection_id = k.connection_id AND o.external_id = v.owner_external_id AND v.owner_kind = 'service-account'
     LEFT JOIN principal_version ov ON ov.principal_id = o.id AND ov.to_sync IS NULL
     LEFT JOIN federation_version f ON f.id = (SELECT min(f.id) FROM federation_version f WHERE ${REPLACES_KEY})
     WHERE k.standing = 1 AND ${OPENS} AND v.kind <> 'admin' AND k.tool IS NULL
       AND ${inScope === null ? 'k.id IN (SELECT value FROM json_each(:ids))' : `k.connection_id IN (${inScope.text})`}`,
    { now, ...(inScope === null ? { ids: idsParam('ids' in of ? of.ids : []) } : inScope.params) },
  )
  const days = readUseDays(reader, [...new Set(rows.map(({ connection }) => connection.id))], now)
  return rows.flatMap(({ purpose, expiresAt, readAt, rule, ...row }) => {
    const assessment = assessKey({
      name: row.name,
      project: row.project?.name ?? null,
      purpose,
      account: row.account === null ? null : (row.account.name ?? row.account.externalId),
      rulePlatform: rule === null ? null : issuerPlatform(rule.issuer),
      days: days.get(row.keyId) ?? null,
    })
    if (assessment === null) return []
    const last = findLastDay({
      today,
      dueOn: row.dueOn,
      expiresOn: expiresAt === null ? null : getDay(expiresAt),
      readOn: getDay(readAt),
      ruleSince: rule === null ? null : getDay(rule.since),
    })
    return {
      ...row,
      certainty: assessment.certainty,
      reasons: [...assessment.reasons],
      platform: assessment.platform,
      state: rule === null ? ('static' as const) : ('beside' as const),
      rule: rule === null ? null : { federationId: rule.federationId, workload: rule.workload },
      lastDay: last.on,
      lastDayBecause: last.because,
    }
  })
}

interface KeylessQuery extends KeylessFilter {
  readonly sort: { readonly by: string; readonly direction: 'asc' | 'desc' }
}

const NAMES = new Intl.Collator('en')

type Compare = (a: KeylessRow, b: KeylessRow) => number

const byName: Compare = (a, b) => NAMES.compare(a.name, b.name) || a.keyId - b.keyId
const byDay: Compare = (a, b) => (a.lastDay < b.lastDay ? -1 : a.lastDay > b.lastDay ? 1 : 0)

const ORDER: Readonly<Record<string, Compare>> = {
  'last-day': byDay,
  certainty: (a, b) => certaintyRank(a.certainty) - certaintyRank(b.certainty),
  client: (a, b) => NAMES.compare(a.client.name, b.client.name),
  name: byName,
}

/** The ids of the keys in the plan that match a filter, in order. */
export function keylessIds(reader: Reader, query: KeylessQuery, moment: Moment): number[] {
  const has = <T>(values: T | readonly T[] | undefined, value: T | null): boolean =>
    values === undefined || (value !== null && toList(values as never).includes(value as never))
  const text = query.search?.trim().toLowerCase() ?? ''
  const order = ORDER[query.sort.by] ?? byDay
  const sign = query.sort.direction === 'desc' ? -1 : 1
  return readKeyless(reader, query, moment)
    .filter(
      (row) =>
        has(query.connection, row.connection.id) &&
        has(query.state, row.state) &&
        has(query.certainty, row.certainty) &&
        has(query.platform, row.platform) &&
        [row.name, row.project?.name ?? '', row.account?.name ?? ''].some((name) => name.toLowerCase().includes(text)),
    )
    .toSorted((a, b) => sign * order(a, b) || byDay(a, b) || byName(a, b))
    .map(({ keyId }) => keyId)
}

/** The rows of some keys, in the order given; keys that are not in the plan are left out. */
export function keylessRows(reader: Reader, ids: readonly number[], moment: Moment): KeylessRow[] {
  const rows = new Map(readKeyless(reader, { ids }, moment).map((row) => [row.keyId, row]))
  return ids.flatMap((id) => rows.get(id) ?? [])
}

/** Keys that ended, and that a federation rule replaces now, by client. */
const RETIRED = (scope: string): string => `SELECT c.slug, count(*) AS count
  FROM connection cn JOIN client c ON c.id = cn.client_id
  JOIN principal o ON o.id IN (SELECT f.account_id FROM federation_version f WHERE f.connection_id = cn.id AND ${liveRule('f')})
  JOIN key k ON k.connection_id = cn.id AND (k.standing = 0 OR NOT ${OPENS})
  JOIN key_version v ON v.key_id = k.id AND v.owner_external_id = o.external_id
    AND v.from_sync = (SELECT max(x.from_sync) FROM key_version x WHERE x.key_id = k.id)
  WHERE cn.id IN (${scope}) AND EXISTS (SELECT 1 FROM federation_version f WHERE ${REPLACES_ENDED_KEY}) GROUP BY c.slug`

/** How far each client in scope is, by name; those without such keys are left out. */
export function keylessProgress(reader: Reader, scope: Scope, moment: Moment): KeylessProgress[] {
  const inScope = connectionsInScope(scope)
  const retired = new Map(
    reader
      .all<{ readonly slug: string; readonly count: number }>(RETIRED(inScope.text), {
        now: moment.now,
        ...inScope.params,
      })
      .map(({ slug, count }) => [slug, count]),
  )
  const rows = Map.groupBy(readKeyless(reader, scope, moment), ({ client }) => client.slug)
  const clients = readRows(
    reader,
    z.object({ client: keylessRow.shape.client }),
    `SELECT DISTINCT ${CLIENT_REF} FROM connection cn JOIN client c ON c.id = cn.client_id WHERE cn.id IN (${inScope.text})
     ORDER BY c.name COLLATE NOCASE`,
    inScope.params,
  )
  return clients.flatMap(({ client }) => {
    const own = rows.get(client.slug) ?? []
    const beside = own.filter(({ state }) => state === 'beside').length
    const ended = retired.get(client.slug) ?? 0
    return own.length + ended === 0 ? [] : { client, static: own.length - beside, beside, retired: ended }
  })
}
