import type { Entry, ReadEntry } from '../../shared/team/entry.ts'
import { findAuthor, findStream, newest, type StreamUse } from '../../shared/team/membership.ts'
import type { LeaseName, Pending } from '../../shared/team/store.ts'
import { StreamStopped, type Verdict } from '../../shared/team/verdict.ts'
import { isEntry, isSameEntry, takeTogether } from './entry.ts'
import { findClone, noteRead, wasRead } from './find-clone.ts'
import type { PushedUnderLease } from './leases.ts'
import { type Newest, type TeamLog, TeamLogError } from './log.ts'
import { readNamedBlobs, storeLostBlobs, storeWaitingBlobs } from './named-blobs.ts'
import { NO_BLOBS } from './opened-blobs.ts'
import { type Pause, pauseRandomly } from './pause.ts'
import { isSignedBy, stop } from './read-entry.ts'
import { readKeys } from './read-keys.ts'
import type { Replica, Taken } from './replica.ts'

const PULLED_TOGETHER = 2000
const PUSHED_TOGETHER = 500
/** Tries of one stream in one exchange; what is not placed then waits for the next. */
const TRIES = 12

/** What an exchange did. */
export interface Exchanged {
  readonly pulled: number
  readonly placed: number
  /** Entries that the server had lost and has again. */
  readonly mended: number
  readonly stopped: readonly StreamStopped[]
  /** Streams that the server does not let this device append to; what waits there goes on waiting. */
  readonly refused: readonly string[]
  /** Whether the server shows nothing of a history that this device holds: its login has no access any more. */
  readonly isBlank: boolean
  /** Streams in which something still waits without a stop or a refusal: other devices were faster, or it fits no entry. */
  readonly blocked: readonly string[]
  /** How many operations are never placed, since the lease under which they were made had ended. */
  readonly dropped: number
}

/**
 * One exchange with the server: `team`, then each client that this device holds, then what waits here. Where the newest entries are
 * those that this device holds, nothing is asked but these. Pull
 * comes before push, so that a device never decides on an old state. A second one waits for the first. Throws `TeamLogError`; what was read until then is
 * kept.
 */
export function exchange(replica: Replica, log: TeamLog, pause: Pause = pauseRandomly): Promise<Exchanged> {
  const next = (running.get(replica) ?? Promise.resolve()).then(() => exchangeOnce(replica, log, pause))
  running.set(
    replica,
    next.catch(() => undefined),
  )
  return next
}

const running = new WeakMap<Replica, Promise<unknown>>()
/** Whose lost blobs were stored again since Castellan was started. */
const checked = new WeakSet<Replica>()

