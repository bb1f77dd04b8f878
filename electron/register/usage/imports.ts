import { type UsageImported, usageImported } from '../../../shared/contract/usage.ts'
import { CLIENT_REF } from '../clients/client.ts'
import type { Reader, Writer } from '../db/handles.ts'
import { readRow, readRows } from '../db/rows.ts'
import type { Scope } from '../db/scope.ts'
import { addCellRows, ROW_WIDTH } from './cells.ts'
import { partRows } from './part-rows.ts'
import { removeRequests } from './known-requests.ts'
import { createUid } from '../db/uid.ts'

/** The results of an import so far. */
export type ImportCounts = Pick<UsageImported, 'read' | 'counted' | 'repeated' | 'refused'>

/** Begins an import of a file; `at` is in milliseconds. Returns its id. */
export function beginImport(
  writer: Writer,
  begun: { readonly clientId: number; readonly file: string; readonly at: number; readonly by: string },
): number {
  return writer.run('INSERT INTO usage_import (client_id, file, at, by, uid) VALUES (?, ?, ?, ?, ?)', [
    begun.clientId,
    begun.file,
    begun.at,
    begun.by,
    createUid(begun.at),
  ]).lastId
}

/** Records the progress of an import, with the part that was counted, and finally that it is complete. */
export function noteImport(writer: Writer, importId: number, counts: ImportCounts, complete: boolean): void {
  const { read, counted, repeated, refused } = counts
  writer.run('UPDATE usage_import SET read = ?, counted = ?, repeated = ?, refused = ?, complete = ? WHERE id = ?', [
    read,
    counted,
    repeated,
    refused,
    Number(complete),
    importId,
  ])
}

/** Deletes imports that were interrupted before anything was counted. */
export function forgetEmptyImports(writer: Writer): void {
  writer.run(
    `DELETE FROM usage_import WHERE complete = 0 AND undone_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM usage_part p WHERE p.import_id = usage_import.id)`,
  )
}

const SELECT = `SELECT i.id AS importId, ${CLIENT_REF}, i.file, i.at, i.by, i.complete, i.read, i.counted, i.repeated, i.refused,
    i.undone_at AS undoneAt, i.undone_by AS undoneBy
  FROM usage_import i JOIN client c ON c.id = i.client_id`
const IN_SCOPE = 'CASE WHEN :client IS NULL THEN c.archived_at IS NULL ELSE c.slug = :client END'

/** The imports in scope, the latest first; those of archived clients only where the client is named. */
export function listImports(
  reader: Reader,
  { client }: Scope,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): UsageImported[] {
  return readRows(reader, usageImported, `${SELECT} WHERE ${IN_SCOPE} ORDER BY i.id DESC LIMIT :limit OFFSET :offset`, {
    client: client ?? null,
    limit,
    offset,
  })
}

/** How many imports are in scope. */
export function countImports(reader: Reader, { client }: Scope): number {
  return (
    reader.value<number>(`SELECT count(*) FROM usage_import i JOIN client c ON c.id = i.client_id WHERE ${IN_SCOPE}`, {
      client: client ?? null,
    }) ?? 0
  )
}

/** One import; null if it does not exist. */
export function findImport(reader: Reader, importId: number): UsageImported | null {
  return readRow(reader, usageImported, `${SELECT} WHERE i.id = ?`, [importId])
}

/** Files imported after an import that contained requests already counted, possibly by it; the latest first. */
export function laterRepeats(reader: Reader, importId: number, limit: number): string[] {
  return reader.column<string>(
    `SELECT i.file FROM usage_import i JOIN usage_import u ON u.id = :import AND u.client_id = i.client_id
     WHERE i.id > u.id AND i.repeated > 0 AND i.undone_at IS NULL GROUP BY i.file ORDER BY max(i.id) DESC LIMIT :limit`,
    { import: importId, limit },
  )
}

/**
 * Subtracts what an import counted from the sums and deletes its requests, so that its file can be imported again. The
 * sums are then those of all other imports. `at` is in milliseconds.
 */
export function undoImport(
  writer: Writer,
  importId: number,
  { at, by }: { readonly at: number; readonly by: string },
): void {
  const parts = writer.all<{ readonly id: number; readonly clientId: number }>(
    'SELECT id, client_id AS clientId FROM usage_part WHERE import_id = ? AND counted_at IS NOT NULL',
    [importId],
  )
  for (const { id, clientId } of parts) {
    for (const { face, count, rows } of partRows(writer, id)) {
      negateMeasures(rows)
      addCellRows(writer, { clientId, connectionId: 0 }, { face, count, rows })
    }
    writer.run('DELETE FROM usage_part_sum WHERE part = ?', [id])
  }
  removeRequests(writer, new Set(parts.map(({ id }) => id)))
  for (const { id } of parts) writer.run('DELETE FROM usage_part WHERE id = ?', [id])
  writer.run('UPDATE usage_import SET undone_at = ?, undone_by = ? WHERE id = ?', [at, by, importId])
}

const PLACES = 4

function negateMeasures(rows: Float64Array): void {
  for (let at = 0; at < rows.length; at += ROW_WIDTH) {
    for (let n = PLACES; n < ROW_WIDTH; n += 1) rows[at + n] = 0 - (rows[at + n] ?? 0)
  }
}
