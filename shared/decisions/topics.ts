import type { z } from 'zod'

import { policySchema } from '../contract/policy.ts'
import { canonicalJson, type Json } from '../domain/canonical-json.ts'
import { nameKey } from '../domain/text/names.ts'
import type { OperationKind, Right } from './kind.ts'
import { ALL_OPERATIONS } from './operations.ts'

type All = typeof ALL_OPERATIONS
/** The kinds that a team exchanges. */
export type TeamKind = { [K in keyof All]: All[K] extends { readonly right: Right } ? K : never }[keyof All]

/** A part of a subject that one decision sets: a field where the kind has fields that can be left out. Its name is the same in every register. */
export interface Topic {
  readonly name: string
  /** Canonical JSON; two decisions with one value ask nothing of each other. */
  readonly value: string
}

interface Topics {
  readonly decides: readonly Topic[]
  /** Names of the topics whose last placed operation `on` is; left out: those that it decides. */
  readonly sees?: readonly string[]
}

type Body<K extends TeamKind> = z.infer<All[K]['body']>
type Specs = { readonly [K in TeamKind]: (body: Body<K>, isAgency: boolean) => Topics }

const name = (...parts: readonly (string | null)[]): string => JSON.stringify(parts)

const topic = (value: unknown, ...parts: readonly (string | null)[]): Topic => ({
  name: name(...parts),
  value: canonicalJson((value ?? null) as Json),
})

const one = (value: unknown, ...parts: readonly (string | null)[]): Topics => ({ decides: [topic(value, ...parts)] })

/** A topic for each field that is set. */
function fields(given: Readonly<Record<string, unknown>>, ...of: readonly string[]): Topics {
  const set = Object.entries(given).filter(([, value]) => value !== undefined)
  return { decides: set.map(([field, value]) => topic(value, ...of, field)) }
}

type OfLogicalKey = { readonly connectionUid: string; readonly firstKey: string }
const ofKey = ({ connectionUid, firstKey }: OfLogicalKey) => ['key', connectionUid, firstKey] as const

const finding = (body: Body<'finding.accepted'> | Body<'finding.reopened'>): Topics => {
  const { connectionUid, rule, kind, externalId } = body.findingNamed
  const until = 'until' in body ? body.until : null
  return one(until, 'finding', connectionUid, rule, kind, externalId, body.cause)
}

const rotations = (body: OfLogicalKey): Topics => one(null, ...ofKey(body), 'rotations')

const version = ({ planUid, versionUid }: { readonly planUid: string; readonly versionUid: string }): Topics =>
  one(versionUid, 'plan', planUid, 'versions')

type OfBudget = { readonly connectionUid: string | null; readonly project: { readonly externalId: string } | null }
const budget = ({ connectionUid, project }: OfBudget, value: unknown): Topics =>
  one(value, 'budget', connectionUid, project?.externalId ?? null)

/** The topics of a review or a change: its last operation, and the parts that others name by their hash. */
function weighed(of: string, uid: string, sees: string | null, ...parts: readonly string[]): Topics {
  const [own, seen] = [name(of, uid), sees === null ? name(of, uid) : name(of, uid, sees)]
  return { decides: [own, ...parts.map((part) => name(of, uid, part))].map(unvalued), sees: [seen] }
}
const unvalued = (of: string): Topic => ({ name: of, value: 'null' })

type OfReview = { readonly reviewUid: string }
const review = ({ reviewUid }: OfReview): Topics => weighed('review', reviewUid, null)
type OfChange = { readonly remediationUid: string }
const change = ({ remediationUid }: OfChange): Topics => weighed('change', remediationUid, null)
/** An answer names the sending whose answer it is. */
const answer = ({ remediationUid }: OfChange): Topics => weighed('change', remediationUid, 'sending')

const without = <T extends object, K extends keyof T>(body: T, ...keys: readonly K[]): Omit<T, K> =>
  Object.fromEntries(Object.entries(body).filter(([key]) => !keys.includes(key as K))) as Omit<T, K>

const POLICY_FIELDS = policySchema.keyof().options

