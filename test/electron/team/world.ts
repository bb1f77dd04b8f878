import { bindUid } from '../../../shared/team/bound-uid.ts'
import { administer, type Administered, rotateKeys } from '../../../electron/team/administer.ts'
import { createSalt } from '../../../electron/team/compose-entry.ts'
import { loadTeamCrypto } from '../../../electron/team/crypto.ts'
import { exchange, type Exchanged } from '../../../electron/team/exchange.ts'
import { listUnfenced } from '../../../electron/team/fence.ts'
import { describeDevice, foundTeam as foundTeamLog } from '../../../electron/team/found.ts'
import { toHex } from '../../../electron/team/hex.ts'
import { createKeyRing } from '../../../electron/team/key-ring.ts'
import type { TeamAdministration, TeamLog } from '../../../electron/team/log.ts'
import { createMemoryStore } from '../../team/memory/memory-store.ts'
import { createReplica, type Replica } from '../../../electron/team/replica.ts'
import { FENCE, type Op } from '../../../shared/team/op.ts'
import type { TeamBody, TeamKind } from '../../../shared/team/operations.ts'
import type { HeldEntry, ReplicaStore } from '../../../shared/team/store.ts'

export const crypto = await loadTeamCrypto()

const DAY = '2026-11-27'

export const SERVER = '01890000-0000-7000-8000-0000000000aa'

let made = 0
/** UUIDs in their order, the same in every run. */
export function nextUuid(): string {
  made += 1
  return `01890000-0000-7000-8000-${(4096 + made).toString(16).padStart(12, '0')}`
}

/** A uid of what a client has: the count is before the digits that bind it. */
export function createUidOf(client: string): string {
  const uid = nextUuid()
  return bindUid(`${uid.slice(0, 24)}${uid.slice(-4)}${'0'.repeat(8)}`, client, crypto.hashText)
}

/** The kind and body of a decision that a reviewer may take. */
export const toNote = (note: string) => ['today.noted', { v: 1, entry: 'connection', note }] as const

/** All entries that a device holds of a stream. */
export function readAll(replica: Replica, stream: string): readonly HeldEntry[] {
  return replica.entries(stream, 0, Number.MAX_SAFE_INTEGER)
}

/** A device of a test's team. */
export interface Laptop {
  readonly replica: Replica
  readonly store: ReplicaStore
  readonly log: TeamLog & TeamAdministration
  readonly login: string
  readonly member: string
  readonly device: string
  /** Decides something here; it waits until the next exchange. */
  decide(stream: string, kind: string, body: Op['body']): string
  decideTeam<K extends TeamKind>(kind: K, body: Omit<TeamBody<K>, 'v'>): string
  exchange(): Promise<Exchanged>
  administer(): Promise<Administered>
}

/** How a test reaches its server: `owner` logins may also administer it. */
export type Connect = (login: string, rights: 'member' | 'owner', team: string) => Promise<TeamLog & TeamAdministration>

/** No pause between tries, so that a test does not wait. */
const NO_PAUSE = async (): Promise<void> => undefined

/** A device over what it holds. */
export function toLaptop(
  replica: Replica,
  store: ReplicaStore,
  log: TeamLog & TeamAdministration,
  login: string,
  member: string,
): Laptop {
  const { device } = replica.author
  const decide = (stream: string, kind: string, body: Op['body']): string => {
    const uid = nextUuid()
    const basis = replica.stream(stream).place.next - 1
    const op = { kind, salt: createSalt(crypto), at: 0, day: DAY, basis, subject: kind, body }
    replica.wait(stream, { uid, op })
    return uid
  }
  return {
    replica,
    store,
    log,
    login,
    member,
    device,
    decide,
    decideTeam: (kind, body) => decide(replica.team, kind, { v: 1, ...body }),
    exchange: () => exchange(replica, log, NO_PAUSE),
    administer: () => administer(replica, log),
  }
}

export interface Team {
  readonly team: string
  readonly root: Uint8Array
  readonly founder: Laptop
  /** Invites a member with a device; both sides have exchanged afterwards. */
  join(name: string, roles?: readonly ('owner' | 'auditor' | 'people')[]): Promise<Laptop>
  /** A client that the founder opened. Returns its stream `decisions`. */
  openClient(uid?: string): Promise<string>
  grant(client: string, to: Laptop, role: 'viewer' | 'reviewer' | 'operator' | 'lead'): Promise<void>
  /** Replaces every key that is due, and fences the streams. */
  rotate(): Promise<void>
}

/** Logins are those of a whole server, so each test has its own. */
const toLogin = (name: string): string => `c_${name}_${nextUuid().slice(-6)}`

/** The store of a device, by the name of its member. */
export type CreateStore = (name: string) => ReplicaStore

/** A team with one owner, whose server is reached by `connect`. */
export async function foundTeam(connect: Connect, createStore: CreateStore = () => createMemoryStore()): Promise<Team> {
  const team = nextUuid()
  const [member, device] = [nextUuid(), nextUuid()]
  const author = { device, keys: crypto.createDeviceKeys() }
  const login = toLogin('founder')
  const { entry, root, key } = foundTeamLog(crypto, author, {
    stream: team,
    uid: nextUuid(),
    at: 0,
    day: DAY,
    team: 'Agency',
    server: SERVER,
    agency: nextUuid(),
    memberUid: member,
    name: 'Founder',
    email: 'founder@agency.example',
    login,
  })
  const keys = createKeyRing()
  keys.add(team, [key])
  const store = createStore('Founder')
  const replica = createReplica({ crypto, author, keys, team, root, store })
  const founder = toLaptop(replica, store, await connect(login, 'owner', team), login, member)
  await founder.log.addStream(team, 1)
  await founder.log.setAccess(team, login, 'append')
  await founder.log.push([entry])
  await founder.exchange()
  await founder.administer()

  const join: Team['join'] = async (name, roles = []) => {
    const [uid, joining] = [nextUuid(), nextUuid()]
    const own = { device: joining, keys: crypto.createDeviceKeys() }
    const login = toLogin(name)
    founder.decideTeam('member.added', { memberUid: uid, name, email: `${name}@agency.example`, roles: [...roles] })
    founder.decideTeam('device.enrolled', { memberUid: uid, login, ...describeDevice(own) })
    const log = await connect(login, roles.includes('owner') ? 'owner' : 'member', team)
    await founder.exchange()
    await founder.administer()
    const held = createStore(name)
    const there = createReplica({ crypto, author: own, keys: createKeyRing(), team, root, store: held })
    const laptop = toLaptop(there, held, log, login, uid)
    await laptop.exchange()
    return laptop
  }

  return {
    team,
    root,
    founder,
    join,
    openClient: async (client = nextUuid()) => {
      const [facts, key] = [nextUuid(), crypto.createKey()]
      founder.replica.keys.add(client, [key])
      const commitment = toHex(crypto.commitKey({ scope: client, generation: 1 }, key))
      founder.decideTeam('client.opened', { clientUid: client, facts, commitment })
      await founder.exchange()
      await founder.administer()
      return client
    },
    grant: async (client, to, role) => {
      founder.decideTeam('access.granted', { clientUid: client, memberUid: to.member, role })
      await founder.exchange()
      await founder.administer()
    },
    rotate: async () => {
      for (const body of await rotateKeys(founder.replica, founder.log)) founder.decideTeam('key.rotated', body)
      for (const stream of listUnfenced(founder.replica)) founder.decide(stream, FENCE, { v: 1 })
      await founder.exchange()
      await founder.administer()
    },
  }
}
