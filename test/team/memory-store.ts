import type { PlacedBatch } from '../../shared/team/batch.ts'
import type { NoEffectReason } from '../../shared/team/outcome.ts'
import type { Op } from '../../shared/team/op.ts'
import type { HeldCard, HeldLog, ReadBatch, TeamStore, WaitingOperation } from '../../shared/team/store.ts'
import { classify } from '../../shared/team/rights.ts'
import { startLog } from '../../electron/team/crypto.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

interface Kept {
  log: HeldLog
  batches: PlacedBatch[]
  cards: HeldCard[]
  /** By uid, what became of each placed operation. */
  operations: Map<string, { op: Op; noEffect: NoEffectReason | null; member: string; at: number }>
  blobs: Map<string, Uint8Array>
}

export interface MemoryStore extends TeamStore {
  readonly kept: Map<string, Kept>
  readonly waitingOps: Map<string, WaitingOperation[]>
  readonly refused: { log: string; uid: string; reason: NoEffectReason }[]
  /** Adds an operation that was decided here. */
  wait(log: string, op: Op, more?: Partial<WaitingOperation>): void
  /** The operations that count in a log, in order. */
  counting(log: string): readonly Op[]
}

/** What a device holds of a team, in memory. It folds nothing. */
export function createMemoryStore(team: string, root: () => Uint8Array | null): MemoryStore {
  const kept = new Map<string, Kept>()
  const waitingOps = new Map<string, WaitingOperation[]>()
  const refused: MemoryStore['refused'] = []
  const sent = new Set<string>()
  const forks = new Map<string, { log: string; at: number; own: PlacedBatch; server: PlacedBatch }>()
  let cursor: string | null = null
  const find = (log: string): Kept => {
    const found = kept.get(log)
    if (found !== undefined) return found
    const start = startLog(log, log === team ? new Uint8Array(32) : (root() ?? new Uint8Array(32)))
    const made: Kept = {
      log: { log, kind: 'client', next: 0, head: start, card: null, keys: [], isHeld: log === team, stop: null },
      batches: [],
      cards: [],
      operations: new Map(),
      blobs: new Map(),
    }
    kept.set(log, made)
    return made
  }
  const takeOne = (log: string, { batch, operations, card, member }: ReadBatch): void => {
    const one = find(log)
    if (batch.at !== one.log.next) throw new Error(`The batch ${batch.at} does not follow ${one.log.next}.`)
    one.batches.push(batch)
    if (batch.class === 'card') one.cards.push(card)
    one.log = {
      ...one.log,
      kind: card.card.kind,
      next: batch.at + 1,
      head: batch.head,
      card,
      stop: null,
      isHeld: true,
    }
    for (const { op, noEffect } of operations) {
      if (noEffect === null) one.operations.set(op.uid, { op, noEffect, member, at: batch.at })
      waitingOps.set(
        log,
        (waitingOps.get(log) ?? []).filter((waiting) => waiting.op.uid !== op.uid),
      )
    }
  }
  return {
    kept,
    waitingOps,
    refused,
    wait: (log, op, more = {}) => {
      const of = classify(op)
      const one = {
        op,
        blobs: [],
        turn: null,
        class: of.class === 'card' ? 'ordinary' : of.class,
        change: of.change,
        ...more,
      }
      waitingOps.set(log, [...(waitingOps.get(log) ?? []), one])
    },
    counting: (log) => [...(kept.get(log)?.operations.values() ?? [])].map(({ op }) => op),
    logs: () => [...kept.values()].map(({ log }) => log),
    log: (log) => kept.get(log)?.log ?? null,
    cards: (log) => kept.get(log)?.cards ?? [],
    batches: (log, from, most) => kept.get(log)?.batches.slice(from, from + most) ?? [],
    heads: (log, from, to) => (kept.get(log)?.batches ?? []).slice(from, to + 1).map(({ at, head }) => ({ at, head })),
    hasOperation: (log, uid) => kept.get(log)?.operations.has(uid) ?? false,
    take: (log, read) => {
      for (const one of read) takeOne(log, one)
    },
    takeCard: (log, card) => {
      const one = find(log)
      one.cards.push(card)
      one.log = { ...one.log, kind: card.card.kind, card }
    },
    hold: (log) => {
      const one = find(log)
      // It is read from its start.
      one.log = { ...one.log, isHeld: true, card: one.batches.length === 0 ? null : one.log.card }
    },
    stop: (log, stop) => {
      const one = find(log)
      one.log = { ...one.log, stop }
    },
    keepKeys: (log, keys) => {
      const one = find(log)
      one.log = { ...one.log, keys }
    },
    waiting: (log, most) => (waitingOps.get(log) ?? []).slice(0, most),
    listWaiting: () => [...waitingOps].flatMap(([log, ops]) => (ops.length > 0 ? [log] : [])),
    state: () => null,
    noteSending: (log, at, hash) => void sent.add(`${log} ${at} ${hex(hash)}`),
    wasSent: (log, at, hash) => sent.has(`${log} ${at} ${hex(hash)}`),
    placeOwn: (batch, ops) => {
      const uids = ops.map(({ uid }) => uid)
      const one = find(batch.log)
      one.batches.push(batch)
      one.log = { ...one.log, next: batch.at + 1, head: batch.head, stop: null }
      const waiting = waitingOps.get(batch.log) ?? []
      for (const { op } of waiting) {
        if (uids.includes(op.uid)) one.operations.set(op.uid, { op, noEffect: null, member: '', at: batch.at })
      }
      waitingOps.set(
        batch.log,
        waiting.filter(({ op }) => !uids.includes(op.uid)),
      )
    },
    refuse: (log, uid, reason) => {
      refused.push({ log, uid, reason })
      waitingOps.set(
        log,
        (waitingOps.get(log) ?? []).filter(({ op }) => op.uid !== uid),
      )
    },
    leave: (log, from) => {
      const one = find(log)
      const left = [...one.operations.values()].filter(({ at }) => at >= from)
      const own = new Set(
        one.batches.slice(from).flatMap(({ at, head }) => (sent.has(`${log} ${at} ${hex(head)}`) ? [at] : [])),
      )
      for (const { op } of left) one.operations.delete(op.uid)
      const again = left.filter(({ at, op }) => own.has(at) && op.kind !== 'card.set').map(({ op }) => op)
      const before = one.batches[from]?.before
      one.batches.length = Math.min(one.batches.length, from)
      one.cards = one.cards.filter(({ at }) => at < from)
      one.log = {
        ...one.log,
        next: from,
        head: before ?? one.log.head,
        card: one.cards.at(-1) ?? null,
        stop: null,
      }
      const waiting = waitingOps.get(log) ?? []
      const entered = again.map((op) => {
        const of = classify(op)
        return { op, blobs: [], turn: null, class: of.class, change: of.change } as WaitingOperation
      })
      waitingOps.set(log, [...entered, ...waiting])
    },
    noteFork: (log, fork) => {
      if (fork === null) forks.delete(log)
      else forks.set(log, { log, ...fork })
    },
    forks: () => [...forks.values()],
    keepBlobs: (log, blobs) => {
      for (const { address, sealed } of blobs) find(log).blobs.set(hex(address), sealed)
    },
    findBlobs: (log, addresses) =>
      addresses.flatMap((address) => {
        const sealed = kept.get(log)?.blobs.get(hex(address))
        return sealed === undefined ? [] : [{ address, sealed }]
      }),
    blobAddresses: (log, after, most) =>
      [...(kept.get(log)?.blobs.keys() ?? [])]
        .sort()
        .filter((one) => after === null || one > hex(after))
        .slice(0, most)
        .map((one) => new Uint8Array(Buffer.from(one, 'hex'))),
    cursor: () => cursor,
    keepCursor: (value) => {
      cursor = value
    },
  }
}