/** The subjects of each exchanged kind. Names need no client: a log is that of one. */
const TOPICS: Specs = {
  'client.added': () => one(null, 'client'),
  'client.changed': (body) => fields(without(body, 'v'), 'client'),
  'client.archived': () => one(true, 'client', 'archived'),
  'client.restored': () => one(false, 'client', 'archived'),
  'connection.added': ({ connectionUid }) => one(null, 'connection', connectionUid),
  'connection.changed': (body) =>
    fields(without(body, 'v', 'connection', 'connectionUid', 'path'), 'connection', body.connectionUid),
  'connection.removed': ({ connectionUid }) => one(true, 'connection', connectionUid, 'removed'),
  'credential.held': ({ connectionUid, device }) => one(true, 'credential', connectionUid, device),
  'credential.gone': ({ connectionUid, device }) => one(false, 'credential', connectionUid, device),
  'finding.accepted': finding,
  'finding.reopened': finding,
  'key.described': (body) =>
    fields(without(body, 'v', 'connectionUid', 'key', 'firstKey', 'lastReading'), ...ofKey(body)),
  'key.decoy': (body) => one(body.decoy && body.reason, ...ofKey(body), 'decoy'),
  'key.snoozed': ({ connectionUid, key, until }) => one(until, 'snooze', connectionUid, key),
  'key.rotated': rotations,
  'key.rotation-undone': rotations,
  'access.reviewed': ({ principalNamed: { connectionUid, externalId }, on }) =>
    one(on, 'account', connectionUid, externalId),
  'access.reviews-imported': ({ connectionUid, days }) => ({
    decides: days.map(([account, on]) => topic(on, 'account', connectionUid, account)),
  }),
  'plan.created': version,
  'plan.saved': version,
  'plan.restored': version,
  'plan.renamed': ({ planUid, title }) => one(title, 'plan', planUid, 'title'),
  // Of the plans of a client, one is active: activating one deactivates another.
  'plan.activated': ({ planUid }) => one(planUid, 'active plan'),
  'plan.deactivated': () => one(null, 'active plan'),
  'plan.removed': ({ planUid }) => one(true, 'plan', planUid, 'removed'),
  'plan.reinstated': ({ planUid }) => one(false, 'plan', planUid, 'removed'),
  // An organization and a connection each have one partner.
  'plan.bound': ({ planUid, organization, connectionUid, wasUid }) => {
    const key = nameKey(organization)
    const ofConnection = connectionUid ?? wasUid ?? null
    const own = topic(connectionUid, 'plan', planUid, 'organization', key)
    if (ofConnection === null) return { decides: [own] }
    return { decides: [own, topic(connectionUid && key, 'plan', planUid, 'connection', ofConnection)] }
  },
  'plan.answered': ({ planUid, part, planned, subjectNamed: { connectionUid, externalId }, same }) =>
    one(same, 'plan', planUid, part, nameKey(planned), connectionUid, externalId),
  'remediation.added': ({ remediationUid }) => weighed('change', remediationUid, null, 'added'),
  'remediation.approved': ({ remediationUid }) => weighed('change', remediationUid, 'added', 'approval'),
  'remediation.sending': ({ remediationUid }) => weighed('change', remediationUid, 'approval', 'sending'),
  'remediation.unsent': answer,
  'remediation.done': answer,
  'remediation.failed': answer,
  'remediation.unsure': answer,
  'remediation.deploying': answer,
  'remediation.deployed': change,
  'remediation.done-by-hand': change,
  'remediation.done-by-hand-undone': change,
  'remediation.withdrawn': change,
  'review.opened': ({ reviewUid, kind }) => ({
    decides: [topic(null, 'review', reviewUid), topic(null, 'reviews', kind)],
    sees: [name('reviews', kind)],
  }),
  'review.empty': review,
  'review.decided': review,
  'review.undone': review,
  'review.signed': ({ reviewUid }) => weighed('review', reviewUid, null, 'signature'),
  'review.acknowledged': ({ reviewUid }) => weighed('review', reviewUid, 'signature'),
  'review.withdrawn': review,
  'policy.changed': ({ values, cleared }, isAgency) => {
    // Of a client, values without `cleared` replace all of its policy.
    const none = values === null || (!isAgency && cleared === undefined) ? POLICY_FIELDS : (cleared ?? [])
    return fields({ ...Object.fromEntries(none.map((field) => [field, null])), ...values }, 'policy')
  },
  'report.set': (body) => fields(without(body, 'v'), 'report'),
  'today.snoozed': (body) => one(body.until, 'today', body.entry),
  'today.dismissed': (body) => one(true, 'today', body.entry),
  'today.restored': (body) => one(null, 'today', body.entry),
  'today.noted': ({ entry, note, contact }) => fields({ note, contact }, 'today', entry),
  'budget.set': (body) =>
    budget(body, { amount: body.amount, enforcement: body.enforcement, thresholds: body.thresholds }),
  'budget.cleared': (body) => budget(body, null),
  'price.set': ({ model, from, microUsdPerMillion }) => one(microUsdPerMillion, 'price', model, from),
  'price.cleared': ({ model, from }) => one(null, 'price', model, from),
  'view.saved': (body) => one(without(body, 'v', 'view'), 'view', body.viewUid),
  'view.renamed': ({ viewUid, name: title }) => one(title, 'view', viewUid),
  'view.removed': ({ viewUid }) => one(null, 'view', viewUid),
  'reading.taken': ({ connectionUid, syncUid }) => one(syncUid, 'reading', connectionUid),
}

