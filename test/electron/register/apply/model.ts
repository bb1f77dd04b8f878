import { getDay } from '../../../../shared/domain/day.ts'
import type {
  Expiry,
  Fact,
  FactOf,
  GrantFact,
  KeyFact,
  LimitFact,
  PrincipalFact,
  ProjectFact,
} from '../../../../shared/domain/facts.ts'
import { parseKeyName } from '../../../../shared/domain/naming.ts'
import { DEFAULT_POLICY } from '../../../../shared/domain/policy.ts'
import { type Due, computeDue } from '../../../../shared/domain/rotation.ts'
import type { Part } from '../registers.ts'

/*
 * A second, simple implementation of what the register holds after any readings: maps of current facts, and a loop for
 * each rule. No SQL, no indexes, nothing derived in advance.
 */

/** A fact with the list that reported it last. */
interface Held<F> {
  readonly fact: F
  readonly list: string
  /** Number of the sync since which it is unchanged. */
  readonly since: number
}

type Map_<F> = Map<string, Held<F>>

export interface Standing {
  readonly project: Map_<ProjectFact>
  readonly principal: Map_<PrincipalFact>
  readonly membership: Map_<FactOf<'membership'>>
  readonly grant: Map_<GrantFact>
  readonly key: Map_<KeyFact>
  readonly limit: Map_<LimitFact>
}

export interface Model {
  readonly standing: Standing
  /** Kind of every principal ever reported, by external id. */
  readonly kinds: Map<string, PrincipalFact['kind']>
  /** Every principal that was ever current. */
  readonly known: Set<string>
  /** The last known use of every key ever reported. */
  readonly lastUse: Map<string, KeyFact['lastUse']>
  /** The sync that last read a list completely. */
  readonly readAt: Map<string, number>
}

export function newModel(): Model {
  return {
    standing: {
      project: new Map(),
      principal: new Map(),
      membership: new Map(),
      grant: new Map(),
      key: new Map(),
      limit: new Map(),
    },
    kinds: new Map(),
    known: new Set(),
    lastUse: new Map(),
    readAt: new Map(),
  }
}

const KINDS = ['project', 'principal', 'membership', 'grant', 'key', 'limit'] as const

const getList = (part: Part): string => `${part.source}/${part.project ?? ''}`

export const getIdentity = (fact: Fact): string => {
  if (fact.type === 'grant') return JSON.stringify([fact.principal, fact.project, fact.roleRaw])
  return fact.type === 'membership' ? JSON.stringify([fact.group, fact.member]) : fact.externalId
}

/** What makes a version: all of a fact except observed values. */
export function getVersion(fact: Fact): string {
  if (fact.type === 'principal') return JSON.stringify({ ...fact, kind: null, lastUsedAt: null })
  if (fact.type === 'key') return JSON.stringify({ ...fact, lastUse: null })
  if (fact.type === 'grant') return JSON.stringify({ ...fact, givesWay: null })
  return JSON.stringify(fact)
}

const bare = (externalId: string): PrincipalFact => ({
  type: 'principal',
  externalId,
  kind: 'user',
  name: null,
  email: null,
  roleRaw: null,
  level: null,
  status: 'unknown',
  addedAt: null,
  expiresAt: null,
  lastUsedAt: null,
})

type Reported = Map<string, { readonly fact: Fact; readonly list: string }>

/** The first fact about each subject, and a bare principal for each one that is only mentioned. */
function reportedBy(parts: readonly Part[]): Readonly<Record<(typeof KINDS)[number], Reported>> {
  const reported = Object.fromEntries(KINDS.map((kind) => [kind, new Map()])) as Record<
    (typeof KINDS)[number],
    Reported
  >
  for (const part of parts) {
    for (const fact of part.facts) {
      // Federation rules, certificates, restrictions and details have tests of their own.
      if (fact.type === 'organization' || fact.type === 'federation') continue
      if (fact.type === 'certificate' || fact.type === 'restriction' || fact.type === 'detail') continue
      const id = getIdentity(fact)
      if (!reported[fact.type].has(id)) reported[fact.type].set(id, { fact, list: getList(part) })
    }
  }
  for (const kind of ['grant', 'membership'] as const) {
    for (const { fact, list } of reported[kind].values()) {
      const who = fact.type === 'grant' ? fact.principal : fact.type === 'membership' ? fact.member : ''
      if (!reported.principal.has(who)) reported.principal.set(who, { fact: bare(who), list })
    }
  }
  return reported
}

