import type { RoleScope } from '../../../shared/domain/role.ts'
import type { Reader } from '../db/handles.ts'
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
}

/** Items for ids, in the order given; ids that do not exist are left out. Their facts are not read. */
export function itemsToDecide(reader: Reader, ids: readonly number[]): readonly DecidedItem[] {
  return reader.all<DecidedItem>(
    `SELECT i.id, i.review_id AS reviewId, i.position, i.name, i.project_name AS projectName, i.flagged,
       i.key_id IS NOT NULL AS isKey,
       i.connection_id AS connectionId, cn.provider, i.person_id AS personId, i.holder_name AS holderName, i.holder_email AS holderEmail
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

/** The highest position of the items of a review that this register has; 0 where it has none. */
export function findLastPosition(reader: Reader, reviewId: number): number {
  return reader.value<number | null>('SELECT max(position) FROM review_item WHERE review_id = ?', [reviewId]) ?? 0
}

export interface BatchRef {
  readonly id: number
  readonly uid: string
  readonly reviewId: number
  readonly size: number
  readonly decidedBy: string
  readonly undoneAt: number | null
}

/** A batch by its number or its uid. */
export function getBatch(reader: Reader, by: number | string): BatchRef | null {
  const column = typeof by === 'number' ? 'id' : 'uid'
  return (
    reader.get<BatchRef>(
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