/** Kinds other than those that ask whose fold, or whose precondition, looks at `on`. */
const LOOKING: ReadonlySet<string> = new Set<TeamKind>([
  'finding.accepted',
  'finding.reopened',
  'review.empty',
  'remediation.added',
  'remediation.unsent',
  'remediation.done',
  'remediation.failed',
  'remediation.unsure',
  'remediation.deploying',
  'reading.taken',
])

/** True if `on` has a meaning for a kind; the topics of others need not be kept. */
export function usesOn(kind: string): boolean {
  return asks(kind) || LOOKING.has(kind)
}

function asks(kind: string): boolean {
  if (!Object.hasOwn(TOPICS, kind)) return false
  const own: OperationKind = ALL_OPERATIONS[kind as TeamKind]
  return 'conflict' in own && own.conflict === 'ask'
}

interface Deciding {
  readonly kind: string
  readonly body: Readonly<Record<string, unknown>>
}

function read({ kind, body }: Deciding, isAgency: boolean): Topics {
  if (!Object.hasOwn(TOPICS, kind)) return { decides: [] }
  return (TOPICS[kind as TeamKind] as (body: never, isAgency: boolean) => Topics)(body as never, isAgency)
}

/** The topics that an operation decides; none for a kind that no team exchanges. */
export function listTopics(operation: Deciding, isAgency: boolean): readonly Topic[] {
  return read(operation, isAgency).decides
}

/** The names of the topics that the author of an operation had in sight: `on` is the hash of the operation about them that was placed last. */
export function listSeen(operation: Deciding, isAgency: boolean): readonly string[] {
  const { decides, sees } = read(operation, isAgency)
  return sees ?? decides.map((each) => each.name)
}

/**
 * Kinds whose `on` names one operation: the addition that is approved, the approval that is used, the sending that is answered, the signature that
 * is acknowledged. It may wait still, since its hash stays when it is placed. For all others `on` is the last one that is placed: an own operation
 * that waits is placed after what its author has not seen, and would hide it.
 */
export function namesOperation(kind: string): boolean {
  return NAMING.has(kind)
}

const NAMING: ReadonlySet<string> = new Set<TeamKind>([
  'remediation.approved',
  'remediation.sending',
  'remediation.unsent',
  'remediation.done',
  'remediation.failed',
  'remediation.unsure',
  'remediation.deploying',
  'review.acknowledged',
])

/** The last operation about a topic that was placed and counts. */
export interface LastAbout {
  /** In hex. */
  readonly hash: string
  /** Its place in the order of the log. */
  readonly order: number
  /** Its author, by uid. */
  readonly member: string
  readonly value: string
}

interface Asking extends Deciding {
  /** The author, by uid. */
  readonly member: string
  /** The place in the log of the operation that `on` names; null for none, and for one that does not count here. */
  readonly onOrder: number | null
  readonly isAgency: boolean
}

/**
 * The operation that its author has to be asked about, since it was placed after what the author had in sight; null where there is none. One of
 * the same member, or with an equal value, asks nothing. Reviews and changes are asked by `createPreconditions`, by item and by state.
 */
export function findUnseen(asking: Asking, last: (topic: string) => LastAbout | null): LastAbout | null {
  if (!asks(asking.kind) || /^(?:review|remediation)\./u.test(asking.kind)) return null
  for (const { name: of, value } of listTopics(asking, asking.isAgency)) {
    const found = last(of)
    if (found === null || found.order <= (asking.onOrder ?? -1)) continue
    if (found.member !== asking.member && found.value !== value) return found
  }
  return null
}
