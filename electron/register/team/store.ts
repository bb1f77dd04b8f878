import type { Area } from '../../../shared/contract/app.ts'
import type { ReplicaStore, StoredStream, StreamPlace } from '../../../shared/team/store.ts'
import type { StopReason } from '../../../shared/team/verdict.ts'
import type { Writer } from '../db/handles.ts'
import type { Register } from '../register.ts'
import {
  EFFECTIVE,
  type EffectiveRow,
  ENTRY_COLUMNS,
  type EntryRow,
  type PendingRow,
  toHeld,
  toPending,
  toText,
  toWeighed,
} from './entry-row.ts'
import { readAsked } from './asked.ts'
import { keepBlobs, listKept, readBlobs } from './blobs.ts'
import { enterDue, listDue } from './enter-due.ts'
import { leaveHistory } from './leave.ts'
import { FACTS, findAgency, IS_STREAM, toStream, toWaitingName } from './streams.ts'
import { IS_SEALED, takeBackEntries } from './take-back.ts'
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
    return toWaitingName(reader, agency, stream)
  }
  const change = (work: (writer: Writer) => ReadonlySet<Area>): void => {
    const areas = register.transact((writer) => {
      const touched = work(writer)
      if (touched.size > 0) derive(writer)
      return touched
    })
    if (areas.size > 0) changed(areas)
  }
  return {
    streams: () =>
      reader
        .all<StreamRow>(
          `SELECT stream, head, next, floor, stop_reason AS stopReason, stop_seq AS stopSeq FROM team_stream WHERE ${IS_STREAM} ORDER BY stream`,
        )
        .map(toStored),
    entries: (stream, from, most) =>
      reader
        .all<EntryRow>(
          `SELECT ${ENTRY_COLUMNS} FROM team_entry e WHERE e.stream = ? AND e.seq >= ? ORDER BY e.seq LIMIT ?`,
          [stream, from, most],
        )
        .map(toHeld),
    effective: function* (stream, kinds) {
      for (const row of reader.iterate<EffectiveRow>(EFFECTIVE, { stream, kinds: JSON.stringify(kinds) })) {
        yield toWeighed(row)
      }
    },
    hasOp: (stream, op) => reader.value(HAS_OP, [stream, op]) !== undefined,
    lastCount: (stream, device) => reader.value<number | null>(LAST_COUNT, [stream, device]) ?? -1,
    floor: (stream, seq) => reader.value<number | null>(FLOOR, [stream, seq]) ?? -1,
    findResting: (stream, teamSeq) => reader.value<number | null>(RESTING, [stream, teamSeq]) ?? null,
    waiting: (stream, most) => reader.all<PendingRow>(WAITING, [toWaiting(stream), most]).map(toPending),
    listWaiting: () =>
      reader.column<string>('SELECT DISTINCT stream FROM team_pending ORDER BY stream').flatMap((name) => {
        agency ??= findAgency(reader)
        return toStream(reader, agency, name) ?? []
      }),
    asked: () => readAsked(reader),
    blobs: (op) => readBlobs(reader, op),
    listKept: () => listKept(reader),
    listDue: (stream) => listDue(reader, stream),
    enterDue: (stream, seq, blobs, membership) =>
      change((writer) => enterDue(writer, stream, membership, [seq, blobs])),
    take: (taken, place, membership) =>
      change((writer) => {
        writePlace(writer, place)
        return takeEntries(writer, taken, membership)
      }),
    takeBack: (stream, generation, device, membership) => {
      if (reader.value(HAS_SEALED, [stream, generation]) === undefined) return
      change((writer) =>
        takeBackEntries(writer, { stream, waitsAs: toWaiting(stream), generation, device }, membership),
      )
    },
    leave: (place, device, membership) =>
      change((writer) => {
        const areas = leaveHistory(writer, place, { waitsAs: toWaiting(place.stream), device }, membership)
        writePlace(writer, place)
        return areas
      }),
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
    drop: (stream, uid) =>
      register.transact((writer) => {
        writer.run('DELETE FROM team_pending WHERE stream = ? AND op = ?', [toWaiting(stream), uid])
      }),
    wait: (stream, { uid, op }, blobs = []) =>
      register.transact((writer) => {
        keepBlobs(writer, uid, op.at, blobs)
        writer.run('INSERT INTO team_pending (stream, op, operation) VALUES (?, ?, ?)', [
          toWaiting(stream),
          uid,
          toText(op),
        ])
      }),
    waitFirst: (stream, pending) =>
      register.transact((writer) => {
        const from = (writer.value<number | null>('SELECT min(id) FROM team_pending') ?? 0) - pending.length
        for (const [index, { uid, op }] of pending.entries()) {
          writer.run('INSERT INTO team_pending (id, stream, op, operation) VALUES (?, ?, ?, ?)', [
            from + index,
            toWaiting(stream),
            uid,
            toText(op),
          ])
        }
      }),
  }
}

/** The first that wait for a stream. A reading waits for the client and for the connection that it is of. */
export const WAITING = `SELECT p.op, p.operation, p.job, p.token FROM team_pending p WHERE p.stream = ? AND NOT EXISTS (
    SELECT 1 FROM team_pending d WHERE p.operation ->> 'kind' = 'reading.taken' AND d.stream = substr(p.stream, ${FACTS.length + 1})
      AND (d.operation ->> 'kind' = 'client.added' OR (d.operation ->> 'kind' = 'connection.added'
        AND d.operation ->> '$.body.connectionUid' = p.operation ->> '$.body.connectionUid')))
  ORDER BY p.id LIMIT ?`
const HAS_SEALED = `SELECT 1 FROM team_entry e WHERE ${IS_SEALED} LIMIT 1`
export const HAS_OP = 'SELECT 1 FROM team_entry WHERE stream = ? AND op = ? AND is_counted = 1'
export const LAST_COUNT = 'SELECT max(device_seq) FROM team_entry WHERE stream = ? AND device = ? AND is_counted = 1'
const FLOOR = 'SELECT max(team_seq) FROM team_entry WHERE stream = ? AND seq <= ? AND is_counted = 1'
const RESTING = 'SELECT min(seq) FROM team_entry WHERE stream = ? AND team_seq >= ?'

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