/** Applies a reading as the sync with a number. Returns false when it brought no result. */
export function take(model: Model, parts: readonly Part[], sync: number): boolean {
  const done = new Set(parts.filter((part) => (part.state ?? 'complete') === 'complete').map(getList))
  if (done.size === 0) return false
  for (const list of done) model.readAt.set(list, sync)
  const reported = reportedBy(parts)
  const getSource = (list: string): string => list.split('/')[0] ?? ''
  for (const [id, { list }] of reported.principal) {
    const held = model.standing.principal.get(id)
    if (held && getSource(held.list) !== getSource(list) && !done.has(held.list)) reported.principal.delete(id)
  }
  dropWhatGivesWay(model, reported, done)
  for (const [id, { fact }] of reported.principal) {
    model.known.add(id)
    if (fact.type === 'principal') model.kinds.set(id, fact.kind)
  }
  // A membership of a group that no list ever reported is not kept.
  for (const [id, { fact }] of reported.membership) {
    if (fact.type === 'membership' && !model.known.has(fact.group)) reported.membership.delete(id)
  }
  const removed = { project: new Set<string>(), principal: new Set<string>() }
  for (const kind of KINDS) {
    const standing = model.standing[kind] as Map_<Fact>
    for (const [id, held] of standing) {
      if (reported[kind].has(id) || !done.has(held.list)) continue
      standing.delete(id)
      if (kind === 'project' || kind === 'principal') removed[kind].add(id)
    }
    for (const [id, { fact: read, list }] of reported[kind]) {
      const held = standing.get(id)
      const fact = withKnown(read, held?.fact, done.has('users/'))
      const isSame = held !== undefined && getVersion(held.fact) === getVersion(fact)
      standing.set(id, { fact, list, since: isSame ? held.since : sync })
    }
  }
  dropDependants(model, reported, removed)
  for (const { fact } of reported.key.values()) {
    if (fact.type !== 'key') continue
    const known = model.lastUse.get(fact.externalId)
    if (known === undefined || isNews(fact.lastUse, known)) model.lastUse.set(fact.externalId, fact.lastUse)
  }
  return true
}

/** When something was made does not change, and an end that cannot be read is the known one. */
function withKnown(fact: Fact, before: Fact | undefined, hasUsers: boolean): Fact {
  if (before?.type === 'project' && fact.type === 'project')
    return { ...fact, createdAt: fact.createdAt ?? before.createdAt }
  if (before?.type === 'grant' && fact.type === 'grant')
    return { ...fact, grantedAt: fact.grantedAt ?? before.grantedAt }
  if (fact.type === 'principal') {
    const known = before?.type === 'principal' ? before : null
    return { ...fact, addedAt: fact.addedAt ?? known?.addedAt ?? null, expiresAt: knownEnd(fact, known) }
  }
  if (fact.type !== 'key') return fact
  const known = before?.type === 'key' ? before : null
  const owner = hasUsers ? fact : knownOwner(fact, known)
  return {
    ...owner,
    createdAt: fact.createdAt ?? known?.createdAt ?? null,
    expiresAt: knownEnd(fact, known) ?? unreadEnd(fact),
  }
}

/** An end that cannot be read, of a key without a known one, is unknown. */
function unreadEnd({ expiresAt }: KeyFact): 'unread' | null {
  return expiresAt === 'unread' ? expiresAt : null
}

/** Without the list of users, an owner keeps the name and the address that are known. */
function knownOwner(fact: KeyFact, known: KeyFact | null): KeyFact {
  const { owner } = fact
  if (owner?.kind !== 'user' || owner.externalId !== known?.owner?.externalId) return fact
  const { name, email } = known.owner
  return {
    ...fact,
    ownerState: known.ownerState,
    owner: { ...owner, name: owner.name ?? name, email: owner.email ?? email },
  }
}

function knownEnd({ expiresAt }: { readonly expiresAt: Expiry }, known: { readonly expiresAt: Expiry } | null) {
  return expiresAt === 'unread' ? (known?.expiresAt ?? null) : expiresAt
}

/**
 * An unknown role is replaced by any other role of the reading in that place, and by an earlier one whose list was not
 * read now.
 */
