import type { PlacedBatch } from '../../shared/team/batch.ts'
import { listBlobs, MOST_NAMED_BYTES } from '../../shared/team/blobs.ts'
import type { HeldLog, ReadBatch, ReadOperation } from '../../shared/team/store.ts'
import { openBlob } from './blob.ts'
import { commitKey, NO_ROOT, startLog } from './crypto.ts'
import type { TeamDevice } from './device.ts'
import { followBatches, type LogPlace, type LogStop, openCard, toPass } from './follow.ts'
import { fromHex, isSame, toHex } from './form.ts'
import type { ServerLog } from './server.ts'

/** A log after the device has read what the server has of it. */
export interface LogRead {
  /** How many operations of others and of this device were read. */
  readonly read: number
  readonly stop: LogStop | null
  /** True if it has a batch of this device that this installation did not send: the profile was copied. */
  readonly isCopied: boolean
  /** The device whose state hash differs from that of this register at one head; null where none is known. */
  readonly differs: string | null
}

const NOTHING: LogRead = { read: 0, stop: null, isCopied: false, differs: null }

/** The place of a device in a log: where it left off, or the beginning. */
export function findPlace(device: TeamDevice, log: string): LogPlace {
  const held = device.store.log(log)
  const isTeam = log === device.team
  const root = device.root ?? NO_ROOT
  return {
    log,
    root,
    isTeam,
    next: held?.next ?? 0,
    head: held === null || held.next === 0 ? startLog(log, isTeam ? NO_ROOT : root) : held.head,
    card: held?.card ?? null,
    keys: held?.keys ?? [],
    device: device.device,
    passes: new Set(held?.card?.card.passes.map(toPass)),
    hasCounted: (uid) => device.store.hasOperation(log, uid),
  }
}

const WRAP_BYTES = 101

/**
 * Takes the keys that the server has for this device. A wrap can be made by anyone, so a key is kept only if it fits the commitment of a card;
 * those of earlier generations are kept as they are and count once their cards are read.
 */
export function takeKeys(device: TeamDevice, { log, wrap }: ServerLog): void {
  const held = device.store.log(log)
  if (wrap === null) return
  // The length of a wrap shows how many generations it has.
  const generation = (wrap.length - WRAP_BYTES) / 32
  if (!Number.isInteger(generation) || generation < 1 || generation < (held?.keys.length ?? 0)) return
  const keys = device.crypto.unwrapKeys({ log, generation }, device.device, device.keys.box, wrap)
  if (keys === null || !keepsKnown(held, keys)) return
  device.store.keepKeys(log, keys)
}

/** True if keys have those that a card of the log committed to already. */
function keepsKnown(held: HeldLog | null, keys: readonly Uint8Array[]): boolean {
  if (held === null || held.card === null) return true
  const { generation, commitment } = held.card.card
  const key = keys[generation - 1]
  return key !== undefined && toHex(commitKey({ log: held.log, generation }, key)) === commitment
}

/** Reads a log to its end, and takes what was read into the register. Throws `TeamServerError`. */
export async function readLog(device: TeamDevice, log: string): Promise<LogRead> {
  let done = NOTHING
  for (;;) {
    const place = findPlace(device, log)
    const batches = await device.server.read(log, place.next)
    if (batches.length === 0) return done
    const one = await takeBatches(device, place, batches)
    done = {
      read: done.read + one.read,
      stop: one.stop,
      isCopied: done.isCopied || one.isCopied,
      differs: one.differs ?? done.differs,
    }
    if (one.stop !== null) return done
  }
}

async function takeBatches(device: TeamDevice, from: LogPlace, batches: readonly PlacedBatch[]): Promise<LogRead> {
  const { store } = device
  let followed = followBatches(device.crypto, from, batches)
  if (followed.stop !== null && followed.stop.reason !== 'other-history') {
    // A later card may let every device pass the batch.
    const passes = await findPasses(device, followed.place)
    if (passes.size > 0) {
      followed = followBatches(device.crypto, { ...from, passes: new Set([...from.passes, ...passes]) }, batches)
    }
  }
  const read: ReadBatch[] = []
  let stop = followed.stop
  for (const one of followed.read) {
    const operations = await fetchBlobs(device, followed.place.keys, one)
    if (operations === null) {
      stop = { reason: 'blob-missing', at: one.batch.at, placedBy: one.batch.placedBy }
      break
    }
    read.push({ ...one, operations })
  }
  const differs = take(device, from.log, read)
  if (stop !== null) store.stop(from.log, stop)
  const isCopied = read.some(({ isOwn, batch }) => isOwn && !store.wasSent(from.log, batch.at, batch.head))
  return { read: read.reduce((sum, { operations }) => sum + operations.length, 0), stop, isCopied, differs }
}

