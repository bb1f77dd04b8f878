import type { PlacedBatch } from '../../shared/team/batch.ts'
import type { LogKind } from '../../shared/domain/team-roles.ts'
import type { Card } from '../../shared/team/card.ts'
import { judgeOperation, readCard } from '../../shared/team/judge.ts'
import { FOLD_VERSION, type NoEffectReason, type StopReason } from '../../shared/team/outcome.ts'
import { findPerson, mayFollow } from '../../shared/team/rights.ts'
import type { HeldCard, ReadBatch } from '../../shared/team/store.ts'
import { openBatch, type OpenedBox } from './box.ts'
import { commitKey, headAfter, NO_ROOT, type TeamCrypto } from './crypto.ts'
import { fromHex, isBatch, isSame, readBoxHead, toHex } from './form.ts'

/** Where a device is in a log, and what it needs to read on. */
export interface LogPlace {
  readonly log: string
  /** The head of the team's first batch; 32 zero bytes in the team's log before it. */
  readonly root: Uint8Array
  readonly isTeam: boolean
  readonly next: number
  readonly head: Uint8Array
  readonly card: HeldCard | null
  /** By generation, the first first. */
  readonly keys: readonly Uint8Array[]
  /** This device. */
  readonly device: string
  /** Batches that later cards of the log pass over, as `toPass` names them. */
  readonly passes: ReadonlySet<string>
  readonly hasCounted: (uid: string) => boolean
}

/** A log that is read no further. `placedBy`: the login that placed the batch, by the server's word. */
export interface LogStop {
  readonly reason: StopReason
  readonly at: number
  readonly placedBy: string | null
}

export interface Followed {
  readonly read: readonly ReadBatch[]
  readonly place: LogPlace
  readonly stop: LogStop | null
}

export function toPass({ at, head }: { readonly at: number; readonly head: string }): string {
  return `${at} ${head}`
}

/**
 * Reads batches of one log in their order, up to the first that stops it. A stop is for what is not authentic or newer than this version; what is
 * authentic and cannot count has no effect, with its reason, the same on every device. Blobs that operations name are not fetched here.
 */
export function followBatches(crypto: TeamCrypto, from: LogPlace, batches: Iterable<PlacedBatch>): Followed {
  const read: ReadBatch[] = []
  const counted = new Set<string>()
  let place: LogPlace = { ...from, hasCounted: (uid) => counted.has(uid) || from.hasCounted(uid) }
  for (const batch of batches) {
    const one = readBatch(crypto, place, batch)
    if (typeof one === 'string') {
      return { read, place, stop: { reason: one, at: place.next, placedBy: isBatch(batch) ? batch.placedBy : null } }
    }
    read.push(one)
    for (const { op, noEffect } of one.operations) if (noEffect === null) counted.add(op.uid)
    const isRoot = place.isTeam && place.next === 0
    place = {
      ...place,
      next: place.next + 1,
      head: one.batch.head,
      card: one.card,
      root: isRoot ? one.batch.head : place.root,
    }
  }
  return { read, place, stop: null }
}

/** A batch as the device reads it at its place, or why it stops there. */
function readBatch(crypto: TeamCrypto, place: LogPlace, given: PlacedBatch): ReadBatch | StopReason {
  if (!isBatch(given) || given.log !== place.log) return 'not-a-batch'
  if (given.at !== place.next) return 'gap'
  if (!isSame(given.before, place.head)) return 'other-history'
  // The server's head proves nothing, so it is computed.
  const batch = { ...given, head: headAfter(given) }
  if (!isSame(given.head, batch.head)) return 'not-a-batch'
  const { card } = place
  if (place.passes.has(toPass({ at: batch.at, head: toHex(batch.head) }))) return passOver(place, batch)
  if (!isSame(batch.card, card?.head ?? null)) return 'other-card'
  if (card !== null && card.card.least > FOLD_VERSION) return 'newer-version'
  return batch.class === 'card' ? readCardBatch(crypto, place, batch) : readOperations(crypto, place, batch)
}

function passOver({ card, device }: LogPlace, batch: PlacedBatch): ReadBatch | StopReason {
  if (card === null) return 'other-card'
  const member = findPerson(card.card, batch.device)?.member ?? ''
  return { ...empty(batch, member, device), noEffect: 'passed-over', card }
}

function empty(batch: PlacedBatch, member: string, device: string) {
  return { batch, member, isOwn: batch.device === device, operations: [], state: null }
}