function dropWhatGivesWay(
  model: Model,
  reported: Readonly<Record<'grant' | 'project', Reported>>,
  done: ReadonlySet<string>,
): void {
  const all = [...reported.grant.values()].flatMap(({ fact }) => (fact.type === 'grant' ? [fact] : []))
  const isThere = (a: GrantFact, b: GrantFact): boolean => a.principal === b.principal && a.project === b.project
  for (const fact of all) {
    if (fact.givesWay !== true) continue
    const isReported = all.some((other) => other.givesWay !== true && isThere(other, fact))
    const place = fact.project === null ? undefined : model.standing.project.get(fact.project)
    const isPlaceRemoved = place !== undefined && done.has(place.list) && !reported.project.has(place.fact.externalId)
    const isHeld = [...model.standing.grant.values()].some(
      (held) => isThere(held.fact, fact) && held.fact.roleRaw !== fact.roleRaw && !done.has(held.list),
    )
    if (isReported || (isHeld && !isPlaceRemoved)) reported.grant.delete(getIdentity(fact))
  }
}

/** A known use is replaced only by another instant or a later bound. */
function isNews(use: KeyFact['lastUse'], known: KeyFact['lastUse']): boolean {
  if (use.state === 'known') return true
  if (use.state === 'not-reported') return false
  const isUsed = known.state === 'known' || known.state === 'before'
  return !isUsed || (use.state === 'before' && use.at > known.at)
}

function dropDependants(
  model: Model,
  reported: Readonly<Record<(typeof KINDS)[number], Reported>>,
  removed: { readonly project: ReadonlySet<string>; readonly principal: ReadonlySet<string> },
): void {
  const hangs = (fact: Fact): boolean => {
    if (fact.type === 'grant') return removed.principal.has(fact.principal) || removed.project.has(fact.project ?? '')
    if (fact.type === 'membership') return removed.principal.has(fact.group) || removed.principal.has(fact.member)
    return (fact.type === 'key' || fact.type === 'limit') && removed.project.has(fact.project ?? '')
  }
  for (const kind of KINDS) {
    const standing = model.standing[kind] as Map_<Fact>
    for (const [id, { fact }] of standing) if (hangs(fact) && !reported[kind].has(id)) standing.delete(id)
  }
}

/** Every path, one line each. */
export function listAccess({ standing, kinds }: Model): string[] {
  const active = [...standing.project.values()]
    .filter(({ fact }) => fact.status === 'active')
    .map(({ fact }) => fact.externalId)
  return [...standing.grant.values()].flatMap(({ fact }) => {
    const members = [...standing.membership.values()]
      .filter((held) => held.fact.group === fact.principal)
      .map((held) => held.fact.member)
    const isGroup = kinds.get(fact.principal) === 'group'
    const who = [
      ...(isGroup ? [] : [{ id: fact.principal, via: 'direct', group: null }]),
      ...members.map((id) => ({ id, via: 'group', group: fact.principal })),
    ]
    return who.flatMap(({ id, via, group }) => [
      JSON.stringify([id, fact.project, fact.roleRaw, fact.level, via, group, null]),
      ...(fact.project === null && fact.impliedRoleRaw !== null
        ? active.map((project) =>
            JSON.stringify([
              id,
              project,
              fact.impliedRoleRaw,
              fact.impliedLevel,
              via === 'direct' ? 'organization' : 'group',
              group,
              fact.roleRaw,
            ]),
          )
        : []),
    ])
  })
}

export function isUnowned(model: Model, { fact, since }: Held<KeyFact>): boolean {
  if (fact.ownerAccess === 'inactive') return true
  if (fact.ownerState !== 'known' || fact.owner === null) return fact.ownerState === 'none' && fact.kind !== 'admin'
  const { externalId, kind } = fact.owner
  if (model.standing.principal.has(externalId)) return false
  if (model.known.has(externalId)) return true
  const list = kind === 'user' ? 'users/' : `project-service-accounts/${fact.project}`
  return (model.readAt.get(list) ?? 0) >= since
}

export function dueOfKey(
  { fact }: Held<KeyFact>,
  lastRotatedOn: string | null,
): Due & { readonly environment: string | null } {
  const environment = parseKeyName(fact.name)?.environment ?? null
  const dayOrNull = (at: number | null): string | null => (at === null ? null : getDay(at))
  const due = computeDue(
    {
      kind: fact.kind,
      status: fact.status,
      environment,
      createdOn: dayOrNull(fact.createdAt),
      lastRotatedOn,
      expiresOn: fact.expiresAt === 'unread' ? null : dayOrNull(fact.expiresAt),
      intervalDays: null,
      dueOn: null,
    },
    DEFAULT_POLICY,
  )
  return { ...due, environment }
}
