import { z } from 'zod'

import { SOURCE_STATES } from '../domain/source.ts'
import { EVENTS, eventRow } from '../nouns/events.ts'
import { clientRef, connectionRef, id, instant, operation, readSlice, scopeShape, sliceShape } from './common.ts'

export type { EventRow } from '../nouns/events.ts'

const range = z.object({ from: instant, to: instant })

/** How far the log of a connection is read. */
export const eventLog = z.object({
  client: clientRef,
  connection: connectionRef,
  /** How the last sync that asked for it ended; null: none did, or the provider has no log that is read. */
  state: z.enum(SOURCE_STATES).nullable(),
  reason: z.string().nullable(),
  /** The known time: from the first instant to the second, without the ranges below. Null: nothing was read yet. */
  from: instant.nullable(),
  to: instant.nullable(),
  /** The ranges that a sync could not read and the next one asks for again. */
  unread: z.array(range),
  /** The ranges that the provider no longer kept when it was asked. */
  gaps: z.array(range),
})
export type EventLog = z.infer<typeof eventLog>

export const eventsContract = {
  /** Events that match, newest first. */
  list: operation.input(EVENTS.filter.extend(sliceShape)).output(readSlice(eventRow)),
  get: operation.input(z.object({ eventId: id })).output(eventRow),
  /** How far the log of each connection in scope is read, by client and connection. */
  logs: operation.input(z.object({ ...scopeShape, connection: id.optional() })).output(z.array(eventLog)),
}
