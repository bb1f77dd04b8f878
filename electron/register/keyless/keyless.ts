import { z } from 'zod'

import { instant } from '../../../shared/contract/common.ts'
import type { KeylessProgress } from '../../../shared/contract/keyless.ts'
import { type KeylessFilter, type KeylessRow, keylessRow } from '../../../shared/nouns/keyless.ts'
import { issuerPlatform } from '../../../shared/domain/federation/issuers.ts'
import { getDay, type Moment } from '../../../shared/domain/day.ts'
import { assessKey } from '../../../shared/domain/keyless/assess.ts'
import { findLastDay } from '../../../shared/domain/keyless/last-day.ts'
import { FIRST_READ, REPLACES_ENDED_KEY } from '../access/federated.ts'
import { CLIENT_REF } from '../clients/client.ts'
import { CONNECTION_REF } from '../connections/connection.ts'
import type { Reader } from '../db/handles.ts'
import { readRows } from '../db/rows.ts'
import { connectionsInScope, idsParam, type Scope } from '../db/scope.ts'
import { hasEnded, OPENS } from '../facts/key-state.ts'
import { LAST_USE_REF } from '../facts/last-use.ts'
import { liveRule } from '../facts/live-rule.ts'
import { PROJECT_REF } from '../facts/project-ref.ts'
import { ACCEPTS_WORKLOADS, MAY_BE_PLANNED, PLANNED, READ_AT, RULE_SINCE } from './facts.ts'
import { orderPlan, type RankedPlan, rankPlan, type Sort } from './order.ts'
import { type Plan, readPlan } from './plan.ts'
import { readUseDays } from './use-days.ts'

/** The columns of a key from which the plan is made. */
const columns = keylessRow
  .pick({ keyId: true, name: true, client: true, connection: true, project: true, dueOn: true, lastUse: true })
  .extend({
    purpose: z.string().nullable(),
    expiresAt: instant.nullable(),
    readAt: instant,
    account: keylessRow.shape.account,
    rule: z
      .object({ federationId: z.number().int(), workload: z.string(), issuer: z.string().nullable(), since: instant })
      .nullable(),
  })

/** Up to so many keys, the days of each are looked up; of more, those of whole connections are read. */
const FEW = 1000

