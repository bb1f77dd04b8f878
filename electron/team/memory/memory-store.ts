import { listBlobs } from '../../../shared/team/blobs.ts'
import type { Pending, ReplicaStore, Stop, StreamPlace, TakenEntry } from '../../../shared/team/store.ts'

type Kept = Omit<TakenEntry, 'isOwn' | 'blobs'>

interface Stream {
  place: StreamPlace | null
  stop: Stop | null
  readonly entries: Kept[]
  readonly ops: Set<string>
  readonly counts: Map<string, number>
  readonly waiting: Map<string, Pending>
}

/** A store that ends with the process, for tests and for trying a team without a register. */
export function createMemoryStore(): ReplicaStore {
  const streams = new Map<string, Stream>()
  const blobs = new Map<string, readonly Uint8Array[]>()
  const hold = (stream: string): Stream => {
    const held = streams.get(stream)
    if (held !== undefined) return held
    const made = { place: null, stop: null, entries: [], ops: new Set<string>(), counts: new Map(), waiting: new Map() }
    streams.set(stream, made)
    return made
  }
  return {
    streams: () => [...streams.values()].flatMap(({ place, stop }) => (place === null ? [] : [{ ...place, stop }])),
    entries: (stream, from, most) => streams.get(stream)?.entries.slice(from, from + most) ?? [],
    effective: (stream, kinds) =>
      (streams.get(stream)?.entries ?? []).flatMap(({ entry: { seq }, verdict }) =>
        verdict.kind === 'effective' && kinds.includes(verdict.op.kind)
          ? [{ op: verdict.op, member: verdict.member, seq }]
          : [],
      ),
    hasOp: (stream, op) => streams.get(stream)?.ops.has(op) === true,
    lastCount: (stream, device) => streams.get(stream)?.counts.get(device) ?? -1,
    waiting: (stream, most) => [...(streams.get(stream)?.waiting.values().take(most) ?? [])],
    listWaiting: () => [...streams].flatMap(([stream, { waiting }]) => (waiting.size > 0 ? [stream] : [])),
    blobs: (op) => blobs.get(op) ?? [],
    listKept: () =>
      [...streams].flatMap(([stream, { entries }]) =>
        entries.flatMap(({ entry }) => (blobs.has(entry.op) ? [{ stream, seq: entry.seq }] : [])),
      ),
    take: (taken, place) => {
      const held = hold(place.stream)
      for (const { entry, verdict, isCounted, isOwn, opened } of taken) {
        held.entries.push({ entry, verdict, isCounted, ...(opened === undefined ? {} : { opened }) })
        if (isOwn) held.waiting.delete(entry.op)
        if (!isCounted) continue
        held.ops.add(entry.op)
        held.counts.set(entry.device, entry.deviceSeq)
      }
      held.place = place
      held.stop = null
    },
    takeBack: (stream, generation, device) => {
      const held = streams.get(stream)
      held?.entries.forEach(({ entry, verdict, isCounted }, at) => {
        if (entry.generation !== generation || !isCounted) return
        const opened = verdict.kind === 'effective' ? { opened: verdict.op } : {}
        held.entries[at] = { entry, verdict: { kind: 'void', reason: 'key-lost' }, isCounted, ...opened }
        const uid = crypto.randomUUID()
        if (entry.device !== device || verdict.kind === 'void' || listBlobs(verdict.op).length > 0) return
        held.waiting.set(uid, { uid, op: verdict.op })
      })
    },
    halt: (place, stop) => {
      const held = hold(place.stream)
      held.place ??= place
      held.stop = stop
    },
    resume: (stream) => {
      hold(stream).stop = null
    },
    drop: (stream, uid) => {
      hold(stream).waiting.delete(uid)
      blobs.delete(uid)
    },
    wait: (stream, pending, bytes = []) => {
      hold(stream).waiting.set(pending.uid, pending)
      if (bytes.length > 0) blobs.set(pending.uid, bytes)
    },
    waitFirst: (stream, pending) => {
      const { waiting } = hold(stream)
      const all = [...pending, ...waiting.values()]
      waiting.clear()
      for (const each of all) waiting.set(each.uid, each)
    },
  }
}
