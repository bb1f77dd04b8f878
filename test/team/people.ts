import { loadTeamCrypto } from '../../electron/team/crypto.ts'
import type { TeamDevice } from '../../electron/team/device.ts'
import { exchange } from '../../electron/team/exchange.ts'
import { foundTeam, openAgency, openClient } from '../../electron/team/found.ts'
import { fromHex } from '../../electron/team/form.ts'
import { createInvite, type Invite } from '../../electron/team/invite.ts'
import { answerKnocks, type IssuedInvite, knock } from '../../electron/team/knock.ts'
import { change } from '../../electron/team/members.ts'
import { mendRights } from '../../electron/team/mend.ts'
import type { LogRole } from '../../shared/team/card.ts'
import { openMemoryServer } from './memory-server.ts'
import { createWorld, type MemoryWorld } from './memory-world.ts'
import { createMemoryStore, type MemoryStore } from './memory-store.ts'

export const PLACE = { host: 'db.agency.example', port: 5432, database: 'castellan', authority: null }

/** A device over the doubles of server and store. */
export interface TriedDevice extends TeamDevice {
  readonly store: MemoryStore
}

let devices = 0
export const toUid = (): string => {
  devices += 1
  return `01890000-0000-7000-8000-${String(devices).padStart(12, '0')}`
}

interface Named {
  readonly team: string
  readonly member?: string
  readonly device?: string
  readonly login?: string
  readonly root?: Uint8Array | null
  readonly seed?: Uint8Array
  readonly store?: MemoryStore
}

export async function toDevice(world: MemoryWorld, named: Named): Promise<TriedDevice> {
  const crypto = await loadTeamCrypto()
  const { team, member = toUid(), device = toUid(), root = null } = named
  const login = named.login ?? `castellan_${device.slice(-12)}`
  const store = named.store ?? createMemoryStore(team, () => root)
  return {
    crypto,
    server: openMemoryServer(world, login),
    store,
    keys: crypto.createDeviceKeys(named.seed),
    team,
    root,
    member,
    device,
    login,
    now: () => world.now,
  }
}

/** A team with its founder and one client. */
export async function foundedTeam() {
  const world = createWorld()
  const team = toUid()
  const seed = (await loadTeamCrypto()).random(32)
  const before = await toDevice(world, { team, seed })
  const verifier = 'SCRAM-SHA-256$4096:c2FsdA==$c3RvcmVk:c2VydmVy'
  const { login, device, member } = before
  world.logins.set(login, { login, device, member, owner: true, verifier, until: null, room: 2e9 })
  const { root } = await foundTeam(before, { name: 'Northlight', ...PLACE, server: world.server })
  const founder = { ...before, root, store: createMemoryStore(team, () => root) }
  await exchange(founder)
  await openAgency(founder)
  const client = toUid()
  await openClient(founder, client)
  await mendRights(founder)
  return { world, team, founder, client, root }
}

export const toIssued = ({ uid, login, member, secret }: Invite, world: MemoryWorld): IssuedInvite => ({
  uid,
  login,
  member,
  secret: fromHex(secret),
  until: world.now + 72 * 3_600_000,
})

/** Invites a person with a role, and lets their device in. `log` null: a role in the agency. */
export async function joinTeam(
  { world, founder }: { readonly world: MemoryWorld; readonly founder: TriedDevice },
  log: string | null,
  role: LogRole,
  member: string = toUid(),
): Promise<TriedDevice> {
  const until = world.now + 72 * 3_600_000
  const invite = await createInvite(founder, { member, isOwner: role === 'owner', until, place: PLACE })
  await change(founder, { what: 'role', log, member, role })
  const root = fromHex(invite.root)
  const joined = await toDevice(world, { team: invite.team, member, device: invite.device, login: invite.login, root })
  await joined.server.setPassword('verifier')
  await knock(joined, invite)
  await answerKnocks(founder, [toIssued(invite, world)])
  await exchange(joined)
  return joined
}