/** A card is authentic only if its signer may make it from the one before, so anything else stops. */
function readCardBatch(crypto: TeamCrypto, place: LogPlace, batch: PlacedBatch): ReadBatch | StopReason {
  const next = openCard(crypto, place, batch)
  if (typeof next === 'string') return next
  const { opened, card } = next
  const author = findPerson(card, batch.device)
  const [op] = opened.ops
  const [hash] = opened.hashes
  if (op === undefined || hash === undefined) return 'card-not-allowed'
  const member = author?.member ?? findPerson(place.card?.card ?? card, batch.device)?.member ?? ''
  return {
    ...empty(batch, member, place.device),
    noEffect: null,
    operations: [{ op, hash, noEffect: null, blobs: [] }],
    state: opened.state,
    card: { head: batch.head, at: batch.at, card },
  }
}

type OpenedCard = { readonly opened: Exclude<OpenedBox, NoEffectReason>; readonly card: Card }

/**
 * The next card of a log, checked against the card before and not against the batches between: cards are a chain of their own, so who does not
 * hold a log follows them alone. `before` null: the first card, which its own device signs, as an owner, or as the lead who opens a client.
 */
export function openCard(
  crypto: TeamCrypto,
  { root, isTeam, log, card: before, keys }: Pick<LogPlace, 'root' | 'isTeam' | 'log' | 'card' | 'keys'>,
  batch: PlacedBatch,
): OpenedCard | StopReason {
  const signedUnder = isTeam && before === null ? NO_ROOT : root
  if (before !== null) {
    const author = findPerson(before.card, batch.device)
    if (author === null) return 'unknown-author'
    if (!crypto.isBatchSigned(signedUnder, batch, fromHex(author.found.signKey))) return 'not-signed'
  }
  const { generation } = readBoxHead(batch.box)
  const key = keys[generation - 1]
  if (key === undefined) return 'key-missing'
  const opened = openBatch(crypto, key, { root: signedUnder, log, box: batch.box })
  if (typeof opened === 'string') return opened === 'does-not-open' ? 'key-missing' : 'card-not-allowed'
  const card = readCard(opened.ops)
  if (card === null || card.generation !== generation) return 'card-not-allowed'
  if (toHex(commitKey({ log, generation }, key)) !== card.commitment) return 'key-missing'
  const author = findPerson(before?.card ?? card, batch.device)
  if (author === null) return 'unknown-author'
  if (before !== null) return mayFollow(before.card, author.member, card) ? { opened, card } : 'card-not-allowed'
  if (!crypto.isBatchSigned(signedUnder, batch, fromHex(author.found.signKey))) return 'not-signed'
  const isOpener = author.role === 'owner' || (author.role === 'lead' && card.kind === 'client')
  return isOpener && card.generation === 1 && isKindOf(card.kind, isTeam) ? { opened, card } : 'card-not-allowed'
}

function isKindOf(kind: LogKind, isTeam: boolean): boolean {
  return (kind === 'team') === isTeam
}

function readOperations(crypto: TeamCrypto, place: LogPlace, batch: PlacedBatch): ReadBatch | StopReason {
  const { card, root, log, keys, device } = place
  if (card === null) return 'other-card'
  const author = findPerson(card.card, batch.device)
  if (author === null) return 'unknown-author'
  if (!crypto.isBatchSigned(root, batch, fromHex(author.found.signKey))) return 'not-signed'
  const base = { ...empty(batch, author.member, device), card }
  const { generation } = readBoxHead(batch.box)
  if (generation !== card.card.generation) return { ...base, noEffect: 'other-generation' }
  const key = keys[generation - 1]
  if (key === undefined) return 'key-missing'
  const opened = openBatch(crypto, key, { root, log, box: batch.box })
  if (typeof opened === 'string') return { ...base, noEffect: opened }
  const counted = new Set<string>()
  const judged = { log, card: card.card, hasCounted: (uid: string) => counted.has(uid) || place.hasCounted(uid) }
  const isAlone = batch.class === 'ordinary' || opened.ops.length === 1
  const operations = opened.ops.map((op, index) => {
    const noEffect = isAlone ? judgeOperation(judged, batch, op) : 'class-disagrees'
    if (noEffect === null) counted.add(op.uid)
    return { op, hash: opened.hashes[index] ?? new Uint8Array(), noEffect, blobs: [] }
  })
  return { ...base, noEffect: null, operations, state: opened.state }
}
