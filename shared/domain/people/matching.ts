import { addressVariant, GENERIC_LOCAL_PARTS, nameWords } from './likeness.ts'

/** Why two people may be the same, strongest first. */
export const MATCH_REASONS = [
  'one-file',
  'plus-address',
  'gmail-dots',
  'same-name',
  'name-order',
  'renamed',
  'same-local-part',
] as const

export type MatchReason = (typeof MATCH_REASONS)[number]

/** The attributes of a person that are compared. */
export interface Likeness {
  readonly id: number
  /** Names known to providers and HR. */
  readonly names: readonly string[]
  /** As `emailKey` returns them. */
  readonly addresses: readonly string[]
  /** The employee number, with the source that gave it. */
  readonly employee: { readonly source: string; readonly number: string } | null
  /** True if they hold or held any access. Two people without any are not compared. */
  readonly holds: boolean
}

export interface Proposal {
  /** The lower id. */
  readonly a: number
  readonly b: number
  readonly reason: MatchReason
}

export interface MatchContext {
  /** Domains of the agency and its clients, lower case. */
  readonly domains: ReadonlySet<string>
  /** True if a person decided that two people are not the same; the lower id comes first. */
  readonly isRejected: (a: number, b: number) => boolean
}

/**
 * A value that more people share proves nothing about any two of them. The limit also keeps the work linear in the
 * number of people.
 */
const MOST_ALIKE = 12

interface Hint {
  readonly key: string
  readonly reason: MatchReason
}

/**
 * Pairs of people who may be the same, each once, in the order of their ids: a guess for a person to decide, never a
 * reason to merge. People are grouped by what they share (an address without its tag, a name, an employee number), so
 * that not every pair has to be compared.
 */
export function proposeMatches(people: readonly Likeness[], context: MatchContext): readonly Proposal[] {
  const groups = new Map<string, { readonly reason: MatchReason; readonly members: Likeness[] }>()
  for (const person of people) {
    for (const { key, reason } of findHints(person, context)) {
      const group = groups.get(key)
      if (group) group.members.push(person)
      else groups.set(key, { reason, members: [person] })
    }
  }
  const found = new Map<string, Proposal>()
  for (const { reason, members } of groups.values()) {
    if (members.length < 2 || members.length > MOST_ALIKE) continue
    for (const pair of listPairs(members)) propose(found, pair, reason, context)
  }
  return [...found.values()].toSorted((x, y) => x.a - y.a || x.b - y.b)
}

function* listPairs(members: readonly Likeness[]): Generator<readonly [Likeness, Likeness]> {
  for (const [index, one] of members.entries()) {
    for (const other of members.slice(index + 1)) yield one.id < other.id ? [one, other] : [other, one]
  }
}

function propose(
  found: Map<string, Proposal>,
  [one, other]: readonly [Likeness, Likeness],
  shared: MatchReason,
  context: MatchContext,
): void {
  if (one.id === other.id || (!one.holds && !other.holds)) return
  if (areDifferent(one, other) || context.isRejected(one.id, other.id)) return
  const reason = confirmed(one, other, shared)
  if (reason === null) return
  const key = `${one.id} ${other.id}`
  const before = found.get(key)
  if (before && MATCH_REASONS.indexOf(before.reason) <= MATCH_REASONS.indexOf(reason)) return
  found.set(key, { a: one.id, b: other.id, reason })
}

/** One source gives each of its people one number: two numbers are two people. Numbers of two sources prove nothing. */
function areDifferent(one: Likeness, other: Likeness): boolean {
  if (one.employee === null || other.employee === null) return false
  return one.employee.source === other.employee.source && one.employee.number !== other.employee.number
}

function findHints(person: Likeness, { domains }: MatchContext): readonly Hint[] {
  const hints = new Map<string, Hint>()
  const add = (kind: string, text: string, reason: MatchReason): void => {
    const key = `${kind} ${text}`
    if (!hints.has(key)) hints.set(key, { key, reason })
  }
  for (const address of person.addresses) {
    const at = address.lastIndexOf('@')
    const [local, domain] = [address.slice(0, at), address.slice(at + 1)]
    add('address', addressVariant(address), 'plus-address')
    if (domains.has(domain) && !GENERIC_LOCAL_PARTS.has(local)) add('local', local, 'same-local-part')
  }
  for (const name of person.names) {
    const words = nameWords(name)
    if (words.length > 1) add('name', words.toSorted().join(' '), 'same-name')
    if (person.employee && words[0] !== undefined) {
      add('number', `${person.employee.number} ${words[0]}`, 'renamed')
    }
  }
  return [...hints.values()]
}

/** The reason that a shared value gives once both people are compared; null for none. */
function confirmed(one: Likeness, other: Likeness, shared: MatchReason): MatchReason | null {
  if (shared === 'plus-address') return isTagged(one, other) ? 'plus-address' : 'gmail-dots'
  if (shared === 'same-name') return sharesName(one, other) ? 'same-name' : 'name-order'
  if (shared === 'same-local-part') return contradict(one, other) ? null : 'same-local-part'
  return shared
}

/** True if one of two people who share an address variant has a tag in one of its addresses. */
function isTagged(one: Likeness, other: Likeness): boolean {
  const variants = new Set(one.addresses.map(addressVariant))
  const alike = [...one.addresses, ...other.addresses].filter((address) => variants.has(addressVariant(address)))
  return alike.some((address) => address.slice(0, address.lastIndexOf('@')).includes('+'))
}

function sharesName(one: Likeness, other: Likeness): boolean {
  const names = new Set(one.names.map((name) => nameWords(name).join(' ')))
  return other.names.some((name) => names.has(nameWords(name).join(' ')))
}

/** `jane@` at two clients is not a hint when one is Jane Smith and the other Jane Doe. */
function contradict(one: Likeness, other: Likeness): boolean {
  const [mine, theirs] = [fullNames(one), fullNames(other)]
  if (mine.length === 0 || theirs.length === 0) return false
  return !mine.some((words) => theirs.some((others) => words.filter((word) => others.includes(word)).length > 1))
}

function fullNames(person: Likeness): readonly (readonly string[])[] {
  return person.names.map(nameWords).filter((words) => words.length > 1)
}
