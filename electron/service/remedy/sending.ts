import { Refusal } from '../refusal.ts'
import type { Session } from '../session.ts'

const NOTHING: ReadonlySet<number> = new Set()

/** The connections that a profile is sending to; one list at a time. */
const sending = new WeakMap<Session, Set<number>>()

/** Sends one list; `to` is told which connections it goes to. Throws `Refusal` CONFLICT while another is being sent. */
export async function whileSending<T>(session: Session, send: (to: Set<number>) => Promise<T>): Promise<T> {
  if (sending.has(session)) {
    throw new Refusal('CONFLICT', 'Another list is being sent.', 'Wait for it to end, then preview again.')
  }
  const to = new Set<number>()
  sending.set(session, to)
  try {
    return await send(to)
  } finally {
    sending.delete(session)
  }
}

/** Connections that are not read now: half of a list would be seen. Each is read once the list has ended. */
export function sendingTo(session: Session): ReadonlySet<number> {
  return sending.get(session) ?? NOTHING
}
