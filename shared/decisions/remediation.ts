import { z } from 'zod'

import { remediationAction, remediationOrigin, remediationValues } from '../contract/remediation.ts'
import { SUBJECT_KINDS } from '../domain/facts.ts'
import { canonicalJson, type Json } from '../domain/canonical-json.ts'
import { DEPLOYED } from '../domain/remediation/deployment.ts'
import { REMEDIATION_STATES, type RemediationState } from '../domain/remediation/remediation.ts'
import { isEnded, isOpen, isUnsent, nextRemediationState, type RemediationEvent } from '../domain/remediation/states.ts'
import { findingName } from './findings.ts'
import { type Decision, decisionsOn, type Fold } from './fold.ts'
import { localNumber, ON_FACTS, providerSubject, uid } from './kind.ts'
import { personName } from './people.ts'

/** A row by what is the same in every register: by its uid, or by a name in words of the provider. */
const ofRow = { id: localNumber, uid: uid.optional() }

/** The origin of a change. */
const origin = z.strictObject({
  kind: z.enum(remediationOrigin.options.map(({ shape }) => shape.kind.value)),
  ...ofRow,
  named: z
    .union([findingName, z.strictObject({ reviewUid: uid, position: z.number().int().positive() }), personName])
    .optional(),
})

const ofItem = { remediation: localNumber, remediationUid: uid }

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

/** The provider's answer, the reason why it was not sent, or the note of a person. */
const outcome = z.string().nullable()

const areas = ['remediation'] as const

const ended = { areas, body: z.strictObject({ v: z.literal(1), ...described, outcome: z.string() }) }

/** The requests of a change, as they are sent: the same for every device that derives them from the same facts. Never a secret. */
const requests = z.array(z.strictObject({ method: z.string(), url: z.string(), body: z.string().nullable() }))
/** SHA-256 of their canonical JSON, in hex. */
const calls = z.string().regex(/^[0-9a-f]{64}$/u)

/** The state of an item before a person marked it as done. */
const before = { state: z.enum(REMEDIATION_STATES).exclude(['sending']), outcome, endedAt: z.number().int().nullable() }

/**
 * Operations on changes at providers. The row's subject is the name of what is changed. One that cannot happen in the state of
 * its item does nothing. A secret is in none of them.
 */
