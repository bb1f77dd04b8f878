import { DAY_MS } from '../../../shared/domain/day.ts'
import type { Reader, Writer } from '../db/handles.ts'

/** How long the bytes of a placed operation stay here, in milliseconds: a server may be restored from a backup meanwhile. */
const KEPT_MS = 30 * DAY_MS

/** Keeps the bytes of the blobs that an operation of this device names, in their order. `at`: when it was decided. */
export function keepBlobs(writer: Writer, op: string, at: number, blobs: readonly Uint8Array[]): void {
  blobs.forEach((bytes, part) => {
    writer.run('INSERT INTO team_blob (op, part, at, bytes) VALUES (?, ?, ?, ?)', [op, part, at, bytes])
  })
}

/** The bytes of the blobs of an operation of this device, in their order; none where it has none, or no more. */
export function readBlobs(reader: Reader, op: string): readonly Uint8Array[] {
  return reader.column<Uint8Array>('SELECT bytes FROM team_blob WHERE op = ? ORDER BY part', [op])
}

/** Removes the bytes of what was placed long before an operation that was decided now. */
export function forgetBlobs(writer: Writer, now: number): void {
  writer.run('DELETE FROM team_blob WHERE at < ? AND op NOT IN (SELECT op FROM team_pending)', [now - KEPT_MS])
}

/** The entries whose bytes are kept here after they were placed. */
export function listKept(reader: Reader): readonly { readonly stream: string; readonly seq: number }[] {
  return reader.all(
    `SELECT e.stream, e.seq FROM (SELECT DISTINCT op FROM team_blob) b CROSS JOIN team_stream s
     CROSS JOIN team_entry e ON e.stream = s.stream AND e.op = b.op AND e.is_counted = 1`,
  )
}
