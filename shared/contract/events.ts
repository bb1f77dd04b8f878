import { z } from 'zod'

import { EVENT_ACTORS, EVENT_ACTS, EVENT_SUBJECTS } from '../domain/events/event.ts'
import { SOURCE_STATES } from '../domain/source.ts'
import {
  anyOf,
  clientRef,
  connectionRef,
  id,
  instant,
  level,
  operation,
  projectRef,
  readSlice,
  scopeShape,
  sliceShape,
} from './common.ts'

export const eventFilter = z.object({
  ...scopeShape,
  /** Part of the provider's word for the event, of what it is about, or of who did it. */
  search: z.string().max(200).optional(),
  /** Part of the address, name or id of who did it. */
  actor: z.string().max(200).optional(),
  subject: anyOf(z.enum(EVENT_SUBJECTS)),
  act: anyOf(z.enum(EVENT_ACTS)),
  /** From this instant on, and before this one. */
  since: instant.optional(),
  until: instant.optional(),
  connection: id.optional(),
  /** About this key, this person's accounts and invites, this project and what happened in it, or this rule or certificate. */
  keyId: id.optional(),
  personId: id.optional(),
  project: id.optional(),
  federationId: id.optional(),
  certificateId: id.optional(),
})
export type EventFilter = z.infer<typeof eventFilter>

/** One event that a provider recorded in its own log. Text is the provider's. */
export const eventRow = z.object({
  eventId: id,
  client: clientRef,
  connection: connectionRef,
  externalId: z.string(),
  at: instant,
  /** The provider's word, such as `api_key.created`. */
  type: z.string(),
  act: z.enum(EVENT_ACTS),
  subject: z.object({
    kind: z.enum(EVENT_SUBJECTS),
    externalId: z.string().nullable(),
    /** By the register where it knows the subject, else by the event. */
    name: z.string().nullable(),
    keyId: id.nullable(),
    personId: id.nullable(),
    projectId: id.nullable(),
  }),
  /** The project in which it happened; null: none, or one that the register does not know. */
  project: projectRef.nullable(),
  projectExternalId: z.string().nullable(),
  role: z.string().nullable(),
  level: level.nullable(),
  actor: z.object({
    kind: z.enum(EVENT_ACTORS),
    externalId: z.string().nullable(),
    name: z.string().nullable(),
    email: z.string().nullable(),
    address: z.string().nullable(),
    agent: z.string().nullable(),
    personId: id.nullable(),
  }),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
})
export type EventRow = z.infer<typeof eventRow>

const range = z.object({ from: instant, to: instant })

/** How far the log of a connection is read. */
export const eventLog = z.object({
  client: clientRef,
  connection: connectionRef,
  /** How the last sync that asked for it ended; null: none did, or the provider has no log that is read. */
  state: z.enum(SOURCE_STATES).nullable(),
  reason: z.string().nullable(),
  /** What is known: from the first instant to the second, without the time ranges below. Null: nothing was read yet. */
  from: instant.nullable(),
  to: instant.nullable(),
  /** What a sync could not read and the next one will ask for again. */
  unread: z.array(range),
  /** What the provider no longer kept when it was asked for. */
  gaps: z.array(range),
})
export type EventLog = z.infer<typeof eventLog>

export const eventsContract = {
  /** Events that match, newest first. */
  list: operation.input(eventFilter.extend(sliceShape)).output(readSlice(eventRow)),
  get: operation.input(z.object({ eventId: id })).output(eventRow),
  /** How far the log of each connection in scope is read, by client and connection. */
  logs: operation.input(z.object({ ...scopeShape, connection: id.optional() })).output(z.array(eventLog)),
}
