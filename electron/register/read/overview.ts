import type { AGE_BANDS } from '../../../shared/contract/overview.ts'
import { type Moment, DAY_MS } from '../../../shared/domain/day.ts'
import type { Reader } from '../db/handles.ts'
import { isExpiredInvite } from '../facts/invite-state.ts'
import { OPENS } from '../facts/key-state.ts'
import { DUE_UNTIL, dueUntil, UNOWNED, UNUSED, unusedBefore } from '../keys/keys.ts'
import { connectionsInScope, type Scope } from '../db/scope.ts'

export interface ClientCounts {
  readonly slug: string
  readonly people: number
  readonly privileged: number
  /** People who hold nothing but pending invites. */
  readonly invited: number
  readonly serviceAccounts: number
  readonly projects: number
  readonly keys: number
  readonly overdue: number
  readonly due: number
  readonly unowned: number
  readonly unused: number
  readonly expiredInvites: number
}

export interface KeySummary {
  readonly slug: string
  readonly keys: number
  readonly overdue: number
  readonly due: number
  readonly unowned: number
  readonly unused: number
}

/** Counts for each client in scope, by slug: one statement for keys, over one index, and one for each other kind. */
export function clientCounts(reader: Reader, scope: Scope, moment: Moment): ReadonlyMap<string, ClientCounts> {
  const inScope = connectionsInScope(scope)
  const counted = (text: string, more: Readonly<Record<string, number>> = {}): ReadonlyMap<string, number> =>
    new Map(
      reader
        .all<{ slug: string; n: number }>(`${text} GROUP BY c.slug`, { ...inScope.params, ...more })
        .map((row) => [row.slug, row.n]),
    )
  const people = new Map(peopleSummaries(reader, scope).map((row) => [row.slug, row]))
  const privileged = counted(
    `SELECT c.slug, count(DISTINCT p.person_id) AS n FROM effective_access e INDEXED BY effective_access_privileged JOIN principal p ON p.id = e.principal_id
     JOIN connection cn ON cn.id = e.connection_id JOIN client c ON c.id = cn.client_id
     WHERE e.connection_id IN (${inScope.text}) AND e.level IN ('owner', 'admin') AND p.kind = 'user'`,
  )
  const expiredInvites = counted(
    `SELECT c.slug, count(*) AS n FROM principal_now p JOIN connection cn ON cn.id = p.connection_id
     JOIN client c ON c.id = cn.client_id
     WHERE p.connection_id IN (${inScope.text}) AND ${isExpiredInvite('p')}`,
    { now: moment.now },
  )
  const serviceAccounts = counted(
    `SELECT c.slug, count(*) AS n FROM principal_now p JOIN connection cn ON cn.id = p.connection_id
     JOIN client c ON c.id = cn.client_id WHERE p.connection_id IN (${inScope.text}) AND p.kind = 'service-account'`,
  )
  const projects = counted(
    `SELECT c.slug, count(*) AS n FROM project_now p JOIN connection cn ON cn.id = p.connection_id
     JOIN client c ON c.id = cn.client_id WHERE p.connection_id IN (${inScope.text}) AND p.status = 'active'`,
  )
  const keys = new Map(keySummaries(reader, scope, moment).map((row) => [row.slug, row]))
  const slugs = new Set([people, expiredInvites, serviceAccounts, projects, keys].flatMap((map) => [...map.keys()]))
  return new Map(
    [...slugs].map((slug) => [
      slug,
      {
        people: people.get(slug)?.people ?? 0,
        privileged: privileged.get(slug) ?? 0,
        invited: people.get(slug)?.invited ?? 0,
        serviceAccounts: serviceAccounts.get(slug) ?? 0,
        projects: projects.get(slug) ?? 0,
        expiredInvites: expiredInvites.get(slug) ?? 0,
        ...(keys.get(slug) ?? { slug, keys: 0, overdue: 0, due: 0, unowned: 0, unused: 0 }),
      },
    ]),
  )
}