async function exchangeOnce(replica: Replica, log: TeamLog, pause: Pause): Promise<Exchanged> {
  const done = {
    pulled: 0,
    placed: 0,
    mended: 0,
    stopped: new Map<string, StreamStopped>(),
    refused: [] as string[],
    blocked: [] as string[],
    dropped: 0,
  }

  /** Entries that were pulled and wait for what they rest on. */
  const left = new Map<string, readonly Entry[]>()

  let hasKeys = false
  const readKeysOnce = async (): Promise<void> => {
    if (hasKeys) return
    await readKeys(replica, log)
    hasKeys = true
    keyed.add(replica)
  }

  const pullStream = async (stream: string, newest: Newest | undefined): Promise<void> => {
    const held = replica.stream(stream)
    const newestThere = newest?.seq ?? -1
    // Until Castellan is started again: the other installation may have ended by then.
    if (held.stopped?.reason === 'cloned' && wasRead(replica, stream)) throw held.stopped
    if (held.stopped === null && isHeld(replica, stream, newest)) {
      noteRead(replica, stream)
      return
    }
    if (newestThere < held.place.next - 1) await mend(stream, newestThere)
    await compareLast(replica, log, stream)
    for (;;) {
      const { next } = replica.stream(stream).place
      const entries =
        left.get(stream) ?? (await askInTime(log, PULLED_TOGETHER, (most) => log.pull(stream, next, most)))
      left.delete(stream)
      const isOwnThere = entries.some(({ device }) => device === replica.author.device)
      const waiting = isOwnThere ? replica.waiting(stream, PUSHED_TOGETHER).map(({ uid }) => uid) : []
      const { verdicts, stopped } = await takeWithBlobs(stream, entries)
      done.pulled += verdicts.length
      const cloned = findClone(replica, stream, entries, verdicts, new Set(waiting))
      if (cloned !== null) throw cloned
      if (stopped?.reason === 'rests-missing') left.set(stream, entries.slice(verdicts.length))
      if (stopped !== null) throw stopped
      // An answer may have fewer entries than were asked for.
      if (entries.length === 0 || replica.stream(stream).place.next > newestThere) break
    }
    noteRead(replica, stream)
    // What stopped it before, such as a missing key, is checked again.
    replica.resume(stream)
  }

  /** Takes entries, and fetches what one of them names before the transaction that takes it. */
  const takeWithBlobs = async (stream: string, entries: readonly Entry[]): Promise<Omit<Taken, 'names'>> => {
    const verdicts: Verdict[] = []
    for (let blobs = NO_BLOBS; ;) {
      const taken = replica.take(stream, entries.slice(verdicts.length), blobs)
      verdicts.push(...taken.verdicts)
      if (taken.names.length === 0) return { verdicts, stopped: taken.stopped }
      try {
        blobs = await readNamedBlobs(replica, log, stream, taken.names)
      } catch (error) {
        if (!(error instanceof StreamStopped)) throw error
        return { verdicts, stopped: error }
      }
    }
  }

  /** Places again what the server has lost, as it was: every signature and head still fits. */
  const mend = async (stream: string, newestThere: number): Promise<void> => {
    await compareLast(replica, log, stream, newestThere)
    // One at first: a device without access sees nothing of a stream either, and may place nothing.
    for (let [from, asked] = [newestThere + 1, 1]; ; asked = PUSHED_TOGETHER) {
      let entries: readonly Entry[] = []
      try {
        const answer = await askInTime(log, asked, async (most) => {
          entries = takeTogether(replica.entries(stream, from, most).map(({ entry }) => entry))
          return entries.length === 0 ? 'overtaken' : log.push(entries)
        })
        if (answer === 'overtaken') return
      } catch (error) {
        // A device that may not append waits for one that may.
        if (error instanceof TeamLogError && error.problem === 'not-allowed') return
        throw error
      }
      done.mended += entries.length
      from += entries.length
    }
  }

  /** Runs the work on a stream; a stop ends it for this exchange, and other streams go on. */
  const guard = async (work: () => Promise<void>): Promise<boolean> => {
    try {
      await work()
      return true
    } catch (error) {
      if (!(error instanceof StreamStopped)) throw error
      if (error.reason === 'key-missing' && !hasKeys) {
        await readKeysOnce()
        return guard(work)
      }
      replica.halt(error)
      done.stopped.set(error.stream, error)
      return false
    }
  }

  /** An entry may rest on what was placed in `team` after that was read. */
  const pullClient = async (stream: string, newest: Newest | undefined): Promise<void> => {
    try {
      await pullStream(stream, newest)
    } catch (error) {
      if (!(error instanceof StreamStopped) || error.reason !== 'members-missing') throw error
      await pullStream(replica.team, (await log.heads()).get(replica.team))
      await pullStream(stream, newest)
    }
  }

  /**
   * Pulls streams whose entries may rest on each other: the readings and the decisions of a client. Each goes on while the
   * other does.
   */
  const pullTogether = async (streams: readonly string[], heads: ReadonlyMap<string, Newest>): Promise<void> => {
    const countHeld = (): number => streams.reduce((sum, stream) => sum + replica.stream(stream).place.next, 0)
    for (let round = 0; ; round += 1) {
      const before = countHeld()
      const waiting: StreamStopped[] = []
      // Readings first: decisions rest on them more often.
      for (const stream of streams.toReversed()) {
        await guard(async () => {
          try {
            await pullClient(stream, heads.get(stream))
          } catch (error) {
            if (!(error instanceof StreamStopped) || error.reason !== 'rests-missing') throw error
            waiting.push(error)
          }
        })
      }
      if (waiting.length === 0) return
      // What was placed since the first round is read in the second one.
      if (round === 0 || countHeld() > before) continue
      for (const stopped of waiting) await guard(() => Promise.reject(stopped))
      return
    }
  }

  const pushAllowed = async (stream: string): Promise<void> => {
    // A device that was revoked, or whose access ended, places nothing that could have an effect.
    const read = replica.listRead().flat()
    if (!isActive(replica) || (stream !== replica.team && !read.includes(stream))) return void done.refused.push(stream)
    try {
      if (!(await pushStream(stream))) done.blocked.push(stream)
    } catch (error) {
      if (error instanceof RangeError) done.blocked.push(stream)
      else if (error instanceof TeamLogError && error.problem === 'not-allowed') done.refused.push(stream)
      else throw error
    }
  }

  /** Places what waits in a stream; whether nothing waits there any more. */
  const pushStream = async (stream: string): Promise<boolean> => {
    const stored = new Set<string>()
    for (let tries = 0; tries < TRIES; tries += 1) {
      // The blobs of what is added meanwhile are not stored.
      const waiting = replica.waiting(stream, PUSHED_TOGETHER)
      const [first] = waiting
      if (first === undefined) return true
      let entries: readonly ReadEntry[] = []
      const together = first.lease === undefined ? countTogether(waiting) : 1
      const answer = await askInTime(log, together, async (most) => {
        await storeWaitingBlobs(replica, log, stream, most, stored)
        entries = replica.compose(stream, most)
        const notePlaced = (placedAt: number): void => {
          entries = entries.map((entry) => ({ ...entry, pushedBy: findLogin(replica), placedAt }))
        }
        return entries.length === 0 ? 'nothing' : pushOnce(log, entries, { tries, lease: first.lease }, notePlaced)
      })
      if (answer === 'nothing') return false
      if (answer === 'lease-ended') {
        replica.drop(stream, first.uid)
        done.dropped += 1
        tries = -1
        continue
      }
      if (answer === 'placed') {
        done.placed += entries.length
        const { verdicts, stopped } = replica.take(stream, entries)
        if (stopped !== null) throw stopped
        // What goes on waiting, such as after this device was revoked, would be placed again without end.
        if (!verdicts.every(isSignedBy)) return false
        tries = -1
        continue
      }
      if (tries > 0) await pause(tries)
      const heads = await log.heads()
      await pullStream(replica.team, heads.get(replica.team))
      if (stream === replica.team) continue
      const read = replica.listRead()
      await pullTogether(read.find((streams) => streams.includes(stream)) ?? [stream], heads)
      const { stopped } = replica.stream(stream)
      if (stopped !== null) throw stopped
    }
    return false
  }

  /** Once after a start, and where the server had lost entries. Without the right to append there is nothing to store. */
  const storeLost = async (): Promise<void> => {
    try {
      await storeLostBlobs(replica, log)
    } catch (error) {
      if (!(error instanceof TeamLogError) || error.problem !== 'not-allowed') throw error
    }
    checked.add(replica)
  }

  const server = await log.server()
  const heads = await log.heads()
  const isOther = (): boolean => (replica.membership()?.server ?? server) !== server
  // The signed history there may have it that the team was moved to this server; nothing is placed before it does.
  const there = heads.get(replica.team)
  if (isOther() && there !== undefined && there.seq >= replica.stream(replica.team).place.next) {
    await guard(() => pullStream(replica.team, there))
  }
  if (isOther())
    throw new TeamLogError('other-server', 'The server is not the one that the team uses. Check its address.')
  // Keys come with changes of `team`, or after them to a device that lacks one.
  const isNew = !keyed.has(replica) || !isHeld(replica, replica.team, heads.get(replica.team))
  if (isNew || lacksKey(replica)) await readKeysOnce()
  if (await guard(() => pullStream(replica.team, heads.get(replica.team)))) {
    for (const streams of replica.listRead()) {
      await pullTogether(streams, heads)
      for (const stream of streams) await guard(() => enterDue(replica, log, stream))
    }
    const isOfFacts = (stream: string): boolean => findUse(replica, stream)?.kind === 'facts'
    const isTried = (stream: string): boolean => done.refused.includes(stream) || done.blocked.includes(stream)
    if (done.mended > 0 || !checked.has(replica)) await storeLost()
    // What was decided rests on what was read before it; a reading waits until its connection is placed.
    for (const isNext of [isOfFacts, (stream: string) => !isOfFacts(stream), isOfFacts]) {
      const waiting = replica.listWaiting().filter((stream) => isNext(stream) && !isTried(stream))
      for (const stream of waiting) await guard(() => pushAllowed(stream))
    }
  }
  const isBlank = heads.size === 0 && replica.stream(replica.team).place.next > 0
  return { ...done, isBlank, stopped: [...done.stopped.values()] }
}