/** The rows of some keys, in the order given; keys that are not in the plan are left out. */
export function keylessRows(reader: Reader, ids: readonly number[], { now, today }: Moment): KeylessRow[] {
  const keys = readRows(
    reader,
    columns,
    `SELECT k.id AS keyId, k.name, ${CLIENT_REF}, ${CONNECTION_REF}, ${PROJECT_REF}, k.due_on AS dueOn, ${LAST_USE_REF},
       k.purpose, k.expires_at AS expiresAt, ${READ_AT} AS readAt, o.id AS "account.id", o.external_id AS "account.externalId",
       oa.name AS "account.name", f.id AS "rule.federationId", f.workload AS "rule.workload", f.issuer AS "rule.issuer",
       ${RULE_SINCE} AS "rule.since"
     FROM ${PLANNED}
     JOIN connection cn ON cn.id = k.connection_id JOIN client c ON c.id = cn.client_id
     LEFT JOIN project_ref pr ON pr.id = k.project_id
     WHERE k.id IN (SELECT value FROM json_each(:ids)) AND ${MAY_BE_PLANNED} AND ${ACCEPTS_WORKLOADS}`,
    { now, ids: idsParam(ids) },
  )
  const connections = [...new Set(keys.map(({ connection }) => connection.id))]
  const days = readUseDays(reader, ids.length > FEW ? { connections } : { keys: ids }, now)
  const rows = keys.flatMap(({ purpose, expiresAt, readAt, rule, ...row }) => {
    const assessment = assessKey({
      name: row.name,
      project: row.project?.name ?? null,
      purpose,
      account: row.account === null ? null : (row.account.name ?? row.account.externalId),
      rulePlatform: rule === null || rule.issuer === null ? null : issuerPlatform(rule.issuer),
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
  const byId = new Map(rows.map((row) => [row.keyId, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

interface KeylessQuery extends KeylessFilter {
  readonly sort: Sort
  /** The plan of the client's keys, or of all, where it was read before; only without `search`. */
  readonly plan?: RankedPlan
}

/** The ids of the keys in the plan that match a filter, in order. */
export function keylessIds(reader: Reader, query: KeylessQuery, moment: Moment): number[] {
  const clients = new Map(readClients(reader, query).map(({ connection, client }) => [connection, client.name]))
  const plan = query.plan ?? rankPlan(readPlan(reader, query, moment))
  return orderPlan(plan, query, (connection) => clients.get(connection) ?? '')
}

/** The content of a screen of the plan: everything by which its list is ordered, and how far each client is. */
export function readKeyless(
  reader: Reader,
  scope: Scope,
  moment: Moment,
): { readonly plan: RankedPlan; readonly progress: readonly KeylessProgress[] } {
  const plan = readPlan(reader, scope, moment)
  return { plan: rankPlan(plan), progress: countProgress(reader, scope, moment, plan) }
}

/** Later than any instant. */
const NEVER = Number.MAX_SAFE_INTEGER

/**
 * When the key `k` ended. The first of these counts: the sync that no longer showed it, the sync
 * that first showed an ending status, and its expiry.
 */
const ENDED_SINCE = `min(ifnull((SELECT s.finished_at FROM sync s WHERE s.id = k.to_sync), ${NEVER}),
    ifnull(iif(k.expires_at <= :now, k.expires_at, NULL), ${NEVER}),
    iif(${hasEnded('k')}, (SELECT s.finished_at FROM sync s WHERE s.id = (SELECT min(x.from_sync) FROM key_version x WHERE x.key_id = k.id
      AND x.from_sync > ifnull((SELECT max(v.from_sync) FROM key_version v WHERE v.key_id = k.id AND NOT ${hasEnded('v')}), 0))), ${NEVER}))`

/** Keys that a federation rule replaces now and that ended after the sync that first showed the rule there, by client. */
const RETIRED = (scope: string): string => `SELECT c.slug, count(*) AS count
  FROM connection cn JOIN client c ON c.id = cn.client_id
  JOIN principal o ON o.id IN (SELECT f.account_id FROM federation_version f WHERE f.connection_id = cn.id AND ${liveRule('f')})
  JOIN key_last_row k ON k.connection_id = cn.id AND k.owner_external_id = o.external_id AND (k.standing = 0 OR NOT ${OPENS})
  WHERE cn.id IN (${scope}) AND EXISTS (SELECT 1 FROM federation_version f WHERE ${REPLACES_ENDED_KEY} AND ${FIRST_READ} < ${ENDED_SINCE}) GROUP BY c.slug`

/** How far each client in scope is, by name; those without such keys are left out. */
export function keylessProgress(reader: Reader, scope: Scope, moment: Moment): KeylessProgress[] {
  return countProgress(reader, scope, moment, readPlan(reader, scope, moment))
}

function countProgress(reader: Reader, scope: Scope, moment: Moment, plan: Plan): KeylessProgress[] {
  const inScope = connectionsInScope(scope)
  const retired = new Map(
    reader
      .all<{ readonly slug: string; readonly count: number }>(RETIRED(inScope.text), {
        now: moment.now,
        ...inScope.params,
      })
      .map(({ slug, count }) => [slug, count]),
  )
  const counts = new Map<number, { all: number; beside: number }>()
  for (const [n, connection] of plan.connections.entries()) {
    const own = counts.get(connection) ?? { all: 0, beside: 0 }
    counts.set(connection, own)
    own.all += 1
    if (plan.states[n] === 'beside') own.beside += 1
  }
  const clients = Map.groupBy(readClients(reader, scope), ({ client }) => client.slug)
  return [...clients].flatMap(([slug, connections]) => {
    const own = connections.flatMap(({ connection }) => counts.get(connection) ?? [])
    const all = own.reduce((sum, count) => sum + count.all, 0)
    const beside = own.reduce((sum, count) => sum + count.beside, 0)
    const ended = retired.get(slug) ?? 0
    const [first] = connections
    return first === undefined || all + ended === 0
      ? []
      : { client: first.client, static: all - beside, beside, retired: ended }
  })
}

/** The connections in scope with their clients, by the names of these. */
function readClients(reader: Reader, scope: Scope) {
  const inScope = connectionsInScope(scope)
  return readRows(
    reader,
    z.object({ connection: z.number().int(), client: keylessRow.shape.client }),
    `SELECT cn.id AS connection, ${CLIENT_REF} FROM connection cn JOIN client c ON c.id = cn.client_id WHERE cn.id IN (${inScope.text})
     ORDER BY c.name COLLATE NOCASE, c.slug, cn.id`,
    inScope.params,
  )
}
