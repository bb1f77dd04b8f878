import { canonicalJson, type Json } from '../domain/canonical-json.ts'
import type { Right } from '../decisions/kind.ts'
import { ALL_OPERATIONS } from '../decisions/operations.ts'
import { CLIENT_ROLES } from '../domain/team-roles.ts'
import type { BatchClass } from './batch.ts'
import type { LogKind } from '../domain/team-roles.ts'
import { type Card, CARD_KIND, type LogRole } from './card.ts'
import { NAMED_KIND } from './named.ts'
import type { Op } from './op.ts'

/** The kinds that a team exchanges. */
export type ExchangedKind = {
  [K in keyof typeof ALL_OPERATIONS]: (typeof ALL_OPERATIONS)[K] extends { readonly right: Right } ? K : never
}[keyof typeof ALL_OPERATIONS]

export function isExchanged(kind: string): kind is ExchangedKind {
  return Object.hasOwn(ALL_OPERATIONS, kind) && 'right' in ALL_OPERATIONS[kind as keyof typeof ALL_OPERATIONS]
}

export const EXCHANGED_KINDS: readonly ExchangedKind[] = Object.keys(ALL_OPERATIONS).filter(isExchanged)

/** The classes of kinds other than `ordinary`: the server asks for an approval, or for a right, by them. */
const CLASSES: Readonly<Record<string, BatchClass>> = {
  [CARD_KIND]: 'card',
  'remediation.added': 'added',
  'remediation.approved': 'approved',
  'remediation.sending': 'sending',
}

/** The class of the batch that an operation is in, and the change that the batch names. */
export function classify({ kind, body }: Pick<Op, 'kind' | 'body'>): {
  readonly class: BatchClass
  readonly change: string | null
} {
  const ofKind = CLASSES[kind] ?? 'ordinary'
  const isBound = ofKind !== 'ordinary' && ofKind !== 'card'
  return { class: ofKind, change: isBound ? String(body['remediationUid']) : null }
}

/** Answers of a provider to what was sent: they count without a right, since the provider did it. */
const ANSWERS: ReadonlySet<string> = new Set([
  'remediation.unsent',
  'remediation.done',
  'remediation.failed',
  'remediation.unsure',
  'remediation.deploying',
])

/** The least role that decides a kind in a log; null where no operation of the kind belongs there. */
export function findLeastRole(kind: string, log: LogKind): LogRole | null {
  if (kind === NAMED_KIND) return log === 'client' ? 'lead' : log === 'agency' ? 'owner' : null
  if (!isExchanged(kind)) return null
  const right: Right = ALL_OPERATIONS[kind].right
  if (log === 'agency') return right.agency ?? null
  return log === 'client' ? (right.decisions ?? right.facts ?? null) : null
}

/**
 * Whether a role may decide an operation in a log. An internal client and its domains count for the whole agency, since they name who is external
 * at every other client: only owners decide them.
 */
export function mayDecide({ kind, body }: Pick<Op, 'kind' | 'body'>, role: LogRole, log: LogKind): boolean {
  const least = findLeastRole(kind, log)
  if (least === null) return false
  if (role === 'owner' || ANSWERS.has(kind)) return true
  if (isForAgency({ kind, body })) return false
  if (log === 'agency') return least === 'member' || role === least
  const rank = (one: LogRole): number => (CLIENT_ROLES as readonly LogRole[]).indexOf(one)
  return rank(role) >= rank(least) && rank(role) >= 0
}

/** Whether an operation about a client decides something for the whole agency. */
export function isForAgency({ kind, body }: Pick<Op, 'kind' | 'body'>): boolean {
  return (kind === 'client.added' || kind === 'client.changed') && body['kind'] === 'internal'
}

/** What the server lets the logins of a role do: 1 read, 2 append, 3 lead. */
export function toLevel(role: LogRole, log: LogKind): 1 | 2 | 3 {
  if (role === 'owner' || role === 'lead') return 3
  return log === 'team' || role === 'viewer' ? 1 : 2
}

/**
 * Whether the newest card of a log may be followed by another one that a person of it signed: an owner; in the log of a client also a lead, who
 * leaves owners, what is passed, chosen histories and the least version as they are. A reader who leaves takes the key with them, so the next
 * generation begins with that card.
 */
export function mayFollow(before: Card, signer: string, after: Card): boolean {
  const role = before.people.find(({ member }) => member === signer)?.role
  if (after.kind !== before.kind || after.least < before.least) return false
  if (after.generation !== before.generation && after.generation !== before.generation + 1) return false
  if (after.generation === before.generation && after.commitment !== before.commitment) return false
  if (hasLeft(before, after) && after.generation === before.generation) return false
  if (!hasOwner(after) && before.people.some((person) => person.role === 'owner')) return false
  if (role === 'owner') return true
  return (
    role === 'lead' && before.kind === 'client' && LEFT_TO_OWNERS.every((part) => isEqual(part(before), part(after)))
  )
}

const LEFT_TO_OWNERS: readonly ((card: Card) => unknown)[] = [
  ({ people }) => people.filter(({ role }) => role === 'owner'),
  ({ passes }) => passes,
  ({ forks }) => forks,
  ({ least }) => least,
  ({ logs }) => logs,
  ({ team }) => team,
  ({ approvals }) => approvals,
]

function isEqual(one: unknown, other: unknown): boolean {
  return canonicalJson(one as Json) === canonicalJson(other as Json)
}

function hasOwner({ people }: Card): boolean {
  return people.some(({ role, devices }) => role === 'owner' && devices.length > 0)
}

/** Whether a device that could read has no place in the card after. */
function hasLeft(before: Card, after: Card): boolean {
  const devices = new Set(after.people.flatMap(({ devices }) => devices.map(({ device }) => device)))
  return before.people.some((person) => person.devices.some(({ device }) => !devices.has(device)))
}

/** The person of a card whose device it is. */
export function findPerson({ people }: Card, device: string) {
  for (const person of people) {
    const found = person.devices.find((one) => one.device === device)
    if (found !== undefined) return { ...person, found }
  }
  return null
}