/**
 * Fetches what entries name that had no effect when they were read, and have one since a key was declared lost. Throws `StreamStopped` where
 * the server does not have it, and `TeamLogError`.
 */
export async function enterDue(replica: Replica, log: TeamLog, stream: string): Promise<void> {
  for (const due of replica.listDue(stream))
    replica.enterDue(stream, due, await readNamedBlobs(replica, log, stream, due.names))
}

/** The replicas that have read their keys since they were opened: keys are in memory only. */
const keyed = new WeakSet<Replica>()

function lacksKey(replica: Replica): boolean {
  const streams = [replica.team, ...replica.listRead().flat()]
  return streams.some((stream) => replica.stream(stream).stopped?.reason === 'key-missing')
}

/** Whether the newest entry of a stream at the server is the newest that this device holds. */
function isHeld(replica: Replica, stream: string, newest: Newest | undefined): boolean {
  const { next } = replica.stream(stream).place
  if ((newest?.seq ?? -1) !== next - 1) return false
  const [own] = next === 0 ? [] : replica.entries(stream, next - 1, 1)
  return newest === undefined || (own !== undefined && isSameEntry(own.entry, { ...newest, sealed: own.entry.sealed }))
}

/** How many entries each server answers within its time, where it is fewer than were asked for. */
const inTime = new WeakMap<TeamLog, number>()

