import type { PlacedBatch } from '../../shared/team/batch.ts'
import type { LogKind } from '../../shared/domain/team-roles.ts'
import { type Card, CARD_KIND } from '../../shared/team/card.ts'
import { toLocalDay } from '../../shared/domain/day.ts'
import type { Op } from '../../shared/team/op.ts'
import { mayFollow, toLevel } from '../../shared/team/rights.ts'
import type { HeldCard } from '../../shared/team/store.ts'
import { composeBatch } from './box.ts'
import { commitKey, headAfter, NO_ROOT } from './crypto.ts'
import type { TeamDevice } from './device.ts'
import { openCard } from './follow.ts'
import { isSame, toHex } from './form.ts'
import { findPlace, readCards, readLog, takeKeys } from './read-log.ts'
import { type Rights, TeamServerError } from './server.ts'

/** What became of a change of the team. */
export type CardEffect = 'placed' | 'none' | 'not-allowed' | 'last-owner' | 'stopped'

/** The next card, or why there is none. It is asked again on each card that others placed meanwhile. */
export type NextCard = (before: Card) => Card | Exclude<CardEffect, 'placed'>

/** How often other devices may be faster. */
const MOST_TRIES = 30

/** Where the next card of a log is appended, and on which one. */
interface CardPlace {
  readonly at: number
  readonly before: Uint8Array
  readonly card: HeldCard
}

/**
 * Places the next card of a log with the rights and wrapped keys that follow from it. A device that leaves takes its key with it, so the next
 * generation begins there. The change is kept and repeated, and not the card, so that no change of another owner is lost. Throws
 * `TeamServerError`.
 */
export async function placeCard(device: TeamDevice, log: string, next: NextCard): Promise<CardEffect> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const place = await findNewest(device, log)
    if (place === null) return 'not-allowed'
    const { card: before } = place.card
    const wanted = next(before)
    if (typeof wanted === 'string') return wanted
    const keys = device.store.log(log)?.keys ?? []
    if (keys.length < before.generation) return 'not-allowed'
    const { card, added } = renewKey(device, log, before, wanted)
    if (!card.people.some(isOwnerWithDevice) && before.people.some(isOwnerWithDevice)) return 'last-owner'
    if (!mayFollow(before, device.member, card)) return 'not-allowed'
    const all = [...keys.slice(0, before.generation), ...added]
    const outcome = await append(device, log, { ...place, card: place.card.head }, card, all)
    if (outcome === 'placed') return 'placed'
    if (outcome === 'no-right') return 'not-allowed'
  }
  throw new TeamServerError('slow', 'Other devices change the team all the time. Try again.')
}

const isOwnerWithDevice = ({ role, devices }: Card['people'][number]): boolean => role === 'owner' && devices.length > 0

/** The card with the next generation of the key where a device has left. */
function renewKey({ crypto }: TeamDevice, log: string, before: Card, wanted: Card) {
  const stay = new Set(wanted.people.flatMap(({ devices }) => devices.map(({ device }) => device)))
  const hasLeft = before.people.some(({ devices }) => devices.some(({ device }) => !stay.has(device)))
  if (!hasLeft) return { card: wanted, added: [] }
  const key = crypto.createKey()
  const generation = before.generation + 1
  return { card: { ...wanted, generation, commitment: toHex(commitKey({ log, generation }, key)) }, added: [key] }
}

/** The newest card of a log, read from the server, and the end of the log there. */
async function findNewest(device: TeamDevice, log: string): Promise<CardPlace | null> {
  const { server, store } = device
  const shown = (await server.heads(null)).logs.find((one) => one.log === log)
  if (shown === undefined) return null
  takeKeys(device, shown)
  const held = store.log(log)
  if (held?.isHeld === true && held.stop === null) {
    await readLog(device, log)
    const { next, head, card } = findPlace(device, log)
    if (store.log(log)?.stop === null) return card === null ? null : { at: next, before: head, card }
  }
  if (held?.isHeld !== true) await readCards(device, log)
  // A log that stopped is not read, but its cards are a chain of their own.
  const place = findPlace(device, log)
  let { card } = place
  for (const batch of await server.readCards(log, card === null ? 0 : card.at + 1)) {
    if (!isSame(batch.card, card?.head ?? null)) continue
    const opened = openCard(device.crypto, { ...place, card }, batch)
    if (typeof opened !== 'string') card = { head: headAfter(batch), at: batch.at, card: opened.card }
  }
  return card === null ? null : { at: shown.next, before: shown.head, card }
}