/** Each person once for a client: members, and people who are only invited. */
function peopleSummaries(
  reader: Reader,
  scope: Scope,
): readonly { readonly slug: string; readonly people: number; readonly invited: number }[] {
  const inScope = connectionsInScope(scope)
  return reader.all(
    `WITH held AS (
       SELECT cn.client_id, max(p.kind = 'user') AS is_user FROM principal_now p JOIN connection cn ON cn.id = p.connection_id
       WHERE p.person_id IS NOT NULL AND p.connection_id IN (${inScope.text}) GROUP BY cn.client_id, p.person_id)
     SELECT c.slug, sum(h.is_user) AS people, sum(NOT h.is_user) AS invited
     FROM held h JOIN client c ON c.id = h.client_id GROUP BY c.slug`,
    inScope.params,
  )
}

/** How many keys each client in scope has, and how many of them are overdue, due, without owner and unused. */
export function keySummaries(reader: Reader, scope: Scope, { now, today }: Moment): readonly KeySummary[] {
  const inScope = connectionsInScope(scope)
  return reader.all<KeySummary>(
    `WITH by_connection AS (
       SELECT k.connection_id, count(*) AS keys, count(*) FILTER (WHERE k.due_on < :today AND ${OPENS}) AS overdue,
         count(*) FILTER (WHERE k.due_on >= :today AND k.due_on <= ${DUE_UNTIL} AND ${OPENS}) AS due,
         count(*) FILTER (WHERE ${UNOWNED}) AS unowned, count(*) FILTER (WHERE ${UNUSED}) AS unused
       FROM key k INDEXED BY key_summary WHERE k.standing = 1 AND k.connection_id IN (${inScope.text}) GROUP BY k.connection_id)
     SELECT c.slug, sum(b.keys) AS keys, sum(b.overdue) AS overdue, sum(b.due) AS due, sum(b.unowned) AS unowned,
       sum(b.unused) AS unused
     FROM by_connection b JOIN connection cn ON cn.id = b.connection_id JOIN client c ON c.id = cn.client_id GROUP BY c.slug`,
    {
      ...inScope.params,
      now,
      today,
      unused_before: unusedBefore(now),
      due_until: JSON.stringify(dueUntil(reader, today)),
    },
  )
}

export type AgeBand = (typeof AGE_BANDS)[number]

/** The number of current keys of each client by age. */
export function keyAges(reader: Reader, scope: Scope, now: number): ReadonlyMap<string, ReadonlyMap<AgeBand, number>> {
  const inScope = connectionsInScope(scope)
  const rows = reader.all<{ slug: string; band: AgeBand; n: number }>(
    `WITH by_connection AS (
       SELECT k.connection_id, CASE WHEN k.created_at IS NULL THEN 'unknown'
         WHEN k.created_at > :now - 31 * ${DAY_MS} THEN '0-30' WHEN k.created_at > :now - 91 * ${DAY_MS} THEN '31-90'
         WHEN k.created_at > :now - 181 * ${DAY_MS} THEN '91-180' WHEN k.created_at > :now - 366 * ${DAY_MS} THEN '181-365'
         ELSE '366+' END AS band, count(*) AS n
       FROM key k INDEXED BY key_summary WHERE k.standing = 1 AND k.connection_id IN (${inScope.text}) GROUP BY k.connection_id, band)
     SELECT c.slug, b.band, sum(b.n) AS n FROM by_connection b JOIN connection cn ON cn.id = b.connection_id
     JOIN client c ON c.id = cn.client_id GROUP BY c.slug, b.band`,
    { now, ...inScope.params },
  )
  return new Map(
    [...Map.groupBy(rows, (row) => row.slug)].map(([slug, bands]) => [
      slug,
      new Map(bands.map((row) => [row.band, row.n])),
    ]),
  )
}
