import type { Day } from '../../../shared/domain/day.ts'
import type { KeyKind, OwnerKind, OwnerState } from '../../../shared/domain/facts.ts'
import type { StoredConnection } from '../connections/connection.ts'
import type { Reader } from '../db/handles.ts'
import { isUsable } from '../facts/key-state.ts'

interface CalendarRow {
  readonly keyId: number
  readonly connectionId: number
  readonly projectId: number | null
  readonly externalId: string
  /** Of the first key of the logical key; null where it is this one. */
  readonly olderKeyId: string | null
  /** True if a younger key serves the same purpose already. */
  readonly isSucceeded: 0 | 1
  readonly rotations: number
  readonly name: string
  readonly hint: string | null
  readonly kind: KeyKind
  readonly tool: string | null
  readonly ownerKind: OwnerKind | null
  readonly ownerState: OwnerState
  readonly ownerName: string | null
  readonly ownerEmail: string | null
  readonly ownerRemoved: 0 | 1
  readonly environment: string | null
  readonly team: string | null
  readonly purpose: string | null
  readonly contact: string | null
  readonly dueOn: Day
}

/** A rotation to put into a calendar. */
export interface CalendarKey extends CalendarRow {
  readonly connection: StoredConnection
  readonly project: string | null
}

/** Usable keys with a due day, earliest first, one by one; only those of a contact when one is given. */
export function* calendarKeys(
  reader: Reader,
  connections: readonly StoredConnection[],
  contact: string | undefined,
  now: number,
): Generator<CalendarKey> {
  const byId = new Map(connections.map((connection) => [connection.id, connection]))
  const ids = JSON.stringify([...byId.keys()])
  const projects = projectNames(reader, ids)
  for (const row of reader.iterate<CalendarRow>(KEYS, { connections: ids, contact: contact ?? null, now })) {
    const connection = byId.get(row.connectionId)
    if (connection === undefined) continue
    yield { ...row, connection, project: row.projectId === null ? null : (projects.get(row.projectId) ?? null) }
  }
}

function projectNames(reader: Reader, connections: string): ReadonlyMap<number, string> {
  const rows = reader.all<{ readonly id: number; readonly name: string }>(
    `SELECT p.id, p.name FROM json_each(:connections) j CROSS JOIN project_row p ON p.connection_id = j.value`,
    { connections },
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Columns with few values are read apart, and each table in the order of its rows: every page of it once. */
const KEYS = `SELECT k.id AS keyId, k.connection_id AS connectionId, k.project_id AS projectId, k.external_id AS externalId, k.name, k.hint,
    k.kind, k.tool, k.owner_kind AS ownerKind, k.owner_state AS ownerState, k.owner_name AS ownerName, k.owner_email AS ownerEmail,
    k.owner_left AS ownerRemoved, k.environment, k.team, k.purpose, k.contact, k.due_on AS dueOn,
    (SELECT o.external_id FROM key o WHERE o.id = (SELECT min(f.id) FROM key f WHERE f.logical_key_id = k.logical_key_id) AND o.id < k.id)
      AS olderKeyId,
    EXISTS (SELECT 1 FROM key n WHERE n.logical_key_id = k.logical_key_id AND n.id > k.id AND n.standing = 1) AS isSucceeded,
    (SELECT count(*) + count(r.undone_at) FROM rotation r WHERE r.logical_key_id = k.logical_key_id) AS rotations
  FROM key_row k
  WHERE k.id IN (SELECT i.id FROM key i
      WHERE i.connection_id IN (SELECT value FROM json_each(:connections)) AND i.due_on IS NOT NULL AND i.standing = 1)
    AND ${isUsable('k')} AND (:contact IS NULL OR k.contact = :contact)
  ORDER BY k.due_on, k.id`