/** The rights and wraps of a card. */
export function toRights({ crypto }: TeamDevice, log: string, card: Card, keys: readonly Uint8Array[]): Rights {
  const name = { log, generation: card.generation }
  return {
    logins: card.people.flatMap(({ role, devices }) =>
      devices.map(({ device, login, boxKey }) => ({
        login,
        level: toLevel(role, card.kind),
        wrap: crypto.wrapKeys(name, device, Buffer.from(boxKey, 'hex'), keys),
      })),
    ),
    approvals: card.approvals,
  }
}

async function append(
  device: TeamDevice,
  log: string,
  at: { readonly at: number; readonly before: Uint8Array; readonly card: Uint8Array | null },
  card: Card,
  keys: readonly Uint8Array[],
): Promise<'placed' | 'overtaken' | 'no-right'> {
  const { crypto, server, store } = device
  const key = keys[card.generation - 1]
  if (key === undefined) return 'no-right'
  const root = at.card === null && log === device.team ? NO_ROOT : (device.root ?? NO_ROOT)
  const place = { ...at, root, log, device: device.device, signKey: device.keys.sign.privateKey }
  const of = { class: 'card', change: null } as const
  const { batch } = composeBatch(crypto, { ...place, generation: card.generation, key }, [toOp(device, card)], of)
  const head = headAfter(batch)
  store.noteSending(log, batch.at, head)
  const answer = await server.append(batch, [], toRights(device, log, card, keys))
  if (answer.outcome === 'restoring') {
    throw new TeamServerError('held', 'The devices fill what the team’s server lost. Try again in some minutes.')
  }
  if (answer.outcome === 'no-room') {
    throw new TeamServerError('full', 'The team’s server has no room left for this device. Ask another owner for more.')
  }
  if (answer.outcome !== 'placed') return answer.outcome === 'no-right' ? 'no-right' : 'overtaken'
  store.keepKeys(log, keys)
  if (store.log(log)?.isHeld === true || at.card === null) await readLog(device, log)
  else await readCards(device, log)
  await server.notify([log])
  return 'placed'
}

/** A UUIDv7 (RFC 9562). */
export function createName({ crypto }: TeamDevice, at: number): string {
  const bytes = Buffer.from(crypto.random(16))
  bytes.writeUIntBE(at, 0, 6)
  bytes.writeUInt8(0x70 | (bytes.readUInt8(6) & 0x0f), 6)
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8)
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/u, '$1-$2-$3-$4-')
}

function toOp(device: TeamDevice, card: Card): Op {
  const at = device.now()
  return { uid: createName(device, at), kind: CARD_KIND, at, day: toLocalDay(at), on: null, subject: '', body: card }
}

/** Opens a log with its first card. Null: another device opened it. Throws `TeamServerError`. */
export async function openLog(
  device: TeamDevice,
  log: string,
  first: Pick<Card, 'kind' | 'people'> & Partial<Card>,
): Promise<PlacedBatch | null> {
  const { store } = device
  const { head, next } = findPlace(device, log)
  if (next > 0) return null
  // One that was cut goes on with its key.
  const [key = device.crypto.createKey()] = store.log(log)?.keys ?? []
  store.keepKeys(log, [key])
  store.hold(log)
  const commitment = toHex(commitKey({ log, generation: 1 }, key))
  const card: Card = { ...EMPTY, ...first, commitment }
  const outcome = await append(device, log, { at: 0, before: head, card: null }, card, [key])
  if (outcome === 'overtaken') await readLog(device, log)
  const [batch] = store.batches(log, 0, 1)
  return batch?.device === device.device ? batch : null
}

const EMPTY: Omit<Card, 'kind' | 'people' | 'commitment'> = {
  v: 1,
  generation: 1,
  least: 1,
  approvals: false,
  passes: [],
  forks: [],
  logs: null,
  team: null,
}

/** The newest card of the log of a kind, as this device holds it. */
export function findCard({ store, team }: TeamDevice, kind: Exclude<LogKind, 'client'>): Card | null {
  const found = kind === 'team' ? store.log(team) : store.logs().find((log) => log.kind === kind && log.card !== null)
  return found?.card?.card ?? null
}
