import type { AgencyRole, ClientRole } from '../domain/team-roles.ts'

/** A value from a position of `team` on, until the next of its list. */
export interface Since<T> {
  readonly from: number
  readonly value: T
}

export interface Member {
  readonly name: string
  readonly email: string
  readonly from: number
  /** The position that removed the member; null while they belong to the team. */
  readonly until: number | null
  readonly roles: readonly Since<readonly AgencyRole[]>[]
}

export interface Device {
  readonly member: string
  /** Ed25519 and X25519, 32 bytes in hex. */
  readonly signKey: string
  readonly boxKey: string
  readonly login: string
  readonly from: number
  readonly until: number | null
}

/** A client; its uid is also the name of its stream `decisions`. */
export interface Client {
  readonly facts: string
  readonly from: number
  /** By member; null from where the role was revoked. */
  readonly roles: ReadonlyMap<string, readonly Since<ClientRole | null>[]>
}

export interface ServerPlace {
  readonly host: string
  readonly port: number
  readonly database: string
  /** In PEM; null where systems know it. */
  readonly authority: string | null
}

export function isSamePlace(a: ServerPlace, b: ServerPlace): boolean {
  return a.host === b.host && a.port === b.port && a.database === b.database && a.authority === b.authority
}

/** A position at which two histories of a stream differed, and the head after it in the one that counts, in hex. */
export interface Chosen {
  readonly seq: number
  readonly head: string
}

/** A key of a client or of the team: its generations, and since when one is due because a reader was removed or one is lost. */
export interface Key {
  readonly generations: readonly Since<{ readonly generation: number; readonly commitment: string }>[]
  readonly due: number | null
  /** The generations that an owner declared lost, with the position of `team` that did. */
  readonly lost: ReadonlyMap<number, number>
}

/**
 * Who belongs to a team and what they may do, at every position of `team` up to `next` − 1: entries of other streams rest
 * on an earlier one. Maps are by uid; `keys` is by client, and by the stream `team` for the team's own key.
 */
export interface Membership {
  /** The stream `team`, which also names the team. */
  readonly team: string
  readonly name: string
  /** The stream of what is decided for the whole agency. It is sealed with the team's own key, and all members read it. */
  readonly agency: string
  /** The database that the team uses. */
  readonly server: string
  /** Where it is; null where the team was never moved, since each device has the address of its invite. */
  readonly address: ServerPlace | null
  readonly next: number
  /** The set of kinds that every active device knows. */
  readonly opsets: readonly Since<number>[]
  readonly members: ReadonlyMap<string, Member>
  readonly devices: ReadonlyMap<string, Device>
  readonly clients: ReadonlyMap<string, Client>
  readonly keys: ReadonlyMap<string, Key>
  /** The client of what is from before the team, by its uid, since a position of `team`. */
  readonly kept: ReadonlyMap<string, Since<string>>
  /** Whether changes of a client need a second member's approval; `client` null: those of all. */
  readonly approvals: readonly Since<{ readonly client: string | null; readonly required: boolean }>[]
  /** By stream, where the history that counts was chosen, in the order of positions. */
  readonly chosen: ReadonlyMap<string, readonly Chosen[]>
  /** The entries that an owner declared void, by `nameEntry`, with the position of `team` that did. */
  readonly voided: ReadonlyMap<string, number>
}

/** The name of an entry by all that it is: `head` is that of its stream after it, in hex. */
export function nameEntry({
  stream,
  seq,
  head,
}: {
  readonly stream: string
  readonly seq: number
  readonly head: string
}): string {
  return `${stream} ${seq} ${head}`
}

function find<T>(list: readonly Since<T>[] | undefined, at: number): T | undefined {
  return list?.findLast(({ from }) => from <= at)?.value
}

function isWithin({ from, until }: { readonly from: number; readonly until: number | null }, at: number): boolean {
  return from <= at && (until === null || at < until)
}

/** The device and its member, if both were active at a position of `team`. */
export function findAuthor(
  { devices, members }: Membership,
  device: string,
  at: number,
): { readonly device: Device; readonly member: string } | null {
  const found = devices.get(device)
  const member = found && members.get(found.member)
  return found && member && isWithin(found, at) && isWithin(member, at) ? { device: found, member: found.member } : null
}

export function hasAgencyRole(membership: Membership, member: string, role: AgencyRole, at: number): boolean {
  return listAgencyRoles(membership, member, at).includes(role)
}

/** A member's role for a client at a position; owners count as leads, auditors as viewers. */
export function findClientRole(membership: Membership, client: string, member: string, at: number): ClientRole | null {
  const found = membership.members.get(member)
  if (found === undefined || !isWithin(found, at)) return null
  if (hasAgencyRole(membership, member, 'owner', at)) return 'lead'
  const granted = findGrantedRole(membership, client, member, at)
  return granted ?? (hasAgencyRole(membership, member, 'auditor', at) ? 'viewer' : null)
}

/** The role for a client that a member was given by name at a position; null where there is none, whatever their roles in the agency. */
export function findGrantedRole(
  { clients }: Membership,
  client: string,
  member: string,
  at: number,
): ClientRole | null {
  return find(clients.get(client)?.roles.get(member), at) ?? null
}

/** Whether changes at the providers of a client need a second member's approval at a position: the last word about it or about all clients. */
export function isApprovalRequired({ approvals }: Membership, client: string | null, at: number): boolean {
  const last = approvals.findLast(({ from, value }) => from <= at && (value.client === null || value.client === client))
  return last?.value.required ?? false
}

/** The generation of a key that was current at a position, and its commitment in hex. */
export function findGeneration(
  { keys }: Membership,
  scope: string,
  at: number,
): { readonly generation: number; readonly commitment: string } | null {
  return find(keys.get(scope)?.generations, at) ?? null
}

/** Whether an owner declared a generation of a key lost, at any position. */
export function isLost({ keys }: Membership, scope: string, generation: number): boolean {
  return keys.get(scope)?.lost.has(generation) === true
}

/** The set of kinds that could be used at a position. */
export function findOpset({ opsets }: Membership, at: number): number {
  return find(opsets, at) ?? 0
}

/** The newest position that is known. */
export function newest({ next }: Membership): number {
  return next - 1
}

/** The devices that a key is wrapped for at a position: of those who may see the client, or of everyone for the team's own. */
export function listReaders(membership: Membership, scope: string, at: number = newest(membership)): readonly string[] {
  return [...membership.devices].flatMap(([uid, { member }]) => {
    if (findAuthor(membership, uid, at) === null) return []
    return scope === membership.team || findClientRole(membership, scope, member, at) !== null ? [uid] : []
  })
}

/** What a stream other than `team` is for, and which key seals it: the client's, or the team's own. */
export interface StreamUse {
  readonly scope: string
  readonly kind: 'decisions' | 'facts' | 'agency'
}

/** Null for a stream that the team does not have. */
export function findStream({ team, agency, clients }: Membership, stream: string): StreamUse | null {
  if (stream === agency) return { scope: team, kind: 'agency' }
  if (clients.has(stream)) return { scope: stream, kind: 'decisions' }
  const client = clients.entries().find(([, { facts }]) => facts === stream)?.[0]
  return client === undefined ? null : { scope: client, kind: 'facts' }
}

/** The roles of a member in the agency at a position. */
export function listAgencyRoles({ members }: Membership, member: string, at: number): readonly AgencyRole[] {
  const found = members.get(member)
  return found !== undefined && isWithin(found, at) ? (find(found.roles, at) ?? []) : []
}
