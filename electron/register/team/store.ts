import type { Area } from '../../../shared/contract/app.ts'
import type { PlacedBatch } from '../../../shared/team/batch.ts'
import type { TeamStore } from '../../../shared/team/store.ts'
import type { Reader, Writer } from '../db/handles.ts'
import type { Register } from '../register.ts'
import { giveUp, settleOperations } from './asked.ts'
import { leaveHistory } from './leave.ts'
import { readCards, readLog, readLogs } from './logs.ts'
import { readCursor, writeCursor } from './place.ts'
import { readState } from './state.ts'
import { hasOperation, placeOwn, storeCard, takeBatches } from './take.ts'
import { forgetFolds } from './verdicts.ts'
import { listWaiting, listWaitingLogs, reviewWaiting } from './waiting.ts'

/** What happens around what is taken. */
interface Around {
  /** Writes what follows from tables that other devices' operations changed, in the same transaction. */
  readonly derive: (writer: Writer) => void
  /** Called after it, with what the window reads again. */
  readonly changed: (areas: ReadonlySet<Area>) => void
  /** Milliseconds. */
  readonly now: () => number
}

interface BatchRow extends Omit<PlacedBatch, 'class'> {
  readonly of: PlacedBatch['class']
}

/** A log of which nothing was read yet; its kind is known with its first card. */
const KNOWN = `INSERT INTO team_log (log, kind, next, head, is_held) VALUES (?, 'client', 0, zeroblob(32), ?) ON CONFLICT (log)`

const BATCHES = `SELECT log, at, before, card, device, class AS of, change, box, signature, head, placed_by AS placedBy, placed_at AS placedAt
  FROM team_batch WHERE log = ? AND at >= ? ORDER BY at LIMIT ?`

export function readBatches(reader: Reader, log: string, from: number, most: number): readonly PlacedBatch[] {
  return reader.all<BatchRow>(BATCHES, [log, from, most]).map(({ of, ...row }) => ({ ...row, class: of }))
}

