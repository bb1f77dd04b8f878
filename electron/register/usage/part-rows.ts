import { deflateRawSync, inflateRawSync } from 'node:zlib'

import type { Reader, Writer } from '../db/handles.ts'
import { type CellRows, ROW_WIDTH } from './cells.ts'

/** Rows in one piece: a few megabytes before compression. */
const AT_ONCE = 65_536

/** Stores what a part of an import added to the cells of a roll-up, in the form that `addCellRows` left. */
export function keepPartRows(writer: Writer, part: number, { face, count, rows }: CellRows): void {
  for (let from = 0; from < count; from += AT_ONCE) {
    const piece = rows.subarray(from * ROW_WIDTH, Math.min(from + AT_ONCE, count) * ROW_WIDTH)
    const bytes = new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength)
    writer.run('INSERT INTO usage_part_sum (part, face, rows) VALUES (?, ?, ?)', [
      part,
      face,
      deflateRawSync(bytes, { level: 1 }),
    ])
  }
}

/** Yields the additions of a part, piece by piece. */
export function* partRows(reader: Reader, part: number): Generator<CellRows> {
  for (const id of reader.column<number>('SELECT rowid FROM usage_part_sum WHERE part = ? ORDER BY rowid', [part])) {
    const kept = reader.get<{ readonly face: number; readonly rows: Uint8Array }>(
      'SELECT face, rows FROM usage_part_sum WHERE rowid = ?',
      [id],
    )
    if (kept === undefined) continue
    const rows = new Float64Array(Uint8Array.from(inflateRawSync(kept.rows)).buffer)
    yield { face: kept.face, count: rows.length / ROW_WIDTH, rows }
  }
}
