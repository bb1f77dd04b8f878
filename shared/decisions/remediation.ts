import { z } from 'zod'

import { remediationAction, remediationOrigin, remediationValues } from '../contract/remediation.ts'
import { SUBJECT_KINDS } from '../domain/facts.ts'
import { REMEDY_STATES, type RemediationState } from '../domain/remediation/remediation.ts'
import { nextRemediationState, type RemediationEvent } from '../domain/remediation/states.ts'
import { findingName } from './findings.ts'
import { localNumber, providerSubject, uid } from './kind.ts'
import { personName } from './people.ts'

/** A row by what is the same in every register: by its uid, or by a name in words of the provider. */
const ofRow = { id: localNumber, uid: uid.optional() }

/** What a change comes from. */
const origin = z.strictObject({
  kind: z.enum(remediationOrigin.options.map(({ shape }) => shape.kind.value)),
  ...ofRow,
  named: z
    .union([findingName, z.strictObject({ reviewUid: uid, position: z.number().int().positive() }), personName])
    .optional(),
})

const ofItem = { remedy: localNumber, remedyUid: uid }

/** The item, with all that a reader needs to identify it without the rows before. */
const described = {
  ...ofItem,
  action: remediationAction,
  says: z.string(),
  /** The label of the connection. */
  connection: z.string(),
  connectionUid: uid,
  /** A connection has a uid, the others a name. */
  subject: z.strictObject({ kind: z.enum(SUBJECT_KINDS), ...ofRow, named: providerSubject.optional() }),
  /** `projectNamed` is the project whose number is `projectId`. */
  values: z.strictObject({
    ...remediationValues.shape,
    projectId: localNumber,
    projectNamed: providerSubject.optional(),
  }),
  origin: origin.nullable(),
}

/** What the provider answered, why it was not sent, or what a person noted. */
const outcome = z.string().nullable()

const areas = ['remediation'] as const

const ended = { areas, body: z.strictObject({ v: z.literal(1), ...described, outcome: z.string() }) }

/** The requests of a change, as they are sent: the same for every device that derives them from the same facts. Never a secret. */
const requests = z.array(z.strictObject({ method: z.string(), url: z.string(), body: z.string().nullable() }))
/** SHA-256 of their canonical JSON, in hex. */
const calls = z.string().regex(/^[0-9a-f]{64}$/u)

/** What an item was before a person marked it as done. */
const before = { state: z.enum(REMEDY_STATES).exclude(['sending']), outcome, endedAt: z.number().int().nullable() }

/**
 * Operations on changes at providers. The row's subject is the name of what is changed. One that cannot happen in the state of
 * its item does nothing. A secret is in none of them.
 */
export const REMEDIATION_OPERATIONS = {
  'remedy.added': {
    areas,
    body: z.strictObject({
      v: z.literal(1),
      ...described,
      state: z.enum(['waiting', 'by-hand']),
      outcome,
      /** In a team, what it would send; left out where that is not known yet, as of a project that does not exist. */
      calls: calls.optional(),
      requests: requests.optional(),
    }),
  },
  /** A second member of a team approved these requests. */
  'remedy.approved': { areas, body: z.strictObject({ v: z.literal(1), ...described, calls }) },
  /** Committed before the request leaves: from here on it may have been sent. */
  'remedy.sending': {
    areas,
    body: z.strictObject({
      v: z.literal(1),
      ...described,
      request: z.strictObject({ method: z.string(), url: z.string(), body: z.string().nullable() }),
      calls: calls.optional(),
    }),
  },
  /** The request did not leave. */
  'remedy.unsent': ended,
  'remedy.done': ended,
  /** The provider refused it, or a later sync shows that it was not done. */
  'remedy.failed': ended,
  'remedy.unsure': ended,
  /** The provider made a key, which it calls `made`. */
  'remedy.deploying': {
    areas,
    body: z.strictObject({
      v: z.literal(1),
      ...described,
      outcome: z.string(),
      made: z.string(),
      name: z.string(),
    }),
  },
  /** The new key is deployed. `deletion`: the item that deletes the old one. */
  'remedy.deployed': {
    areas,
    body: z.strictObject({ v: z.literal(1), ...described, deletion: localNumber, deletionUid: uid.optional() }),
  },
  'remedy.done-by-hand': {
    areas,
    body: z.strictObject({ v: z.literal(1), ...described, outcome: z.string(), previous: z.strictObject(before) }),
  },
  'remedy.done-by-hand-undone': { areas, body: z.strictObject({ v: z.literal(1), ...described, ...before }) },
  /** `before`: the state in which it was cancelled. */
  'remedy.withdrawn': {
    areas,
    body: z.strictObject({ v: z.literal(1), ...described, outcome, before: z.enum(REMEDY_STATES) }),
  },
} as const
export type RemediationKind = keyof typeof REMEDIATION_OPERATIONS
/** An operation on a change, as far as its effect follows from it. */
export type RemediationOperation = {
  readonly [K in RemediationKind]: {
    readonly kind: K
    readonly body: z.infer<(typeof REMEDIATION_OPERATIONS)[K]['body']>
  }
}[RemediationKind]
export type DescribedRemediation = z.infer<z.ZodObject<typeof described>>
export type OriginName = Omit<z.infer<typeof origin>, 'id'>

/** What an operation of a kind is to its item; of two, the one that can happen in its state. */
const EVENTS: Readonly<
  Record<
    Exclude<RemediationKind, 'remedy.added' | 'remedy.approved' | 'remedy.done-by-hand-undone'>,
    readonly RemediationEvent[]
  >
> = {
  'remedy.sending': ['send'],
  'remedy.unsent': ['unsend'],
  'remedy.done': ['confirm'],
  'remedy.failed': ['reject', 'disprove'],
  'remedy.unsure': ['lose'],
  'remedy.deploying': ['make'],
  'remedy.deployed': ['deploy'],
  'remedy.done-by-hand': ['mark'],
  'remedy.withdrawn': ['withdraw'],
}
export type MovingKind = keyof typeof EVENTS

/** The state of an item after an operation; null where it cannot happen in the state before. */
export function moveState(state: RemediationState, kind: MovingKind): RemediationState | null {
  for (const event of EVENTS[kind]) {
    const next = nextRemediationState(state, event)
    if (next !== null) return next
  }
  return null
}