/** What a device holds of its team, in its register. */
export function createRegisterStore(register: Register, { derive, changed, now }: Around): TeamStore {
  const { reader } = register
  const change = (work: (writer: Writer) => ReadonlySet<Area>): void => {
    let areas: ReadonlySet<Area>
    try {
      areas = register.transact((writer) => {
        const touched = work(writer)
        if (touched.size > 0) derive(writer)
        return touched
      })
    } catch (error) {
      // The folds are ahead of what was written.
      register.transact(forgetFolds)
      throw error
    }
    if (areas.size > 0) changed(areas)
  }
  const write = (sql: string, params: Parameters<Writer['run']>[1]): void => {
    register.transact((writer) => writer.run(sql, params))
  }
  return {
    logs: () => readLogs(reader),
    log: (log) => readLog(reader, log),
    cards: (log) => readCards(reader, log, -1).toReversed(),
    batches: (log, from, most) => readBatches(reader, log, from, most),
    heads: (log, from, to) =>
      reader.all('SELECT at, head FROM team_batch WHERE log = ? AND at BETWEEN ? AND ? ORDER BY at', [log, from, to]),
    hasOperation: (log, uid) => hasOperation(reader, log, uid),
    take: (log, read) => change((writer) => takeBatches(writer, log, read, now())),
    takeCard: (log, card) =>
      register.transact((writer) => {
        writer.run(
          `INSERT INTO team_log (log, kind, next, head, is_held) VALUES (?, ?, 0, zeroblob(32), 0)
           ON CONFLICT (log) DO UPDATE SET stop_reason = NULL, stop_at = NULL, stop_by = NULL`,
          [log, card.card.kind],
        )
        storeCard(writer, log, card)
      }),
    hold: (log) =>
      register.transact((writer) => {
        // It is read from its start, its cards included.
        writer.run('DELETE FROM team_card WHERE log = ? AND log NOT IN (SELECT log FROM team_log WHERE next > 0)', [
          log,
        ])
        writer.run(`${KNOWN} DO UPDATE SET is_held = 1`, [log, 1])
      }),
    stop: (log, { reason, at, placedBy }) =>
      write('UPDATE team_log SET stop_reason = ?, stop_at = ?, stop_by = ? WHERE log = ?', [reason, at, placedBy, log]),
    keepKeys: (log, keys) =>
      register.transact((writer) => {
        writer.run(`${KNOWN} DO NOTHING`, [log, 0])
        keys.forEach((key, index) => {
          writer.run('INSERT OR REPLACE INTO team_key (log, generation, key) VALUES (?, ?, ?)', [log, index + 1, key])
        })
      }),
    waiting: (log, most) => {
      change((writer) => settleOperations(writer, log, reviewWaiting(writer, log, now())))
      return listWaiting(reader, log, most)
    },
    listWaiting: () => listWaitingLogs(reader),
    state: (log) => readState(reader, log),
    noteSending: (log, at, hash) =>
      write('INSERT OR IGNORE INTO team_sent (log, at, head) VALUES (?, ?, ?)', [log, at, hash]),
    wasSent: (log, at, hash) =>
      reader.value('SELECT 1 FROM team_sent WHERE log = ? AND at = ? AND head = ?', [log, at, hash]) !== undefined,
    placeOwn: (batch, ops, hashes) =>
      change((writer) => {
        const [card] = readCards(writer, batch.log, 1)
        if (card === undefined) throw new Error(`The log ${batch.log} has no card.`)
        return placeOwn(writer, batch, card, ops, hashes)
      }),
    refuse: (log, uid, reason) =>
      change((writer) => {
        const row = writer.get<{ readonly operation: string; readonly seq: number | null }>(
          'SELECT operation, journal_seq AS seq FROM team_waiting WHERE uid = ?',
          [uid],
        )
        return row === undefined ? new Set() : giveUp(writer, uid, { log, ...row }, reason)
      }),
    leave: (log, from) => change((writer) => leaveHistory(writer, log, from, now())),
    noteFork: (log, fork) =>
      fork === null
        ? write('DELETE FROM team_fork WHERE log = ?', [log])
        : write(PUT_FORK, [log, fork.at, toText(fork.own), toText(fork.server)]),
    forks: () =>
      reader
        .all<{ readonly log: string; readonly at: number; readonly own: string; readonly server: string }>(
          'SELECT log, at, own, server FROM team_fork ORDER BY log',
        )
        .map(({ own, server, ...row }) => ({ ...row, own: fromText(own), server: fromText(server) })),
    keepBlobs: (log, blobs) =>
      register.transact((writer) => {
        for (const { address, sealed } of blobs) {
          writer.run('INSERT OR IGNORE INTO team_sealed (log, address, sealed) VALUES (?, ?, ?)', [
            log,
            address,
            sealed,
          ])
        }
      }),
    findBlobs: (log, addresses) =>
      addresses.flatMap((address) => {
        const sealed = reader.value<Uint8Array>('SELECT sealed FROM team_sealed WHERE log = ? AND address = ?', [
          log,
          address,
        ])
        return sealed === undefined ? [] : [{ address, sealed }]
      }),
    blobAddresses: (log, after, most) =>
      reader.column<Uint8Array>(
        'SELECT address FROM team_sealed WHERE log = ? AND address > ? ORDER BY address LIMIT ?',
        [log, after ?? new Uint8Array(), most],
      ),
    cursor: () => readCursor(reader),
    keepCursor: (cursor) => register.transact((writer) => writeCursor(writer, cursor)),
  }
}

const PUT_FORK = 'INSERT OR REPLACE INTO team_fork (log, at, own, server) VALUES (?, ?, ?, ?)'
const BYTES = ['before', 'card', 'box', 'signature', 'head'] as const

function toText(batch: PlacedBatch): string {
  const hex = Object.fromEntries(
    BYTES.map((name) => {
      const value = batch[name]
      return [name, value === null ? null : Buffer.from(value).toString('hex')]
    }),
  )
  return JSON.stringify({ ...batch, ...hex })
}

function fromText(text: string): PlacedBatch {
  const batch = JSON.parse(text) as Record<string, unknown>
  const bytes = Object.fromEntries(
    BYTES.map((name) => {
      const value = batch[name]
      return [name, typeof value === 'string' ? new Uint8Array(Buffer.from(value, 'hex')) : null]
    }),
  )
  return { ...batch, ...bytes } as unknown as PlacedBatch
}
