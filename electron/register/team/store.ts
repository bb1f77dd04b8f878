import type { Area } from '../../../shared/contract/app.ts'
import type { ReplicaStore, StoredStream, StreamPlace } from '../../../shared/team/store.ts'
import type { StopReason } from '../../../shared/team/verdict.ts'
import type { Writer } from '../db/handles.ts'
import type { Register } from '../open.ts'
import { ENTRY_COLUMNS, type EntryRow, toHeld, toPending, toText } from './entry-row.ts'
import { AGENCY_STREAM, findAgency } from './streams.ts'
import { takeEntries } from './take.ts'

interface StreamRow extends StreamPlace {
  readonly stopReason: StopReason | null
  readonly stopSeq: number | null
}

/** What happens around what is taken. */
interface Around {
  /** Writes what follows from tables that other devices' operations changed, in the same transaction. */
  readonly derive: (writer: Writer) => void
  /** Called after it, with what the window reads again. */
  readonly changed: (areas: ReadonlySet<Area>) => void
}

/** What a device holds of its team, in its register. */
export function createRegisterStore(register: Register, { derive, changed }: Around): ReplicaStore {
  const { reader } = register
  let agency: string | null = null
  /** The name under which operations wait for a stream. */
  const toWaiting = (stream: string): string => {
    agency ??= findAgency(reader)
    return stream === agency ? AGENCY_STREAM : stream
  }
  return {
    streams: () =>
      reader
        .all<StreamRow>(
          'SELECT stream, head, next, floor, stop_reason AS stopReason, stop_seq AS stopSeq FROM team_stream ORDER BY stream',
        )
        .map(toStored),
    entries: (stream, from, most) =>
      reader
        .all<EntryRow>(
          `SELECT ${ENTRY_COLUMNS} FROM team_entry e WHERE e.stream = ? AND e.seq >= ? ORDER BY e.seq LIMIT ?`,
          [stream, from, most],
        )
        .map(toHeld),
    hasOp: (stream, op) => reader.value(HAS_OP, [stream, op]) !== undefined,
    lastCount: (stream, device) => reader.value<number | null>(LAST_COUNT, [stream, device]) ?? -1,
    waiting: (stream, most) =>
      reader
        .all<{ readonly op: string; readonly operation: string }>(
          'SELECT op, operation FROM team_pending WHERE stream = ? ORDER BY id LIMIT ?',
          [toWaiting(stream), most],
        )
        .map(toPending),
    listWaiting: () =>
      reader.column<string>('SELECT DISTINCT stream FROM team_pending ORDER BY stream').flatMap((stream) => {
        if (stream !== AGENCY_STREAM) return [stream]
        agency ??= findAgency(reader)
        return agency === null ? [] : [agency]
      }),
    take: (taken, place, membership) => {
      const areas = register.transact((writer) => {
        writePlace(writer, place)
        const touched = takeEntries(writer, taken, membership)
        if (touched.size > 0) derive(writer)
        return touched
      })
      if (areas.size > 0) changed(areas)
    },
    halt: (place, { reason, seq }) =>
      register.transact((writer) => {
        const known = writer.value('SELECT 1 FROM team_stream WHERE stream = ?', [place.stream]) !== undefined
        if (!known) writePlace(writer, place)
        writer.run('UPDATE team_stream SET stop_reason = ?, stop_seq = ? WHERE stream = ?', [reason, seq, place.stream])
      }),
    resume: (stream) =>
      register.transact((writer) => {
        writer.run('UPDATE team_stream SET stop_reason = NULL, stop_seq = NULL WHERE stream = ?', [stream])
      }),
    wait: (stream, { uid, op }) =>
      register.transact((writer) => {
        writer.run('INSERT INTO team_pending (stream, op, operation) VALUES (?, ?, ?)', [
          toWaiting(stream),
          uid,
          toText(op),
        ])
      }),
  }
}

export const HAS_OP = 'SELECT 1 FROM team_entry WHERE stream = ? AND op = ? AND is_counted = 1'
export const LAST_COUNT = 'SELECT max(device_seq) FROM team_entry WHERE stream = ? AND device = ? AND is_counted = 1'

function toStored({ stopReason: reason, stopSeq: seq, ...place }: StreamRow): StoredStream {
  return { ...place, stop: reason === null || seq === null ? null : { stream: place.stream, reason, seq } }
}

function writePlace(writer: Writer, { stream, head, next, floor }: StreamPlace): void {
  writer.run(
    `INSERT INTO team_stream (stream, head, next, floor) VALUES (:stream, :head, :next, :floor) ON CONFLICT (stream) DO UPDATE
       SET head = excluded.head, next = excluded.next, floor = excluded.floor, stop_reason = NULL, stop_seq = NULL`,
    { stream, head, next, floor },
  )
}
