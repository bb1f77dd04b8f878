import { emailKey } from '../domain/email.ts'
import {
  type Device,
  findAuthor,
  findClientRole,
  findGeneration,
  findOpset,
  findStream,
  isSamePlace,
  hasAgencyRole,
  isApprovalRequired,
  type Key,
  listReaders,
  type Membership,
  nameEntry,
  newest,
} from './membership.ts'
import type { TeamBody, TeamKind, TeamOperation } from './operations.ts'

/** Why an operation of `team` has no effect. */
export type TeamVoid =
  | 'not-allowed'
  | 'founded-before'
  | 'unknown-member'
  | 'unknown-device'
  | 'unknown-client'
  | 'exists'
  | 'last-owner'
  | 'other-generation'
  | 'other-readers'
  | 'nothing-changes'

type Effect = Membership | TeamVoid

/** A team after its first entry, whose author certifies itself: what it founded is named by the head of that entry. */
export function foundTeam(team: string, body: TeamBody<'team.founded'>): Membership {
  const { memberUid, name, email, deviceUid, commitment } = body
  return {
    team,
    name: body.team,
    agency: body.agency,
    server: body.server,
    address: null,
    next: 1,
    opsets: [{ from: 0, value: 1 }],
    members: new Map([[memberUid, { name, email, from: 0, until: null, roles: [{ from: 0, value: ['owner'] }] }]]),
    devices: new Map([[deviceUid, toDevice(body, 0)]]),
    clients: new Map(),
    kept: new Map(),
    approvals: [],
    chosen: new Map(),
    voided: new Map(),
    keys: new Map([[team, toKey(0, commitment)]]),
  }
}

/**
 * The team after an operation at position `next`, or why it has no effect. The author is a device that was active before
 * it. Either way the position is taken: see `passPosition`.
 */
export function applyTeamOperation(before: Membership, { kind, body }: TeamOperation, author: string): Effect {
  const member = findAuthor(before, author, newest(before))?.member
  if (member === undefined) return 'not-allowed'
  const by: Author = { member, isOwner: hasAgencyRole(before, member, 'owner', newest(before)) }
  const rule = RULES[kind] as (before: Membership, body: TeamOperation['body'], by: Author) => Effect
  const after = rule(before, body, by)
  return typeof after === 'string' ? after : passPosition(markDue(before, after, { kind, body } as TeamOperation))
}

/** The team after an entry without effect. */
export function passPosition(membership: Membership): Membership {
  return { ...membership, next: membership.next + 1 }
}

interface Author {
  readonly member: string
  readonly isOwner: boolean
}

type Rules = { readonly [K in TeamKind]: (before: Membership, body: TeamBody<K>, by: Author) => Effect }