/** Takes batches, and compares the state of this register with that of the author of the last one that has it, before it is taken. */
function take({ store }: TeamDevice, log: string, read: readonly ReadBatch[]): string | null {
  const last = read.findLastIndex(({ state, isOwn }) => state !== null && !isOwn)
  if (last > 0) store.take(log, read.slice(0, last))
  const theirs = read[last]
  const own = theirs === undefined ? null : store.state(log)
  const rest = read.slice(Math.max(last, 0))
  if (rest.length > 0) store.take(log, rest)
  if (theirs === undefined || theirs.state === null || own === null || own.fold !== theirs.state.fold) return null
  return own.hash === theirs.state.hash ? null : theirs.batch.device
}

/** The operations of a batch with the bytes that they name; null where the server lacks them or has others. */
async function fetchBlobs(
  { crypto, server, store }: TeamDevice,
  keys: readonly Uint8Array[],
  { batch, operations, isOwn }: ReadBatch,
): Promise<readonly ReadOperation[] | null> {
  const names = operations.flatMap(({ op, noEffect }) => (noEffect === null ? listBlobs(op) : []))
  if (names.length === 0) return operations
  const addresses = [...new Set(names.map(({ address }) => address))].map(fromHex)
  const kept = store.findBlobs(batch.log, addresses)
  const hasKept = new Set(kept.map(({ address }) => toHex(address)))
  const lacking = addresses.filter((address) => !hasKept.has(toHex(address)))
  const fetched = lacking.length === 0 ? [] : await server.getBlobs(batch.log, lacking)
  const sealed = new Map([...kept, ...fetched].map((blob) => [toHex(blob.address), blob.sealed]))
  let bytes = 0
  const opened = new Map<string, Uint8Array>()
  for (const { address, generation } of names) {
    const [key, found] = [keys[generation - 1], sealed.get(address)]
    if (key === undefined || found === undefined) return null
    const text = openBlob(crypto, key, { log: batch.log, address: fromHex(address) }, found)
    bytes += typeof text === 'string' ? 0 : text.length
    if (typeof text === 'string' || bytes > MOST_NAMED_BYTES) return null
    opened.set(address, text)
  }
  store.keepBlobs(batch.log, fetched)
  // What was decided here is in the register already.
  if (isOwn) return operations
  return operations.map((one) => ({
    ...one,
    blobs: one.noEffect === null ? listBlobs(one.op).flatMap(({ address }) => opened.get(address) ?? []) : [],
  }))
}

/** The batches that cards after a place let every device pass. The cards of a log are a chain of their own. */
export async function findPasses(device: TeamDevice, place: LogPlace): Promise<ReadonlySet<string>> {
  const passes = new Set<string>()
  let { card } = place
  if (card === null) return passes
  for (const batch of await device.server.readCards(place.log, place.next)) {
    if (!isSame(batch.card, card.head)) continue
    const next = openCard(device.crypto, { ...place, card }, batch)
    if (typeof next === 'string') continue
    card = { head: batch.head, at: batch.at, card: next.card }
    for (const pass of next.card.passes) passes.add(toPass(pass))
  }
  return passes
}

/** Follows the cards of a log that this device does not hold. Returns why it cannot. Throws `TeamServerError`. */
export async function readCards(device: TeamDevice, log: string): Promise<LogStop | null> {
  const held = device.store.log(log)
  const place = findPlace(device, log)
  const from = (held?.card?.at ?? -1) + 1
  let { card } = place
  for (const batch of await device.server.readCards(log, from)) {
    if (!isSame(batch.card, card?.head ?? null)) {
      return { reason: 'other-card', at: batch.at, placedBy: batch.placedBy }
    }
    const next = openCard(device.crypto, { ...place, card }, batch)
    if (typeof next === 'string') return { reason: next, at: batch.at, placedBy: batch.placedBy }
    card = { head: batch.head, at: batch.at, card: next.card }
    device.store.takeCard(log, card, batch)
  }
  return null
}
