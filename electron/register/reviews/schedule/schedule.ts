import { z } from 'zod'

import { clientRef, id, instant } from '../../../../shared/contract/common.ts'
import type { ReviewScheduleRow } from '../../../../shared/contract/reviews.ts'
import { addDays, type Day, toLocalDay, type Moment } from '../../../../shared/domain/day.ts'
import type { Policy } from '../../../../shared/domain/policy.ts'
import { REVIEW_KINDS, type ReviewKind } from '../../../../shared/domain/reviews/review.ts'
import { reviewDueOn, reviewMonths } from '../../../../shared/domain/reviews/schedule.ts'
import { CLIENT_REF } from '../../clients/client.ts'
import type { Reader } from '../../db/handles.ts'
import { policyLookup } from '../../clients/policy.ts'
import { readRows } from '../../db/rows.ts'
import { listAll, idsParam, type Scope, type Sql } from '../../db/scope.ts'
import { isUsable } from '../../facts/key-state.ts'
import { departedRangesSql } from '../../people/employment.ts'
import { EFFECTIVE_GRANTS } from '../../facts/grant-now.ts'

const clientColumns = z.object({ id, client: clientRef, firstReadAt: instant.nullable() })

interface LastColumns {
  readonly clientId: number
  readonly kind: ReviewKind
  readonly id: number
  readonly at: number
}

interface OpenColumns {
  readonly clientId: number
  readonly kind: ReviewKind
  readonly id: number
  readonly dueOn: Day
}

/** A scheduled review with fields that only the service needs. */
export interface ScheduleEntry {
  readonly clientId: number
  readonly policy: Policy
  /** How many reviews of this kind the client has completed. */
  readonly ended: number
  readonly row: ReviewScheduleRow
}

const PRESSING: (a: ScheduleEntry, b: ScheduleEntry) => number = (a, b) =>
  Number(b.row.overdue) - Number(a.row.overdue) ||
  (a.row.dueOn ?? '9999-99').localeCompare(b.row.dueOn ?? '9999-99') ||
  a.row.client.name.localeCompare(b.row.client.name) ||
  REVIEW_KINDS.indexOf(a.row.kind) - REVIEW_KINDS.indexOf(b.row.kind)

/**
 * When reviews of every kind are due, for each client in scope, most urgent first. A few statements for all clients.
 */
export function schedule(reader: Reader, scope: Scope, moment: Moment): ScheduleEntry[] {
  const where: Sql =
    scope.client === undefined
      ? { text: 'c.archived_at IS NULL', params: {} }
      : { text: 'c.slug = :scope_client', params: { scope_client: scope.client } }
  return readSchedule(reader, where, moment).sort(PRESSING)
}

/** The same for clients by their ids, archived or not. */
export function scheduleOfClients(reader: Reader, clientIds: readonly number[], moment: Moment): ScheduleEntry[] {
  const where = { text: 'c.id IN (SELECT value FROM json_each(:clients))', params: { clients: idsParam(clientIds) } }
  return readSchedule(reader, where, moment)
}

function readSchedule(reader: Reader, where: Sql, moment: Moment): ScheduleEntry[] {
  const clients = readRows(
    reader,
    clientColumns,
    `SELECT c.id, ${CLIENT_REF}, (SELECT min((SELECT y.finished_at FROM sync y
         WHERE y.connection_id = cn.id AND y.state IN ('complete', 'partial') ORDER BY y.id LIMIT 1))
       FROM connection cn WHERE cn.client_id = c.id AND cn.removed_at IS NULL) AS firstReadAt
     FROM client c WHERE ${where.text}`,
    where.params,
  )
  const endings = reader.all<LastColumns>(
    `SELECT r.client_id AS clientId, r.kind, r.id, r.ended_at AS at FROM review r JOIN client c ON c.id = r.client_id
     WHERE ${where.text} AND r.state IN ('signed', 'acknowledged', 'empty') ORDER BY r.ended_at, r.id`,
    where.params,
  )
  const ended = Map.groupBy(endings, getKey)
  const opened = reader.all<OpenColumns>(
    `SELECT r.client_id AS clientId, r.kind, r.id, r.due_on AS dueOn FROM review r JOIN client c ON c.id = r.client_id
     WHERE ${where.text} AND r.state = 'open'`,
    where.params,
  )
  const open = new Map(opened.map((row) => [getKey(row), row]))
  const departures = listDepartures(reader, where, moment)
  const imported = importedReviews(reader, where, moment.now)
  const getPolicy = policyLookup(reader)
  return clients.flatMap((client) =>
    REVIEW_KINDS.map((kind) => {
      const key = `${client.id} ${kind}`
      const policy = getPolicy(client.id)
      const past = ended.get(key) ?? []
      const latest = past.at(-1)
      const lastOn = latest === undefined ? null : toLocalDay(latest.at)
      const months = reviewMonths(kind, policy)
      const firstReadOn = client.firstReadAt === null ? null : toLocalDay(client.firstReadAt)
      const importedOn = imported.get(key) ?? null
      const dueOn =
        open.get(key)?.dueOn ??
        (months === null
          ? (departures.get(client.id) ?? null)
          : reviewDueOn({ lastOn, firstReadOn, importedOn }, months))
      return {
        clientId: client.id,
        policy,
        ended: past.length,
        row: {
          client: client.client,
          kind,
          everyMonths: months,
          dueOn,
          overdue: dueOn !== null && dueOn < moment.today,
          last: latest === undefined || lastOn === null ? null : { reviewId: latest.id, on: lastOn },
          openReviewId: open.get(key)?.id ?? null,
          reviewer: policy.reviewer === '' ? null : policy.reviewer,
        },
      }
    }),
  )
}