const RULES: Rules = {
  'team.founded': () => 'founded-before',

  'team.opset-raised': (before, { opset }, { isOwner }) => {
    if (!isOwner) return 'not-allowed'
    if (opset <= findOpset(before, newest(before))) return 'nothing-changes'
    return { ...before, opsets: [...before.opsets, { from: before.next, value: opset }] }
  },

  'member.added': (before, { memberUid, name, email, roles }, { isOwner }) => {
    if (!isOwner) return 'not-allowed'
    if (before.members.has(memberUid) || hasMemberAt(before, email)) return 'exists'
    const added = { name, email, from: before.next, until: null, roles: [{ from: before.next, value: roles }] }
    return { ...before, members: withEntry(before.members, memberUid, added) }
  },

  'member.roles-set': (before, { memberUid, roles }, { isOwner }) => {
    if (!isOwner) return 'not-allowed'
    const member = before.members.get(memberUid)
    if (member === undefined || member.until !== null) return 'unknown-member'
    if (!roles.includes('owner') && isLastOwner(before, memberUid)) return 'last-owner'
    const changed = { ...member, roles: [...member.roles, { from: before.next, value: roles }] }
    return { ...before, members: withEntry(before.members, memberUid, changed) }
  },

  'member.removed': (before, { memberUid }, { isOwner }) => {
    if (!isOwner) return 'not-allowed'
    const member = before.members.get(memberUid)
    if (member === undefined || member.until !== null) return 'unknown-member'
    if (isLastOwner(before, memberUid)) return 'last-owner'
    return { ...before, members: withEntry(before.members, memberUid, { ...member, until: before.next }) }
  },

  'device.enrolled': (before, body, { isOwner }) => {
    const { memberUid, deviceUid } = body
    // An owner's, since a member could name the login that was made for another.
    if (!isOwner) return 'not-allowed'
    const member = before.members.get(memberUid)
    if (member === undefined || member.until !== null) return 'unknown-member'
    if (before.devices.has(deviceUid) || hasDeviceWith(before, body)) return 'exists'
    return { ...before, devices: withEntry(before.devices, deviceUid, toDevice(body, before.next)) }
  },

  'device.revoked': (before, { deviceUid }, by) => {
    const device = before.devices.get(deviceUid)
    if (!by.isOwner && by.member !== device?.member) return 'not-allowed'
    if (device === undefined || findAuthor(before, deviceUid, newest(before)) === null) return 'unknown-device'
    // An owner without a device cannot change the team any more, so the last one stays.
    if (isLastDeviceOfOwners(before, deviceUid)) return 'last-owner'
    return { ...before, devices: withEntry(before.devices, deviceUid, { ...device, until: before.next }) }
  },

  'client.opened': (before, { clientUid, facts, commitment }, { member, isOwner }) => {
    const taken = new Set([before.team, before.agency, ...before.clients.keys()])
    for (const client of before.clients.values()) taken.add(client.facts)
    if (clientUid === facts || taken.has(clientUid) || taken.has(facts)) return 'exists'
    // A member's own client: its key is given to others by their device.
    const roles = new Map(isOwner ? [] : [[member, [{ from: before.next, value: 'lead' as const }]]])
    return {
      ...before,
      clients: withEntry(before.clients, clientUid, { facts, from: before.next, roles }),
      keys: withEntry(before.keys, clientUid, toKey(before.next, commitment)),
    }
  },

  'names.kept': (before, { clientUid, uids }, { isOwner }) => {
    if (!isOwner) return 'not-allowed'
    if (!before.clients.has(clientUid)) return 'unknown-client'
    const kept = new Map(before.kept)
    for (const uid of uids) if (!kept.has(uid)) kept.set(uid, { from: before.next, value: clientUid })
    return kept.size === before.kept.size ? 'nothing-changes' : { ...before, kept }
  },

  'access.granted': (before, { clientUid, memberUid, role }, by) => {
    const client = before.clients.get(clientUid)
    if (client === undefined) return 'unknown-client'
    if (!isLead(before, clientUid, by)) return 'not-allowed'
    if (before.members.get(memberUid)?.until !== null) return 'unknown-member'
    return setRole(before, clientUid, memberUid, role)
  },

  'access.revoked': (before, { clientUid, memberUid }, by) => {
    const client = before.clients.get(clientUid)
    if (client === undefined) return 'unknown-client'
    if (!isLead(before, clientUid, by)) return 'not-allowed'
    if (!client.roles.get(memberUid)?.at(-1)?.value) return 'unknown-member'
    return setRole(before, clientUid, memberUid, null)
  },

  'approvals.required': (before, { clientUid, required }, { isOwner }) => {
    if (!isOwner) return 'not-allowed'
    if (clientUid !== null && !before.clients.has(clientUid)) return 'unknown-client'
    const named = clientUid === null ? [null, ...before.clients.keys()] : [clientUid]
    if (named.every((client) => isApprovalRequired(before, client, newest(before)) === required))
      return 'nothing-changes'
    return {
      ...before,
      approvals: [...before.approvals, { from: before.next, value: { client: clientUid, required } }],
    }
  },

  'entry.voided': (before, body, { isOwner }) => {
    if (!isOwner) return 'not-allowed'
    if (findStream(before, body.stream) === null) return 'unknown-client'
    if (before.voided.has(nameEntry(body))) return 'nothing-changes'
    return { ...before, voided: withEntry(before.voided, nameEntry(body), before.next) }
  },

  'team.moved': (before, { server, host, port, database, authority }, { isOwner }) => {
    if (!isOwner) return 'not-allowed'
    const address = { host, port, database, authority }
    const isThere = before.address !== null && isSamePlace(before.address, address)
    return isThere && before.server === server ? 'nothing-changes' : { ...before, server, address }
  },

  'team.fork-resolved': (before, { stream, seq, head }, { isOwner }) => {
    if (!isOwner) return 'not-allowed'
    if (findStream(before, stream) === null) return 'unknown-client'
    const chosen = before.chosen.get(stream) ?? []
    if (chosen.some((each) => each.seq === seq && each.head === head)) return 'nothing-changes'
    // What was chosen at a later position was about a history that may not count any more.
    const earlier = chosen.filter((each) => each.seq < seq)
    return { ...before, chosen: withEntry(before.chosen, stream, [...earlier, { seq, head }]) }
  },

  'key.rotated': (before, { scope, generation, commitment, readers }, { isOwner }) => {
    const key = before.keys.get(scope)
    if (key === undefined) return 'unknown-client'
    // An owner's, since they can give it to all others: one that no one gave would lock the client.
    if (!isOwner) return 'not-allowed'
    // Of two that are made at the same time, the later one has no effect, and its author finds the key replaced already.
    if (findGeneration(before, scope, newest(before))?.generation !== generation - 1) return 'other-generation'
    // A reader who was removed since the key was given out has it: it may not take effect.
    const reading = new Set(listReaders(before, scope))
    if (readers > newest(before) || listReaders(before, scope, readers).some((device) => !reading.has(device))) {
      return 'other-readers'
    }
    const generations = [...key.generations, { from: before.next, value: { generation, commitment } }]
    return { ...before, keys: withEntry(before.keys, scope, { ...key, generations, due: null }) }
  },

  'key.lost': (before, { scope, generation }, { isOwner }) => {
    const key = before.keys.get(scope)
    // An entry of `team` is sealed with the team's own key, so none could declare that one lost.
    if (key === undefined || scope === before.team) return 'unknown-client'
    if (!isOwner) return 'not-allowed'
    const current = findGeneration(before, scope, newest(before))?.generation ?? 0
    if (generation > current) return 'other-generation'
    if (key.lost.has(generation)) return 'nothing-changes'
    const due = generation === current ? (key.due ?? before.next) : key.due
    const lost = new Map(key.lost).set(generation, before.next)
    return { ...before, keys: withEntry(before.keys, scope, { ...key, due, lost }) }
  },
}

