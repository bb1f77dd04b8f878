import type { PlacedBatch } from '../../shared/team/batch.ts'
import type { TeamDevice } from './device.ts'
import { headAfter } from './crypto.ts'
import { openCard } from './follow.ts'
import { isBatch, isSame, toHex } from './form.ts'
import { findPlace, readLog } from './read-log.ts'
import { refillLog } from './refill.ts'

/** Two histories of a log, by the first batch of each in which they differ. */
export interface Fork {
  readonly at: number
  readonly own: PlacedBatch
  readonly server: PlacedBatch
}

/** Finds where the server's history of a log parts from the held one, and stops the log there. Null where the server lags only. Throws `TeamServerError`. */
export async function noteFork({ server, store }: TeamDevice, log: string): Promise<Fork | null> {
  const held = store.log(log)
  if (held === null) return null
  let at = 0
  for (;;) {
    const theirs = await server.readHeads(log, at)
    const last = theirs.at(-1)
    if (last === undefined) return null
    const own = new Map(store.heads(log, at, last.at).map((one) => [one.at, one.head]))
    const parted = theirs.find((one) => !isSame(own.get(one.at) ?? null, one.head))
    if (parted === undefined) {
      at = last.at + 1
      continue
    }
    const [mine] = store.batches(log, parted.at, 1)
    const [other] = await server.read(log, parted.at)
    if (mine === undefined || other === undefined || !isBatch(other)) return null
    const fork = { at: parted.at, own: mine, server: { ...other, head: headAfter(other) } }
    store.noteFork(log, fork)
    store.stop(log, { reason: 'other-history', at: parted.at, placedBy: other.placedBy })
    return fork
  }
}

/**
 * Follows the choice of an owner where a card of the server's history has one: the held batches are left from there on, and own operations
 * wait again. True if the log is read on.
 */
export async function followChoice(device: TeamDevice, log: string, fork: Fork): Promise<boolean> {
  const place = findPlace(device, log)
  // The newest card before the histories part is the same in both.
  let card = await findCardBefore(device, log, fork.at)
  if (card === null) return false
  for (const batch of await device.server.readCards(log, fork.at)) {
    if (!isSame(batch.card, card.head)) continue
    const next = openCard(device.crypto, { ...place, card }, batch)
    if (typeof next === 'string') continue
    card = { head: headAfter(batch), at: batch.at, card: next.card }
    if (next.card.forks.some(({ at, head }) => at === fork.at && head === toHex(fork.server.head))) {
      leave(device, log, fork.at)
      return true
    }
  }
  return false
}

async function findCardBefore(device: TeamDevice, log: string, before: number) {
  const place = findPlace(device, log)
  if (place.card !== null && place.card.at < before) return place.card
  let card: typeof place.card = null
  for (const batch of await device.server.readCards(log, 0)) {
    if (batch.at >= before) break
    const next = openCard(device.crypto, { ...place, card }, batch)
    if (typeof next === 'string') return null
    card = { head: headAfter(batch), at: batch.at, card: next.card }
  }
  return card
}

function leave({ store }: TeamDevice, log: string, from: number): void {
  store.leave(log, from)
  store.noteFork(log, null)
}

/** Adopts the server's history of a log on this device and reads it. An owner then lets a card choose it for all. Throws `TeamServerError`. */
export async function adoptServer(device: TeamDevice, log: string, fork: Fork): Promise<void> {
  leave(device, log, fork.at)
  await readLog(device, log)
}

/** Makes the held history of a log that of the server: an owner's login cuts the other one. Throws `TeamServerError`. */
export async function adoptOwn(device: TeamDevice, log: string, fork: Fork): Promise<void> {
  await device.server.cut(log, fork.at)
  await refillLog(device, log, fork.at)
  device.store.noteFork(log, null)
  await readLog(device, log)
}
