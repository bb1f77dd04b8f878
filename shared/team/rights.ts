import { type Kind, OPERATIONS } from '../decisions/operations.ts'
import { READING_OPERATIONS } from '../decisions/readings.ts'
import type { Op } from './op.ts'
import { type AgencyRole, CLIENT_ROLES, type ClientRole } from '../domain/team-roles.ts'

/** Whether a member may decide something for the whole agency: any member, or one with this role; owners may always. */
type AgencyRight = AgencyRole | 'member'

/** Where operations of a kind are placed, and what their author needs at least. A stream that is left out takes none. */
interface Right {
  readonly decisions?: ClientRole
  readonly facts?: ClientRole
  readonly agency?: AgencyRight
  /** Whether it is about something that only a reading shows. */
  readonly onFacts?: true
}

const REVIEWER = { decisions: 'reviewer' } as const
const OPERATOR = { decisions: 'operator' } as const
const LEAD = { decisions: 'lead' } as const
/** An operator's, about something that only a reading shows. */
const ON_FACTS = { decisions: 'operator', onFacts: true } as const

/** What a team may exchange, beside what people decide. */
const EXCHANGEABLE = { ...OPERATIONS, ...READING_OPERATIONS }

/**
 * The kinds that a team exchanges. An entry by an author without the right has no effect on any device. Kinds of a
 * released set never change their line: it decides about entries that are placed already. Operations about the team itself, such as
 * granting access to a client, have their rights in `fold-team.ts`.
 */
const EXCHANGED = {
  'client.added': LEAD,
  'client.changed': LEAD,
  'client.archived': LEAD,
  'client.restored': LEAD,
  'connection.added': LEAD,
  'connection.changed': LEAD,
  'connection.removed': LEAD,
  'credential.held': OPERATOR,
  'credential.gone': OPERATOR,
  'policy.changed': { decisions: 'lead', agency: 'owner' },
  'key.described': OPERATOR,
  'key.decoy': OPERATOR,
  'key.snoozed': OPERATOR,
  'key.rotated': OPERATOR,
  'key.rotation-undone': OPERATOR,
  'plan.created': OPERATOR,
  'plan.saved': OPERATOR,
  'plan.restored': OPERATOR,
  'plan.renamed': OPERATOR,
  'plan.activated': OPERATOR,
  'plan.deactivated': OPERATOR,
  'plan.removed': OPERATOR,
  'plan.reinstated': OPERATOR,
  'plan.bound': OPERATOR,
  'plan.answered': OPERATOR,
  'report.set': OPERATOR,
  'view.saved': { decisions: 'reviewer', agency: 'member' },
  'view.renamed': { decisions: 'reviewer', agency: 'member' },
  'view.removed': { decisions: 'reviewer', agency: 'member' },
  'budget.set': ON_FACTS,
  'budget.cleared': ON_FACTS,
  'price.set': { decisions: 'operator', agency: 'owner' },
  'price.cleared': { decisions: 'operator', agency: 'owner' },
  'finding.accepted': ON_FACTS,
  'finding.reopened': ON_FACTS,
  'today.snoozed': REVIEWER,
  'today.dismissed': REVIEWER,
  'today.restored': REVIEWER,
  'today.noted': REVIEWER,
  'access.reviewed': REVIEWER,
  'access.reviews-imported': OPERATOR,
  'review.opened': REVIEWER,
  'review.empty': REVIEWER,
  'review.decided': REVIEWER,
  'review.undone': REVIEWER,
  'review.signed': REVIEWER,
  'review.acknowledged': LEAD,
  'review.withdrawn': REVIEWER,
  'remediation.added': ON_FACTS,
  'remediation.approved': { decisions: 'lead', onFacts: true },
  'remediation.sending': ON_FACTS,
  'remediation.unsent': ON_FACTS,
  'remediation.done': ON_FACTS,
  'remediation.failed': ON_FACTS,
  'remediation.unsure': ON_FACTS,
  'remediation.deploying': ON_FACTS,
  'remediation.deployed': ON_FACTS,
  'remediation.done-by-hand': ON_FACTS,
  'remediation.done-by-hand-undone': ON_FACTS,
  'remediation.withdrawn': ON_FACTS,
  'reading.taken': { facts: 'operator' },
} as const satisfies { readonly [K in keyof typeof EXCHANGEABLE]?: Right }

export type ExchangedKind = keyof typeof EXCHANGED

/** What an operation names by uid, by the field: it has to belong to the client of the stream. */
const OWN: ReadonlySet<string> = new Set([
  'batchUid',
  'connectionUid',
  'deletionUid',
  'fromUid',
  'parentUid',
  'planUid',
  'previousUid',
  'remediationUid',
  'reviewUid',
  'rotationUid',
  // What a change is about and comes from.
  'uid',
  'versionUid',
  'wasUid',
])

