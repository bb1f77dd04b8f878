import { setTimeout as sleep } from 'node:timers/promises'

import { Refusal } from '../kit/refusal.ts'
import type { Session } from './session.ts'

/** A list that is being sent. */
export interface Sending {
  /** The connections that it is sent to. */
  readonly to: Set<number>
  /** Set when the profile is about to be closed: no further request goes out. */
  stopping: boolean
}

interface UnderWay extends Sending {
  readonly ended: Promise<void>
}

/** By profile; one list at a time. */
const sending = new WeakMap<Session, UnderWay>()

/** Sends one list. Throws `Refusal` CONFLICT while another is being sent. */
export async function whileSending<T>(session: Session, send: (own: Sending) => Promise<T>): Promise<T> {
  if (sending.has(session)) {
    throw new Refusal('CONFLICT', 'Another list is being sent.', 'Wait for it to end, then preview again.')
  }
  const { promise: ended, resolve } = Promise.withResolvers<void>()
  const own: UnderWay = { to: new Set(), stopping: false, ended }
  sending.set(session, own)
  try {
    return await send(own)
  } finally {
    sending.delete(session)
    resolve()
  }
}

/** Connections that are not synced now: a sync would see half of a list. Each is synced once the list has ended. */
export function sendingTo(session: Session): ReadonlySet<number> {
  return sending.get(session)?.to ?? new Set()
}

/** How long closing a profile waits for the answer to the running request, in milliseconds. */
const LONGEST_WAIT = 5000

/**
 * Sends no further request of a list and waits for the answer to the running one, so that its result is recorded.
 * Without an answer in time the next start finds it with an unknown result.
 */
export async function stopSending(session: Session): Promise<void> {
  const own = sending.get(session)
  if (own === undefined) return
  own.stopping = true
  await Promise.race([own.ended, sleep(LONGEST_WAIT, undefined, { ref: false })])
}
