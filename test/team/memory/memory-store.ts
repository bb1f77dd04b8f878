import { isPlacedAfterLeaving, withBasis } from '../../../shared/team/blobs.ts'
import { isApprovalRequired, type Membership } from '../../../shared/team/membership.ts'
import type { Pending, ReplicaStore, Stop, StreamPlace, TakenEntry } from '../../../shared/team/store.ts'
import { isWeightVoid, weighAgain, type WeighedBefore } from '../../../shared/team/weigh.ts'

type Kept = Omit<TakenEntry, 'isOwn' | 'blobs'>

interface Stream {
  place: StreamPlace | null
  stop: Stop | null
  readonly entries: Kept[]
  readonly ops: Set<string>
  readonly counts: Map<string, number>
  readonly waiting: Map<string, Pending>
}

/** A store that ends with the process, for tests. `asked`: the clients that it is to hold. */
export function createMemoryStore(asked: ReadonlySet<string> = new Set()): ReplicaStore {
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
          ? [{ op: verdict.op, member: verdict.member, seq, needsApproval: false }]
          : [],
      ),
    hasOp: (stream, op) => streams.get(stream)?.ops.has(op) === true,
    lastCount: (stream, device) => streams.get(stream)?.counts.get(device) ?? -1,
    floor: (stream, seq) =>
      (streams.get(stream)?.entries ?? []).reduce(
        (floor, { entry, isCounted }) => (isCounted && entry.seq <= seq ? Math.max(floor, entry.teamSeq) : floor),
        -1,
      ),
    findResting: (stream, teamSeq) =>
      streams.get(stream)?.entries.find(({ entry }) => entry.teamSeq >= teamSeq)?.entry.seq ?? null,
    waiting: (stream, most) => [...(streams.get(stream)?.waiting.values().take(most) ?? [])],
    listWaiting: () => [...streams].flatMap(([stream, { waiting }]) => (waiting.size > 0 ? [stream] : [])),
    asked: () => asked,
    blobs: (op) => blobs.get(op) ?? [],
    listKept: () =>
      [...streams].flatMap(([stream, { entries }]) =>
        entries.flatMap(({ entry }) => (blobs.has(entry.op) ? [{ stream, seq: entry.seq }] : [])),
      ),
    // It carries nothing out.
    listDue: () => [],
    enterDue: () => undefined,
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
    takeBack: (stream, generation, device, membership) => {
      const held = streams.get(stream)
      if (held === undefined) return
      const again: Pending[] = []
      held.entries.forEach(({ entry, verdict, isCounted }, at) => {
        if (entry.generation !== generation || !isCounted) return
        const opened = verdict.kind === 'effective' ? { opened: verdict.op } : {}
        held.entries[at] = { entry, verdict: { kind: 'void', reason: 'key-lost' }, isCounted, ...opened }
        if (entry.device !== device || verdict.kind === 'void') return
        const [uid, kept] = [crypto.randomUUID(), blobs.get(entry.op)]
        again.push({ uid, op: verdict.op })
        if (kept !== undefined) blobs.set(uid, kept)
      })
      putFirst(held.waiting, again)
      for (const { seq, op, member, reason } of weighAgain(stream, held.entries.flatMap(toWeighed(membership)))) {
        const kept = held.entries[seq]
        if (kept === undefined) continue
        const { entry, isCounted } = kept
        held.entries[seq] =
          reason === null
            ? { entry, verdict: { kind: 'effective', op, member }, isCounted }
            : { entry, verdict: { kind: 'void', reason }, isCounted, opened: op }
      }
    },
    leave: (place, device, { clients }) => {
      const held = hold(place.stream)
      const left = held.entries.splice(place.next)
      const again = left.flatMap(({ entry, verdict }) =>
        verdict.kind === 'effective' && entry.device === device && isPlacedAfterLeaving(verdict.op)
          ? [{ uid: entry.op, op: withBasis(verdict.op, place.next - 1) }]
          : [],
      )
      held.ops.clear()
      held.counts.clear()
      for (const { entry, isCounted } of held.entries) {
        if (!isCounted) continue
        held.ops.add(entry.op)
        held.counts.set(entry.device, entry.deviceSeq)
      }
      putFirst(held.waiting, again)
      held.place = place
      held.stop = null
      for (const [client, { facts }] of clients) {
        if (place.stream === facts) restOnHeld(hold(client), 'facts', place.next - 1)
        if (place.stream === client) restOnHeld(hold(facts), 'decisions', place.next - 1)
      }
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
      putFirst(hold(stream).waiting, pending)
    },
  }
}

/** Lets operations wait before all others. */
function putFirst(waiting: Map<string, Pending>, first: readonly Pending[]): void {
  const all = [...first, ...waiting.values()]
  waiting.clear()
  for (const each of all) waiting.set(each.uid, each)
}

/** Lets nothing that waits rest on a position of the other stream that was left. */
function restOnHeld({ waiting }: Stream, field: 'facts' | 'decisions', newest: number): void {
  for (const [uid, pending] of waiting) {
    if ((pending.op[field] ?? -1) > newest) waiting.set(uid, { ...pending, op: { ...pending.op, [field]: newest } })
  }
}

function toWeighed(membership: Membership): (kept: Kept) => readonly WeighedBefore[] {
  return ({ entry: { stream, seq, device, teamSeq }, verdict, opened }) => {
    const needsApproval = isApprovalRequired(membership, stream, teamSeq)
    if (verdict.kind === 'effective') {
      return [{ seq, op: verdict.op, member: verdict.member, reason: null, needsApproval }]
    }
    const member = membership.devices.get(device)?.member
    if (opened === undefined || member === undefined || !isWeightVoid(verdict.reason)) return []
    return [{ seq, op: opened, member, reason: verdict.reason, needsApproval }]
  }
}
