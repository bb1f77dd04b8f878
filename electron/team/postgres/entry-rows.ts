import type { StoredEntry } from '../../../shared/team/entry.ts'
import type { Newest } from '../log.ts'

/** An entry as the server's table has it. */
export interface EntryRow {
  readonly stream_id: string
  readonly seq: number
  readonly op_id: string
  readonly device_id: string
  readonly device_seq: number
  readonly generation: number
  readonly opset: number
  readonly team_seq: number
  readonly op_hash: Buffer
  readonly signature: Buffer
  readonly sealed: Buffer
  readonly pushed_by: string
  readonly placed_at: number
}

export type NewestRow = Omit<EntryRow, 'sealed' | 'pushed_by' | 'placed_at'>

export function toEntry(row: EntryRow): StoredEntry {
  return { ...toNewest(row), sealed: row.sealed, pushedBy: row.pushed_by, placedAt: row.placed_at }
}

export function toNewest(row: NewestRow): Newest {
  return {
    stream: row.stream_id,
    seq: row.seq,
    op: row.op_id,
    device: row.device_id,
    deviceSeq: row.device_seq,
    generation: row.generation,
    opset: row.opset,
    teamSeq: row.team_seq,
    opHash: row.op_hash,
    signature: row.signature,
  }
}