export const REMEDIATION_OPERATIONS = {
  'remediation.added': {
    words: 'Change added to Remediation',
    areas,
    right: ON_FACTS,
    conflict: 'merge',
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
  'remediation.approved': {
    words: 'Change approved by a second member',
    areas,
    right: { decisions: 'lead', onFacts: true },
    conflict: 'ask',
    body: z.strictObject({ v: z.literal(1), ...described, calls }),
  },
  /** Committed before the request leaves: from here on it may have been sent. */
  'remediation.sending': {
    words: 'Change sent to the provider',
    areas,
    right: ON_FACTS,
    conflict: 'ask',
    body: z.strictObject({
      v: z.literal(1),
      ...described,
      request: z.strictObject({ method: z.string(), url: z.string(), body: z.string().nullable() }),
      calls: calls.optional(),
    }),
  },
  // The outcome of a sending counts for that sending, also after decisions of other members: `unsent` to `deploying`.
  /** The request did not leave. */
  'remediation.unsent': {
    ...ended,
    words: 'Change not sent to the provider',
    right: ON_FACTS,
    conflict: 'merge',
  },
  'remediation.done': {
    ...ended,
    words: 'Change made at the provider',
    right: ON_FACTS,
    conflict: 'merge',
  },
  /** The provider refused it, or a later sync shows that it was not done. */
  'remediation.failed': {
    ...ended,
    words: 'Change failed at the provider',
    right: ON_FACTS,
    conflict: 'merge',
  },
  'remediation.unsure': {
    ...ended,
    words: 'Change of unknown outcome',
    right: ON_FACTS,
    conflict: 'merge',
  },
  /** The provider made a key, which it calls `made`. */
  'remediation.deploying': {
    words: 'New key made at the provider',
    areas,
    right: ON_FACTS,
    conflict: 'merge',
    body: z.strictObject({
      v: z.literal(1),
      ...described,
      outcome: z.string(),
      made: z.string(),
      name: z.string(),
    }),
  },
  /** The new key is deployed. `deletion`: the item that deletes the old one. */
  'remediation.deployed': {
    words: 'New key marked as deployed',
    areas,
    right: ON_FACTS,
    conflict: 'ask',
    body: z.strictObject({ v: z.literal(1), ...described, deletion: localNumber, deletionUid: uid.optional() }),
  },
  'remediation.done-by-hand': {
    words: 'Change marked as done',
    areas,
    right: ON_FACTS,
    conflict: 'ask',
    body: z.strictObject({ v: z.literal(1), ...described, outcome: z.string(), previous: z.strictObject(before) }),
  },
  'remediation.done-by-hand-undone': {
    words: 'Change no longer marked as done',
    areas,
    right: ON_FACTS,
    conflict: 'ask',
    body: z.strictObject({ v: z.literal(1), ...described, ...before }),
  },
  /** `before`: the state in which it was cancelled. */
  'remediation.withdrawn': {
    words: 'Change cancelled',
    areas,
    right: ON_FACTS,
    conflict: 'ask',
    body: z.strictObject({ v: z.literal(1), ...described, outcome, before: z.enum(REMEDIATION_STATES) }),
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

/** The event of an item by the kind of an operation; of two, the one that can happen in its state. */
const EVENTS: Readonly<
  Record<
    Exclude<RemediationKind, 'remediation.added' | 'remediation.approved' | 'remediation.done-by-hand-undone'>,
    readonly RemediationEvent[]
  >
> = {
  'remediation.sending': ['send'],
  'remediation.unsent': ['unsend'],
  'remediation.done': ['confirm'],
  'remediation.failed': ['reject', 'disprove'],
  'remediation.unsure': ['lose'],
  'remediation.deploying': ['make'],
  'remediation.deployed': ['deploy'],
  'remediation.done-by-hand': ['mark'],
  'remediation.withdrawn': ['withdraw'],
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

/** An approval of an item, by the name of a member, in the order in which they count. */
export interface StoredApproval {
  readonly by: string
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly calls: string
}

/** The change of a request, named for every register. */
interface RequestColumns {
  /** By its uid. */
  readonly connection: string
  readonly action: DescribedRemediation['action']
  readonly subject_kind: DescribedRemediation['subject']['kind']
  /** The provider's id of it; null for the connection itself. */
  readonly subject: string | null
  /** With its project, where it has one, by what the provider calls that. */
  readonly values: Readonly<Record<string, Json | undefined>>
}

export interface StoredRemediation extends RequestColumns {
  readonly uid: string
  readonly subject_name: string
  readonly origin: OriginName | null
  readonly state: RemediationState
  readonly outcome: string | null
  /** The provider's id of what the change made. */
  readonly made: string | null
  readonly added_at: number
  readonly added_by: string
  readonly sent_at: number | null
  readonly ended_at: number | null
  /** The uids of others that were added for the same change. */
  readonly aliases: readonly string[] | null
  readonly calls: string | null
  readonly requests: z.infer<typeof requests> | null
  readonly approvals: readonly StoredApproval[] | null
}

type Items = ReadonlyMap<string, StoredRemediation>
type OnItem = Decision<DescribedRemediation>

/** The change that a decision is about. */
export function readRequest({ connectionUid, action, subject, values }: DescribedRemediation): RequestColumns {
  const { projectId: _, projectNamed, ...others } = values
  return {
    connection: connectionUid,
    action,
    subject_kind: subject.kind,
    subject: subject.named?.externalId ?? null,
    values: { ...others, ...(projectNamed === undefined ? {} : { project_x: projectNamed.externalId }) },
  }
}

/** The open item for a change: of one, only one item is open at a time. */
function findOpen(items: Items, { connection, action, subject_kind, subject, values }: RequestColumns) {
  const name = (one: RequestColumns): string =>
    canonicalJson([one.connection, one.action, one.subject_kind, one.subject, one.values] as Json)
  const request = name({ connection, action, subject_kind, subject, values })
  return items.values().find((item) => isOpen(item.state) && name(item) === request)
}

function move(
  item: StoredRemediation | null,
  { at, kind }: OnItem & { readonly kind: string },
  { outcome, made }: { readonly outcome: string | null; readonly made?: string },
): StoredRemediation | null {
  const state = item === null ? null : moveState(item.state, kind as MovingKind)
  if (item === null || state === null) return item
  if (state === 'sending') return { ...item, state, outcome: null, sent_at: at }
  const endedAt = isEnded(state) || state === 'unsure' ? at : null
  return { ...item, state, outcome, made: made ?? item.made, ended_at: endedAt }
}

const moveByBody: Fold<
  StoredRemediation,
  DescribedRemediation & { readonly outcome: string | null; readonly made?: string }
> = (item, decision) => move(item, decision, decision.body)

const nameSubject = (connection: string, kind: string, subject: string | null): string =>
  [connection, kind, subject].join(' ')

/**
 * Changes at providers. Of two that members of a team add for one change, the first is on the list, and the uid of the other names it
 * too. A decision that cannot happen in the state of its item leaves it as it is.
 */
export const REMEDIATIONS = decisionsOn<StoredRemediation, typeof REMEDIATION_OPERATIONS>({
  table: 'remediation',
  makes: ['remediation.added'],
  key: {
    of: ({ body: { remediationUid: uid } }, items) =>
      items.has(uid) ? uid : (items.values().find(({ aliases }) => aliases?.includes(uid))?.uid ?? uid),
    in: ({ uid }) => uid,
  },
  group: {
    of: ({ body: { connectionUid, subject } }) =>
      nameSubject(connectionUid, subject.kind, subject.named?.externalId ?? null),
    in: ({ connection, subject_kind: kind, subject }) => nameSubject(connection, kind, subject),
  },
  folds: {
    'remediation.added': (known, { at, operator, subject, body }, items) => {
      if (known !== null) return known
      const request = readRequest(body)
      const open = findOpen(items, request)
      if (open !== undefined) {
        items.set(open.uid, { ...open, aliases: [...(open.aliases ?? []), body.remediationUid].toSorted() })
        return null
      }
      const { remediationUid: uid, state, outcome, origin: from, calls: hash = null, requests: calls = null } = body
      const origin = from === null ? null : { kind: from.kind, uid: from.uid, named: from.named }
      const start = { made: null, sent_at: null, ended_at: null, aliases: null, approvals: null }
      const added = { subject_name: subject, added_at: at, added_by: operator, origin, state, outcome }
      return { uid, ...request, ...added, ...start, calls: hash, requests: calls }
    },
    'remediation.approved': (item, { at, operator: by, body: { calls: approved } }) =>
      item !== null && isUnsent(item.state)
        ? { ...item, approvals: [...(item.approvals ?? []), { by, at, calls: approved }] }
        : item,
    'remediation.sending': (item, decision) => move(item, decision, { outcome: null }),
    'remediation.unsent': moveByBody,
    'remediation.done': moveByBody,
    'remediation.failed': moveByBody,
    'remediation.unsure': moveByBody,
    'remediation.deploying': moveByBody,
    'remediation.deployed': (item, decision) => move(item, decision, { outcome: DEPLOYED }),
    'remediation.done-by-hand': moveByBody,
    'remediation.done-by-hand-undone': (item, { body: { state, outcome, endedAt } }, items) => {
      if (item?.state !== 'done' || (findOpen(items, item) ?? item) !== item) return item
      return { ...item, state, outcome, ended_at: endedAt }
    },
    'remediation.withdrawn': moveByBody,
  },
})
