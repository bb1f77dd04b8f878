import { z } from 'zod'

import { id, instant } from '../../../shared/contract/common.ts'
import { type ReviewItem, reviewItem, type ReviewItemFilter } from '../../../shared/contract/reviews.ts'
import type { Reader } from '../db/handles.ts'
import { readRows } from '../db/rows.ts'
import { listAll, idsParam, likeParam, type Sql, when } from '../db/scope.ts'
import { residuals } from './residual.ts'
import { FACT_NUMBERS, readFacts } from './stored-facts.ts'

const CLOSURE: Readonly<Record<'pending' | 'done', string>> = {
  pending: `i.decision IN ('change', 'remove') AND i.closed_at IS NULL`,
  done: `i.decision IN ('change', 'remove') AND i.closed_at IS NOT NULL`,
}

/** No change, other than failed and cancelled ones, is about the item: about its key, its account as a whole, or the account in its project. */
const UNLISTED = `NOT EXISTS (SELECT 1 FROM remediation r
  WHERE r.subject_kind = CASE WHEN i.key_id IS NULL THEN 'principal' ELSE 'key' END
    AND r.subject_id = ifnull(i.key_id, i.principal_id) AND r.state NOT IN ('failed', 'withdrawn')
    AND (i.key_id IS NOT NULL OR r.action IN ('member-remove', 'invite-delete', 'service-account-delete')
      OR r."values" ->> 'projectId' IS i.project_id))`

function itemWhere(reviewId: number, filter: ReviewItemFilter): Sql {
  const like = (column: string): string => `${column} LIKE :like ESCAPE '\\'`
  return listAll([
    { text: 'i.review_id = :review', params: { review: reviewId } },
    when(filter.search?.trim() || undefined, (text) => ({
      text: ['i.name', 'i.holder_name', 'i.holder_email', 'i.project_name'].map(like).join(' OR '),
      params: { like: likeParam(text) },
    })),
    when(filter.decided, (decided) => ({
      text: decided ? 'i.decision IS NOT NULL' : 'i.decision IS NULL',
      params: {},
    })),
    when(filter.decision, (decision) => ({ text: 'i.decision = :decision', params: { decision } })),
    when(filter.flagged, (flagged) => ({ text: 'i.flagged = :flagged', params: { flagged: flagged ? 1 : 0 } })),
    when(filter.privileged, (privileged) => ({
      text: `(SELECT f.facts ->> '$.privileged' FROM review_item_facts f WHERE f.item_id = i.id) = :privileged`,
      params: { privileged: privileged ? 1 : 0 },
    })),
    when(filter.connection, (connection) => ({ text: 'i.connection_id = :connection', params: { connection } })),
    when(filter.closure, (closure) => ({ text: CLOSURE[closure], params: {} })),
    when(filter.unlisted, () => ({ text: UNLISTED, params: {} })),
  ])
}

const ORDER: Readonly<Record<string, (direction: string) => string>> = {
  position: (d) => `i.position ${d}`,
  name: (d) => `i.name COLLATE NOCASE ${d}, i.position`,
  project: (d) => `i.project_name IS NULL, i.project_name COLLATE NOCASE ${d}, i.position`,
  'last-used': (d) => `i.last_used_at IS NULL, i.last_used_at ${d}, i.position`,
  decision: (d) => `i.decision IS NOT NULL, i.decision ${d}, i.position`,
}

/** The ids of all items of a review that match a filter, in order. */
export function itemIds(
  reader: Reader,
  reviewId: number,
  query: ReviewItemFilter & { readonly sort: { readonly by: string; readonly direction: 'asc' | 'desc' } },
): number[] {
  const where = itemWhere(reviewId, query)
  const order = (ORDER[query.sort.by] ?? ORDER['position'])?.(query.sort.direction) ?? 'i.position'
  return reader.column<number>(`SELECT i.id FROM review_item i WHERE ${where.text} ORDER BY ${order}`, where.params)
}

const columns = reviewItem.omit({ closure: true, facts: true }).extend({
  closedSync: id.nullable(),
  closedAt: instant.nullable(),
  /** JSON. */
  facts: z.string(),
  numbers: z.object(FACT_NUMBERS),
})
type Columns = z.infer<typeof columns>

const HOUR_MS = 3_600_000

/** Items for ids, in the order given; ids that do not exist are left out. A few statements whatever their number. */
export function itemRows(reader: Reader, ids: readonly number[], now: number): ReviewItem[] {
  const rows = readRows(
    reader,
    columns,
    `SELECT i.id AS itemId, i.review_id AS reviewId, i.position, i.name, i.flagged, y.facts, i.decision AS "record.decision",
       i.change_to AS "record.to", i.why AS "record.why", i.until AS "record.until", ifnull(i.decided_by, '') AS "record.by",
       ifnull(i.decided_at, 0) AS "record.at", ifnull(i.batch, 0) AS "record.batch", ifnull(b.size, 0) AS "record.batchSize",
       i.self_review AS "record.selfReview", i.closed_sync AS closedSync, i.closed_at AS closedAt,
       i.connection_id AS "numbers.connectionId", i.principal_id AS "numbers.principalId", i.key_id AS "numbers.keyId",
       (SELECT k.logical_key_id FROM key k WHERE k.id = i.key_id) AS "numbers.logicalKeyId",
       i.project_id AS "numbers.projectId", i.person_id AS "numbers.personId"
     FROM json_each(?) j JOIN review_item i ON i.id = j.value
     JOIN review_item_facts y ON y.item_id = i.id LEFT JOIN review_batch b ON b.id = i.batch ORDER BY j.key`,
    [idsParam(ids)],
  )
  const pending = rows.filter((row) => isFollowed(row.record) && row.closedAt === null)
  const left = residuals(
    reader,
    pending.map((row) => row.itemId),
    now,
  )
  return rows.map(({ closedSync, closedAt, facts, numbers, ...row }) => ({
    ...row,
    facts: readFacts(facts, numbers),
    closure: isFollowed(row.record)
      ? toClosure(row.record, { closedSync, closedAt }, left.get(row.itemId) ?? [])
      : null,
  }))
}

type ItemRecord = NonNullable<ReviewItem['record']>

function isFollowed(record: ItemRecord | null): record is ItemRecord {
  return record?.decision === 'change' || record?.decision === 'remove'
}

function toClosure(
  record: ItemRecord,
  { closedSync, closedAt }: Pick<Columns, 'closedSync' | 'closedAt'>,
  left: readonly string[],
): ReviewItem['closure'] {
  if (closedAt === null) return { state: 'pending', syncId: null, at: null, hours: null, residual: [...left] }
  const hours = Math.max(0, closedAt - record.at) / HOUR_MS
  return { state: 'done', syncId: closedSync, at: closedAt, hours: Math.round(hours * 10) / 10, residual: [] }
}
