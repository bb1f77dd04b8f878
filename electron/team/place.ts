import { nameBlobs } from '../../shared/team/blobs.ts'
import type { BatchClass, StoredBlob } from '../../shared/team/batch.ts'
import { MOST_OPERATIONS } from '../../shared/team/batch.ts'
import type { Op } from '../../shared/team/op.ts'
import type { NoEffectReason } from '../../shared/team/outcome.ts'
import { findPerson, mayDecide } from '../../shared/team/rights.ts'
import type { HeldCard, WaitingOperation } from '../../shared/team/store.ts'
import { createBlob } from './blob.ts'
import { composeBatch } from './box.ts'
import { headAfter } from './crypto.ts'
import type { TeamDevice } from './device.ts'
import { isSame, toHex } from './form.ts'
import { findPlace, readLog, type LogRead } from './read-log.ts'
import { type Appended, TeamServerError } from './server.ts'

/** An operation that went back to its author, since the team does not allow it. */
export interface RefusedOperation {
  readonly log: string
  readonly op: Op
  readonly reason: NoEffectReason
}

export interface PlacedLog {
  readonly placed: number
  readonly refused: readonly RefusedOperation[]
  /** True if the server refuses what the card of this device allows. */
  readonly isWithheld: boolean
  readonly isRestoring: boolean
  /** The last reading of the log while it was placed; null where nothing of others came between. */
  readonly read: LogRead | null
}

/** How often other devices may be faster before the rest waits for the next exchange. */
const MOST_TRIES = 50
/** What the operations of one batch have at most before they are packed; one alone may have more. */
const MOST_TOGETHER = 4_194_304

/** Places what waits for a log that was read to its end. Throws `TeamServerError`. */
export async function placeWaiting(device: TeamDevice, log: string): Promise<PlacedLog> {
  const refused: RefusedOperation[] = []
  let [placed, tries, read]: [number, number, LogRead | null] = [0, 0, null]
  const end = (isWithheld = false, isRestoring = false): PlacedLog => ({
    placed,
    refused,
    isWithheld,
    isRestoring,
    read,
  })
  const giveBack = (ops: readonly Op[], reason: NoEffectReason): void => {
    for (const op of ops) {
      device.store.refuse(log, op.uid, reason)
      refused.push({ log, op, reason })
    }
  }
  for (;;) {
    const card = device.store.log(log)?.card ?? null
    const waiting = takeTogether(device.store.waiting(log, MOST_OPERATIONS))
    const [first] = waiting
    if (first === undefined || card === null) return end()
    const forbidden = listForbidden(device, card, waiting)
    if (forbidden.length > 0) {
      giveBack(forbidden, 'no-right')
      continue
    }
    const sent = await send(device, log, card, waiting)
    if (sent.outcome === 'placed') placed += waiting.length
    else if (sent.outcome === 'overtaken' || sent.outcome === 'other-card') {
      tries += 1
      if (tries > MOST_TRIES) return end()
      read = await readLog(device, log)
      if (read.stop !== null || read.isCopied) return end()
    } else if (sent.outcome === 'added-before') giveBack([first.op], 'counted-before')
    else if (sent.outcome === 'not-approved' && card.card.approvals) giveBack([first.op], 'not-approved')
    else if (sent.outcome === 'no-room') throw noRoom()
    else return end(sent.outcome !== 'restoring', sent.outcome === 'restoring')
  }
}

/** The first operations that wait which one batch may hold: those of another class than `ordinary` are alone. */
function takeTogether(waiting: readonly WaitingOperation[]): readonly WaitingOperation[] {
  const [first] = waiting
  if (first === undefined || first.class !== 'ordinary') return waiting.slice(0, 1)
  let bytes = 0
  const end = waiting.findIndex((one, index) => {
    bytes += JSON.stringify(one.op).length
    return one.class !== 'ordinary' || (index > 0 && bytes > MOST_TOGETHER)
  })
  return end === -1 ? waiting : waiting.slice(0, end)
}

/** What the newest card does not allow this member any more. */
function listForbidden(device: TeamDevice, { card }: HeldCard, waiting: readonly WaitingOperation[]): readonly Op[] {
  const role = findPerson(card, device.device)?.role ?? null
  return waiting.flatMap(({ op }) => (role !== null && mayDecide(op, role, card.kind) ? [] : [op]))
}

async function send(
  device: TeamDevice,
  log: string,
  card: HeldCard,
  waiting: readonly WaitingOperation[],
): Promise<Appended> {
  const { crypto, server, store } = device
  const place = findPlace(device, log)
  const { generation } = card.card
  const key = place.keys[generation - 1]
  if (key === undefined) return { outcome: 'no-right', head: null, placedAt: null }
  const blobs: StoredBlob[] = []
  const ops = waiting.map(({ op, blobs: texts }) => {
    const sealed = texts.map((text) => createBlob(crypto, key, log, text))
    blobs.push(...sealed)
    return nameBlobs(
      op,
      sealed.map(({ address }) => ({ address: toHex(address), generation })),
    )
  })
  if (blobs.length > 0) {
    await server.putBlobs(log, blobs)
    store.keepBlobs(log, blobs)
  }
  const [first] = waiting
  const of: { class: BatchClass; change: string | null } = {
    class: first?.class ?? 'ordinary',
    change: first?.change ?? null,
  }
  const at = { ...place, card: card.head, signKey: device.keys.sign.privateKey, generation, key, at: place.next }
  const { batch, hashes } = composeBatch(crypto, { ...at, before: place.head }, ops, of, store.state(log))
  const head = headAfter(batch)
  // Noted before it leaves, so that a batch of this device that was not noted is that of a copy.
  store.noteSending(log, batch.at, head)
  const answer = await server.append(
    batch,
    blobs.map(({ address }) => address),
    null,
  )
  if (answer.outcome !== 'placed') return answer
  if (!isSame(answer.head, head)) throw changedOnTheWay()
  const placed = { ...batch, head, placedBy: device.login, placedAt: answer.placedAt ?? device.now() }
  store.placeOwn(placed, ops, hashes)
  return answer
}

function noRoom(): TeamServerError {
  return new TeamServerError(
    'full',
    'The team’s server has no room left for this device. What waits stays here; ask an owner for more room: castellan team status shows it.',
  )
}

function changedOnTheWay(): TeamServerError {
  return new TeamServerError(
    'refused',
    'The team’s server stored other bytes than this device sent. What waits stays here; ask the server’s administrator what changes what is stored.',
  )
}
