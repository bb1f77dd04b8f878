import type { Day } from '../../../shared/domain/day.ts'
import type { ItemDecision } from '../../../shared/domain/reviews/review.ts'
import type { RoleScope } from '../../../shared/domain/role.ts'
import type { Reader, Writer } from '../db/handles.ts'
import { idsParam } from '../db/scope.ts'

/** The fields of an item that a decision needs. */
export interface DecidedItem {
  readonly id: number
  readonly reviewId: number
  readonly position: number
  readonly name: string
  readonly projectName: string | null
  readonly flagged: number
  readonly isKey: number
  readonly connectionId: number
  readonly provider: string
  readonly personId: number | null
  readonly holderName: string | null
  readonly holderEmail: string | null
  readonly batch: number | null
}

/** Items for ids, in the order given; ids that do not exist are left out. Their facts are not read. */
export function itemsToDecide(reader: Reader, ids: readonly number[]): readonly DecidedItem[] {
  return reader.all<DecidedItem>(
    `SELECT i.id, i.review_id AS reviewId, i.position, i.name, i.project_name AS projectName, i.flagged,
       i.key_id IS NOT NULL AS isKey,
       i.connection_id AS connectionId, cn.provider, i.person_id AS personId, i.holder_name AS holderName, i.holder_email AS holderEmail, i.batch
     FROM json_each(?) j JOIN review_item i ON i.id = j.value JOIN connection cn ON cn.id = i.connection_id ORDER BY j.key`,
    [idsParam(ids)],
  )
}

/** Which of these items are of an owner or admin, as frozen. */
export function listPrivileged(reader: Reader, ids: readonly number[]): readonly number[] {
  return reader.column<number>(
    `SELECT j.value FROM json_each(?) j JOIN review_item_facts f ON f.item_id = j.value WHERE f.facts ->> '$.privileged'`,
    [idsParam(ids)],
  )
}

/** Role names that are held in a connection, on projects or on the organization, including custom roles. */
export function rolesHeld(reader: Reader, connectionId: number, scope: RoleScope): readonly string[] {
  return reader.column<string>(
    `SELECT DISTINCT g.role_raw FROM grant g JOIN principal p ON p.id = g.principal_id
     WHERE p.connection_id = ? AND g.to_sync IS NULL AND (g.project_id IS NOT NULL) = ?`,
    [connectionId, scope === 'project' ? 1 : 0],
  )
}

/** People with a name or an address in the form of `emailKey` or of names, ignoring case. */
export function peopleNamed(reader: Reader, text: string): ReadonlySet<number> {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return new Set()
  const rows = reader.all<{ readonly id: number; readonly name: string }>(
    `SELECT p.id, p.name FROM person p WHERE p.name = :text COLLATE NOCASE
     UNION SELECT p.id, p.name FROM person_address a JOIN person p ON p.id = a.person_id WHERE a.address = :text`,
    { text: wanted },
  )
  return new Set(rows.map((row) => row.id))
}

export interface NewBatch {
  readonly uid: string
  readonly reviewId: number
  readonly at: number
  readonly by: string
  readonly decision: ItemDecision
  readonly to: string | null
  readonly why: string | null
  readonly until: Day | null
  /** How many items it is about; those whose subject this register has not read yet are not among `items`. */
  readonly size: number
  readonly items: readonly (Pick<DecidedItem, 'id' | 'batch'> & { readonly self: boolean })[]
}

/** What a batch records for each item: its id, the previous batch, and whether the item was about the reviewer. */
type ItemMemory = readonly [itemId: number, before: number | null, self: 0 | 1]