/** A key is due as soon as a device that had it may not read any more. */
function markDue(before: Membership, after: Membership, operation: TeamOperation): Membership {
  let keys = after.keys
  const now = { ...after, next: after.next + 1 }
  for (const scope of listLosing(after, operation)) {
    const key = after.keys.get(scope)
    if (key === undefined || key.due !== null) continue
    const readers = new Set(listReaders(now, scope))
    if (listReaders(before, scope).some((device) => !readers.has(device))) {
      keys = withEntry(keys, scope, { ...key, due: before.next })
    }
  }
  return { ...after, keys }
}

/** The keys that an operation may take from a reader: few operations take any, and most of those only one. */
function listLosing({ keys }: Membership, { kind, body }: TeamOperation): Iterable<string> {
  if (kind === 'access.revoked') return [body.clientUid]
  return kind === 'member.roles-set' || kind === 'member.removed' || kind === 'device.revoked' ? keys.keys() : []
}

function toKey(from: number, commitment: string): Key {
  return { generations: [{ from, value: { generation: 1, commitment } }], due: null, lost: new Map() }
}

function withEntry<T>(map: ReadonlyMap<string, T>, key: string, value: T): ReadonlyMap<string, T> {
  return new Map(map).set(key, value)
}

function toDevice(body: TeamBody<'device.enrolled'> | TeamBody<'team.founded'>, from: number): Device {
  const { memberUid, signKey, boxKey, login } = body
  return { member: memberUid, signKey, boxKey, login, from, until: null }
}

function isLead(membership: Membership, client: string, { member }: Author): boolean {
  return findClientRole(membership, client, member, newest(membership)) === 'lead'
}

function setRole(
  before: Membership,
  clientUid: string,
  memberUid: string,
  role: TeamBody<'access.granted'>['role'] | null,
): Effect {
  const client = before.clients.get(clientUid)
  if (client === undefined) return 'unknown-client'
  const earlier = client.roles.get(memberUid) ?? []
  const roles = withEntry(client.roles, memberUid, [...earlier, { from: before.next, value: role }])
  return { ...before, clients: withEntry(before.clients, clientUid, { ...client, roles }) }
}

function listOwners(membership: Membership): readonly string[] {
  return [...membership.members.keys()].filter((uid) => hasAgencyRole(membership, uid, 'owner', newest(membership)))
}

function isLastOwner(membership: Membership, member: string): boolean {
  const owners = listOwners(membership).filter((uid) => hasDevice(membership, uid, null))
  return owners.length === 1 && owners[0] === member
}

function isLastDeviceOfOwners(membership: Membership, device: string): boolean {
  return !listOwners(membership).some((owner) => hasDevice(membership, owner, device))
}

/** Whether a member has an active device other than this one. */
function hasDevice(membership: Membership, member: string, except: string | null): boolean {
  return [...membership.devices].some(
    ([uid, device]) =>
      uid !== except && device.member === member && findAuthor(membership, uid, newest(membership)) !== null,
  )
}

/** One person as two members could sign and acknowledge a review alone, so an address belongs to one. */
function hasMemberAt({ members }: Membership, email: string): boolean {
  const key = emailKey(email)
  return [...members.values()].some((member) => member.until === null && emailKey(member.email) === key)
}

/** Keys and logins belong to one device, revoked ones included. */
function hasDeviceWith(membership: Membership, made: Pick<Device, 'signKey' | 'boxKey' | 'login'>): boolean {
  return [...membership.devices.values()].some(
    ({ signKey, boxKey, login }) => signKey === made.signKey || boxKey === made.boxKey || login === made.login,
  )
}
