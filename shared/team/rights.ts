import type { Right } from '../decisions/kind.ts'
import { ALL_OPERATIONS } from '../decisions/operations.ts'
import type { Op } from './op.ts'
import { type AgencyRole, CLIENT_ROLES, type ClientRole } from '../domain/team-roles.ts'

/** The kinds that a team exchanges. The rights of operations about the team itself, such as granting access to a client, are in `fold-team.ts`. */
export type ExchangedKind = {
  [K in keyof typeof ALL_OPERATIONS]: (typeof ALL_OPERATIONS)[K] extends { readonly right: Right } ? K : never
}[keyof typeof ALL_OPERATIONS]

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

export function isExchanged(kind: string): kind is ExchangedKind {
  return Object.hasOwn(ALL_OPERATIONS, kind) && 'right' in ALL_OPERATIONS[kind as keyof typeof ALL_OPERATIONS]
}

export const EXCHANGED_KINDS = Object.keys(ALL_OPERATIONS).filter(isExchanged)

/** Whether operations of a kind rest on readings, so that a device carries them out after those that the author had. */
export function restsOnFacts(kind: string): boolean {
  if (!isExchanged(kind)) return false
  const right: Right = ALL_OPERATIONS[kind].right
  return right.onFacts === true
}

/** What the author of an entry may be in its stream. */
export type AuthorRole =
  | { readonly stream: 'decisions' | 'facts'; readonly role: ClientRole }
  | { readonly stream: 'agency'; readonly roles: readonly AgencyRole[] }

/** Whether an author may place operations of a kind in a stream. */
export function mayDecide(kind: ExchangedKind, author: AuthorRole): boolean {
  const right: Right = ALL_OPERATIONS[kind].right
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
  if (!ALL_OPERATIONS[kind].body.safeParse(body).success) return false
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