/** Decides items in one batch. Returns the batch number. */
export function insertBatch(writer: Writer, made: NewBatch): number {
  const begunAt = writer.value<number>(
    `SELECT max(r.opened_at, ifnull((SELECT max(b.decided_at) FROM review_batch b WHERE b.review_id = r.id AND b.undone_at IS NULL), 0))
     FROM review r WHERE r.id = ?`,
    [made.reviewId],
  )
  const remembered = made.items.map(({ id, batch, self }): ItemMemory => [id, batch, self ? 1 : 0])
  const { lastId } = writer.run(
    `INSERT INTO review_batch (review_id, begun_at, decided_at, decided_by, decision, change_to, why, until, size, items, uid)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      made.reviewId,
      begunAt ?? made.at,
      made.at,
      made.by,
      made.decision,
      made.to,
      made.why,
      made.until,
      made.size,
      JSON.stringify(remembered),
      made.uid,
    ],
  )
  const set = writer.prepare(SET)
  for (const [item, , self] of remembered) {
    set([made.decision, made.to, made.why, made.until, made.by, made.at, lastId, self, item])
  }
  return lastId
}

/** A new decision is not yet applied, whatever was verified for the previous one. */
const SET = `UPDATE review_item SET decision = ?, change_to = ?, why = ?, until = ?, decided_by = ?, decided_at = ?, batch = ?,
  self_review = ?, closed_sync = NULL, closed_at = NULL WHERE id = ?`

/** The highest position of the items of a review that this register has; 0 where it has none. */
export function findLastPosition(reader: Reader, reviewId: number): number {
  return reader.value<number | null>('SELECT max(position) FROM review_item WHERE review_id = ?', [reviewId]) ?? 0
}

/** Items of a review by their positions, in ascending order; positions without an item are left out. */
export function itemsAt(
  reader: Reader,
  reviewId: number,
  positions: readonly number[],
): readonly Pick<DecidedItem, 'id' | 'batch' | 'position'>[] {
  return reader.all(
    `SELECT i.id, i.position, i.batch FROM json_each(?) j CROSS JOIN review_item i ON i.review_id = ? AND i.position = j.value
     ORDER BY i.position`,
    [idsParam(positions), reviewId],
  )
}

export interface StoredBatch {
  readonly id: number
  readonly uid: string
  readonly reviewId: number
  readonly size: number
  readonly decidedBy: string
  readonly undoneAt: number | null
}

/** A batch by its number or its uid. */
export function getBatch(reader: Reader, by: number | string): StoredBatch | null {
  const column = typeof by === 'number' ? 'id' : 'uid'
  return (
    reader.get<StoredBatch>(
      `SELECT id, uid, review_id AS reviewId, size, decided_by AS decidedBy, undone_at AS undoneAt
       FROM review_batch WHERE ${column} = ?`,
      [by],
    ) ?? null
  )
}

/** How many items have their decision from a batch. */
export function countOfBatch(reader: Reader, id: number): number {
  return reader.value<number>('SELECT count(*) FROM review_item i WHERE i.batch = ?', [id]) ?? 0
}

interface BatchColumns {
  readonly decision: ItemDecision
  readonly changeTo: string | null
  readonly why: string | null
  readonly until: Day | null
  readonly decidedBy: string
  readonly decidedAt: number
  readonly undoneAt: number | null
  readonly items: string
}

/**
 * Reverts a batch. Items that were decided again since keep that decision; the others get the decision of the last
 * earlier batch that was not reverted.
 */
export function undoBatch(writer: Writer, id: number, at: number): void {
  writer.run('UPDATE review_batch SET undone_at = ? WHERE id = ?', [at, id])
  const findBatch = batchLookup(writer)
  const standing = writer.column<number>('SELECT i.id FROM review_item i WHERE i.batch = ?', [id])
  const set = writer.prepare(SET)
  for (const item of standing) {
    let before = findBatch(id)?.items.get(item)?.before ?? null
    while (before !== null && findBatch(before)?.undoneAt !== null)
      before = findBatch(before)?.items.get(item)?.before ?? null
    const go = before === null ? undefined : findBatch(before)
    if (go === undefined) set([null, null, null, null, null, null, null, null, item])
    else {
      const self = go.items.get(item)?.self ?? 0
      set([go.decision, go.changeTo, go.why, go.until, go.decidedBy, go.decidedAt, before, self, item])
    }
  }
}

type BatchWithItems = Omit<BatchColumns, 'items'> & {
  readonly items: ReadonlyMap<number, { readonly before: number | null; readonly self: 0 | 1 }>
}

/** Batches by number, each read once. */
function batchLookup(reader: Reader): (id: number) => BatchWithItems | undefined {
  const known = new Map<number, BatchWithItems | undefined>()
  return (id) => {
    if (!known.has(id)) {
      const row = reader.get<BatchColumns>(
        `SELECT decision, change_to AS changeTo, why, until, decided_by AS decidedBy, decided_at AS decidedAt, undone_at AS undoneAt, items
         FROM review_batch WHERE id = ?`,
        [id],
      )
      const items = row && (JSON.parse(row.items) as readonly ItemMemory[])
      known.set(
        id,
        row && items && { ...row, items: new Map(items.map(([item, before, self]) => [item, { before, self }])) },
      )
    }
    return known.get(id)
  }
}