/**
 * The oldest last review of current people, by client and kind; it came with an imported register or was set manually.
 * Reviews of administrators count only administrators; reviews of roles and projects count all people. Keys have no
 * last review.
 */
function importedReviews(reader: Reader, where: Sql, now: number): ReadonlyMap<string, Day> {
  const rows = reader.all<{ readonly clientId: number; readonly people: Day; readonly admins: Day | null }>(
    `SELECT c.id AS clientId, min(p.last_reviewed_on) AS people,
       min(CASE WHEN EXISTS (SELECT 1 FROM ${EFFECTIVE_GRANTS} e
         WHERE e.principal_id = p.id AND e.project_id IS NULL AND e.level IN ('owner', 'admin')) THEN p.last_reviewed_on END) AS admins
     FROM client c JOIN connection cn ON cn.client_id = c.id AND cn.removed_at IS NULL
     CROSS JOIN principal p INDEXED BY principal_reviewed ON p.connection_id = cn.id
     WHERE ${where.text} AND p.kind = 'user' AND p.last_reviewed_on IS NOT NULL AND p.removed = 0
     GROUP BY c.id`,
    { ...where.params, now },
  )
  return new Map(
    rows.flatMap(({ clientId: client, people, admins }) => [
      [`${client} roles`, people] as const,
      [`${client} membership`, people] as const,
      ...(admins === null ? [] : [[`${client} admins`, admins] as const]),
    ]),
  )
}

function getKey(row: { readonly clientId: number; readonly kind: ReviewKind }): string {
  return `${row.clientId} ${row.kind}`
}

interface DepartureColumns {
  readonly clientId: number
  readonly reportedAt: number
  readonly status: string
  readonly endsOn: Day | null
}

/** A signed review of leavers covers its items, unless an item was kept as an exception that has expired. */
const COVERED = (item: string): string => `EXISTS (SELECT 1 FROM review_item i JOIN review r ON r.id = i.review_id
  WHERE ${item} AND r.kind = 'departed' AND r.state IN ('signed', 'acknowledged')
    AND r.opened_at >= l.reported_at AND ifnull(i.until >= :today, 1))`

/**
 * Since when each client has unreviewed access of former employees: the day on which the departure was reported, or,
 * where it was reported earlier, the day after the last day.
 */
function listDepartures(reader: Reader, where: Sql, { now, today }: Moment): ReadonlyMap<number, Day> {
  const scope = listAll([where, { text: 'cn.removed_at IS NULL', params: {} }])
  const rows = reader.all<DepartureColumns>(
    `WITH leaver AS MATERIALIZED (
       SELECT l.person_id, ifnull(l.departure_reported_at, l.reported_at) AS reported_at, l.status, l.ends_on FROM employment l
       WHERE ${departedRangesSql('l')})
     SELECT c.id AS clientId, l.reported_at AS reportedAt, l.status, l.ends_on AS endsOn FROM leaver l
     CROSS JOIN principal p ON p.person_id = l.person_id
     JOIN connection cn ON cn.id = p.connection_id JOIN client c ON c.id = cn.client_id
     WHERE ${scope.text} AND (
       (EXISTS (SELECT 1 FROM account_now a WHERE a.id = p.id)
         AND NOT ${COVERED('i.principal_id = p.id')})
       OR EXISTS (SELECT 1 FROM reported_key_row k
         WHERE k.owner_external_id = p.external_id AND +k.connection_id = p.connection_id AND ${isUsable('k')}
           AND NOT ${COVERED('i.key_id = k.id')}))`,
    { ...scope.params, now, today },
  )
  const since = new Map<number, Day>()
  for (const row of rows) {
    const reported = toLocalDay(row.reportedAt)
    const removed = row.endsOn === null ? reported : addDays(row.endsOn, 1)
    const day = row.status === 'departed' || removed <= reported ? reported : removed
    const known = since.get(row.clientId)
    since.set(row.clientId, known === undefined || day < known ? day : known)
  }
  return since
}
