import { z } from 'zod'

import { EVENT_ACTORS, EVENT_ACTS, EVENT_SUBJECTS } from '../domain/events/event.ts'
import { many, named, ofOne, search } from './filter.ts'
import { clientField, code, connectionFields, json, minute, noun, providerField, text } from './noun.ts'
import { clientRef, connectionRef, id, instant, level, projectRef } from './values.ts'

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

const fixed = { value: instant.optional(), param: null, name: null } as const

export const EVENTS = noun(eventRow, {
  id: 'events',
  title: 'Provider log',
  one: 'event',
  many: 'events',
  about:
    'What the providers themselves recorded: who created, changed or removed what, and when. A sync reads the audit log of OpenAI and the activity feed of Anthropic from where the last one ended, 90 days the first time. What people write and read there is not kept.',
  none: 'no event matches, or the log is off or may not be read with this credential: the page names the reason for each connection.',
  fields: {
    eventId: json(),
    at: minute('When', { table: {} }),
    client: clientField({ wide: 14, grow: 1 }),
    ...connectionFields({ wide: 16, hidden: true }),
    provider: providerField(),
    externalId: code('Event id', { id: 'id', wide: 22, hidden: true }),
    type: code('Provider’s word', { wide: 24, hidden: true }),
    act: json(),
    subjectKind: text('Event', { id: 'event', wide: 22, grow: 1, table: {} }, (row) => row.subject.kind),
    subjectExternalId: json((row) => row.subject.externalId),
    subject: text('Subject', { wide: 18, grow: 2, table: { flexible: true } }, (row) => row.subject.name),
    keyId: json((row) => row.subject.keyId),
    personId: json((row) => row.subject.personId),
    role: text('Role', { wide: 11, table: { optional: true } }),
    level: json(),
    project: text(
      'Project',
      { wide: 13, grow: 1, table: { flexible: true } },
      (row) => row.project?.name ?? row.projectExternalId,
    ),
    actorKind: json((row) => row.actor.kind),
    actorExternalId: json((row) => row.actor.externalId),
    actor: text(
      'By',
      { id: 'by', wide: 18, grow: 2, empty: 'Not reported', table: { flexible: true } },
      (row) => row.actor.name,
    ),
    actorEmail: json((row) => row.actor.email),
    actorAddress: code(
      'Address',
      { id: 'address', wide: 15, hidden: true, table: { optional: true } },
      (row) => row.actor.address,
    ),
    actorAgent: json((row) => row.actor.agent),
    detail: json((row) => JSON.stringify(row.detail)),
  },
  columns: {
    at: 'when the provider recorded it.',
    subjectKind: 'what was done, in words.',
    subject: 'what it was done to, by its name in the register, else by the provider’s id.',
    actor: 'who did it: a person, a key, a service account, a directory or the provider itself.',
    role: 'the role that was given or asked for.',
    project:
      'the project in which it happened, as far as the event names one. OpenAI does not report it of what an admin key did.',
    client: 'the client whose organization has the log.',
    connection: 'the organization whose log it is.',
    type: 'the type of the event as the provider names it.',
    actorAddress: 'the network address from which it was done, where the provider records it.',
    externalId: 'the provider’s id of the event.',
  },
  filters: {
    /** Part of the provider's word for the event, of what it is about, or of who did it. */
    search: search(),
    /** Part of the address, name or id of who did it. */
    actor: { ...search(), param: null },
    subject: many(EVENT_SUBJECTS),
    act: many(EVENT_ACTS),
    /** From this instant on, and before `until`. */
    since: fixed,
    until: fixed,
    connection: ofOne,
    /** About this key, this person's accounts and invites, this project and what happened in it, or this rule or certificate. */
    keyId: named('key', ofOne),
    personId: named('person', ofOne),
    project: ofOne,
    federationId: named('rule', ofOne),
    certificateId: named('certificate', ofOne),
  },
  sorts: [],
})
export type EventFilter = z.infer<typeof EVENTS.filter>