/** And what it makes, where others are named by the same field. */
const MADE: Partial<Record<ExchangedKind, string>> = { 'reading.taken': 'syncUid' }

/**
 * The uids in an operation that have to belong to the client of its stream. Otherwise a member of one client could change what
 * another one has, or take its names first. Views, budgets and prices are named apart in each client.
 */
export function listOwnUids(kind: ExchangedKind, body: Op['body']): readonly string[] {
  const made = MADE[kind]
  return [...listNamed(body), ...(made === undefined ? [] : [String(body[made])])]
}

function listNamed(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([field, member]: [string, unknown]) =>
    OWN.has(field) && typeof member === 'string' ? [member] : listNamed(member),
  )
}

const PEOPLE =
  'A person may have accounts at several clients, and an account of one must not be named in the history of another, which other members read.'
const PATHS = 'A path belongs to one machine.'

/** The kinds that stay in the register in which they were decided, and why. */
export const LOCAL: Readonly<Record<Exclude<Kind, ExchangedKind>, string>> = {
  'person.merged': PEOPLE,
  'person.split': PEOPLE,
  'person.match-rejected': PEOPLE,
  'person.match-reopened': PEOPLE,
  'usage.folder-added': PATHS,
  'usage.folder-removed': PATHS,
}

export const EXCHANGED_KINDS = Object.keys(EXCHANGED) as readonly ExchangedKind[]

export function isExchanged(kind: string): kind is ExchangedKind {
  return Object.hasOwn(EXCHANGED, kind)
}

/** Whether operations of a kind rest on readings, so that a device carries them out after those that the author had. */
export function restsOnFacts(kind: string): boolean {
  if (!isExchanged(kind)) return false
  const right: Right = EXCHANGED[kind]
  return right.onFacts === true
}

/** What the author of an entry may be in its stream. */
export type AuthorRole =
  | { readonly stream: 'decisions' | 'facts'; readonly role: ClientRole }
  | { readonly stream: 'agency'; readonly roles: readonly AgencyRole[] }

/** Whether an author may place operations of a kind in a stream. */
export function mayDecide(kind: ExchangedKind, author: AuthorRole): boolean {
  const right: Right = EXCHANGED[kind]
  if (author.stream === 'agency') {
    if (right.agency === undefined) return false
    return right.agency === 'member' || author.roles.includes('owner') || author.roles.includes(right.agency)
  }
  const least = right[author.stream]
  return least !== undefined && CLIENT_ROLES.indexOf(author.role) >= CLIENT_ROLES.indexOf(least)
}

/**
 * Whether an operation in a client's stream decides something for the whole agency, which only an owner may: the domains of an
 * internal client name who belongs to the agency, and so who is external at every other client.
 */
export function isForAgency({ kind, body }: Pick<Op, 'kind' | 'body'>): boolean {
  return (kind === 'client.added' || kind === 'client.changed') && body['kind'] === 'internal'
}

/** Whether what an author may be in a stream allows less than it did. */
export function losesRight(before: AuthorRole | null, after: AuthorRole | null): boolean {
  if (before === null) return false
  if (after === null) return true
  return EXCHANGED_KINDS.some((kind) => mayDecide(kind, before) && !mayDecide(kind, after))
}

/**
 * Whether an operation has a body of its kind, for the stream and the device of its entry: a client is added in its own stream, with a slug; a
 * review is opened with what it froze.
 */
export function isWhole(
  op: Op & { readonly kind: ExchangedKind },
  { stream, device }: { readonly stream: string; readonly device: string },
): boolean {
  const { kind, slug, body } = op
  if (!EXCHANGEABLE[kind].body.safeParse(body).success) return false
  // A position that never comes would stop the stream, so only what rests on the other one names it.
  if (op.facts !== undefined && !restsOnFacts(kind)) return false
  if (op.decisions !== undefined && kind !== 'reading.taken') return false
  // A device answers for its own keychain only.
  if ((kind === 'credential.held' || kind === 'credential.gone') && body['device'] !== device) return false
  // Domains count for the agency where the client is internal, so a change of them names the kind.
  if (kind === 'client.changed' && body['domains'] !== undefined && body['kind'] === undefined) return false
  // What a review froze is nowhere else.
  if (kind === 'review.opened' && body['pieces'] === undefined) return false
  return kind !== 'client.added' || (slug !== undefined && SLUG.test(slug) && body['clientUid'] === stream)
}

const SLUG = /^[a-z0-9][a-z0-9-]*$/u