/** Asks for fewer entries after each answer that did not come in time, down to one: a slow line must not end every exchange. */
async function askInTime<T>(log: TeamLog, most: number, ask: (most: number) => Promise<T>): Promise<T> {
  for (;;) {
    const asked = Math.min(most, inTime.get(log) ?? most)
    try {
      return await ask(asked)
    } catch (error) {
      if (!(error instanceof TeamLogError) || error.problem !== 'slow' || asked === 1) throw error
      inTime.set(log, Math.ceil(asked / 8))
    }
  }
}

function findUse(replica: Replica, stream: string): StreamUse | null {
  const membership = replica.membership()
  return membership === null ? null : findStream(membership, stream)
}

/** The login of this device, which is that of what it places itself. */
function findLogin(replica: Replica): string {
  return replica.membership()?.devices.get(replica.author.device)?.login ?? ''
}

/** How many of those that wait may be placed together: each that is placed under a lease is placed alone. */
function countTogether(waiting: readonly Pending[]): number {
  const leased = waiting.findIndex(({ lease }) => lease !== undefined)
  return leased === -1 ? waiting.length : leased
}

function isActive(replica: Replica): boolean {
  const membership = replica.membership()
  return membership !== null && findAuthor(membership, replica.author.device, newest(membership)) !== null
}

/**
 * A key that was replaced between pull and push is refused by the server, as is a login without access: the first try
 * counts as overtaken, and the next shows which it is.
 */
async function pushOnce(
  log: TeamLog,
  entries: readonly Entry[],
  { tries, lease }: { readonly tries: number; readonly lease: LeaseName | undefined },
  notePlaced: (placedAt: number) => void,
): Promise<PushedUnderLease> {
  const [first] = entries
  try {
    if (lease === undefined || first === undefined) return await log.push(entries, notePlaced)
    return await log.pushUnderLease(entries, { ...lease, stream: first.stream }, notePlaced)
  } catch (error) {
    if (tries === 0 && error instanceof TeamLogError && error.problem === 'not-allowed') return 'overtaken'
    throw error
  }
}

/** Throws `StreamStopped` if the server has another entry at a position that this device holds. */
async function compareLast(replica: Replica, log: TeamLog, stream: string, at?: number): Promise<void> {
  const { place } = replica.stream(stream)
  const position = at ?? place.next - 1
  const [own] = position < 0 ? [] : replica.entries(stream, position, 1)
  if (own === undefined) return
  const [there] = await log.pull(stream, position, 1)
  if (there === undefined) return
  if (!isEntry(there) || !isSameEntry(own.entry, there)) throw stop('two-histories', place)
}
