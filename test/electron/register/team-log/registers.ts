import { randomUUID } from 'node:crypto'

import type { Writer } from '../../../../electron/register/db/handles.ts'
import { journalAll } from '../../../../electron/register/db/journal.ts'
import { createUid } from '../../../../electron/register/db/uid.ts'
import { deriveKeys } from '../../../../electron/register/keys/derive-keys.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { settleDecision } from '../../../../electron/register/rows/settle.ts'
import { writeTeamPlace } from '../../../../electron/register/team-log/place.ts'
import { applyOwnReading } from '../../../../electron/register/team-log/share-reading.ts'
import { createRegisterStore } from '../../../../electron/register/team-log/store.ts'
import { isOfReview } from '../../../../electron/register/team-log/take-review.ts'
import { addPending, addWaiting } from '../../../../electron/register/team-log/waiting.ts'
import { loadTeamCrypto } from '../../../../electron/team-log/crypto.ts'
import type { TeamDevice } from '../../../../electron/team-log/device.ts'
import { exchange, type Exchanged } from '../../../../electron/team-log/exchange.ts'
import { foundTeam, openAgency, openClient } from '../../../../electron/team-log/found.ts'
import { fromHex, toHex } from '../../../../electron/team-log/form.ts'
import { createInvite } from '../../../../electron/team-log/invite.ts'
import { answerKnocks, knock } from '../../../../electron/team-log/knock.ts'
import { change } from '../../../../electron/team-log/members.ts'
import { mendRights } from '../../../../electron/team-log/mend.ts'
import { toLocalDay } from '../../../../shared/domain/day.ts'
import { type BodyOf, type Kind, type Operation, OPERATIONS } from '../../../../shared/decisions/operations.ts'
import type { LogRole } from '../../../../shared/team-log/card.ts'
import { NAMED_KIND } from '../../../../shared/team-log/named.ts'
import { createWorld, type MemoryWorld, openMemoryServer } from '../../../team-log/memory-server.ts'
import { PLACE, toIssued } from '../../../team-log/people.ts'
import { closeAfterTest } from '../../../temporary/closing.ts'
import { getReading, newBriefRegister, type Part } from '../registers.ts'
import { isAllowedHere } from './judge-here.ts'

/** A device of a team whose register keeps what it holds. */
export interface Laptop {
  readonly name: string
  readonly device: TeamDevice
  readonly register: Register
  readonly exchange: () => Promise<Exchanged>
}

export interface RegisterTeam {
  readonly world: MemoryWorld
  readonly founder: Laptop
  readonly team: string
  readonly root: Uint8Array
  readonly join: (name: string, roles: readonly (readonly [log: string | null, role: LogRole])[]) => Promise<Laptop>
  /** Opens the log of a client that the founder's register has by this uid. */
  readonly openClient: (client: string) => Promise<void>
}

interface Made {
  readonly world: MemoryWorld
  readonly team: string
  readonly name: string
  readonly member: string
  readonly device: string
  readonly login: string
  readonly root: Uint8Array | null
  readonly seed: Uint8Array
  readonly register: Register
}

async function toLaptop({ world, team, name, member, device, login, root, seed, register }: Made): Promise<Laptop> {
  const crypto = await loadTeamCrypto()
  const keys = crypto.createDeviceKeys(seed)
  const own = {
    team,
    server: PLACE,
    login,
    device,
    signKey: toHex(keys.sign.publicKey),
    root: root === null ? null : toHex(root),
    member,
    name,
    founding: null,
    invite: null,
    named: null,
  }
  register.transact((writer) => writeTeamPlace(writer, own))
  const now = (): number => world.now
  const store = createRegisterStore(register, { derive: () => undefined, changed: () => undefined, now })
  const one: TeamDevice = {
    crypto,
    server: openMemoryServer(world, login),
    store,
    keys,
    team,
    root,
    member,
    device,
    login,
    now,
  }
  return { name, device: one, register, exchange: () => exchange(one) }
}

/** A register that closes after the test. */
const newRegister = (): Register => closeAfterTest(newBriefRegister(() => 0))

/** A team whose founder has a register; it begins with the log of the agency. */
export async function foundRegisterTeam(make: () => Register = newRegister): Promise<RegisterTeam> {
  const world = createWorld()
  const crypto = await loadTeamCrypto()
  const [team, member, device, seed] = [createUid(world.now), randomUUID(), randomUUID(), crypto.random(32)]
  const login = toLogin()
  const register = make()
  world.logins.set(login, { login, device, member, owner: true, verifier: '', until: null, room: 2e9 })
  const made = { world, team, name: 'Founder', member, device, login, seed, register }
  const before = await toLaptop({ ...made, root: null })
  const { root } = await foundTeam(before.device, { name: 'Northlight', ...PLACE, server: world.server })
  const founder = await toLaptop({ ...made, root })
  await founder.exchange()
  await openAgency(founder.device)
  await mendRights(founder.device)
  return {
    world,
    founder,
    team,
    root,
    join: async (name, roles) => {
      const joining = randomUUID()
      const until = world.now + 72 * 3_600_000
      const isOwner = roles.some(([, role]) => role === 'owner')
      const invite = await createInvite(founder.device, { member: joining, isOwner, until, place: PLACE })
      for (const [log, role] of roles) await change(founder.device, { what: 'role', log, member: joining, role })
      const laptop = await toLaptop({
        world,
        team,
        name,
        member: joining,
        device: invite.device,
        login: invite.login,
        root: fromHex(invite.root),
        seed: crypto.random(32),
        register: make(),
      })
      await laptop.device.server.setPassword('verifier')
      await knock(laptop.device, invite)
      await answerKnocks(founder.device, [toIssued(invite, world)])
      for (const [log] of roles) if (log !== null) nameIn(founder, log, joining, name)
      await founder.exchange()
      await laptop.exchange()
      return laptop
    },
    openClient: async (client) => {
      await openClient(founder.device, client)
      await mendRights(founder.device)
      nameIn(founder, client, member, 'Founder')
      await founder.exchange()
    },
  }
}

function toLogin(): string {
  return `castellan_${randomUUID().replaceAll('-', '').slice(0, 12)}`
}

/** Gives a member their name in a log. */
function nameIn({ register, device }: Laptop, log: string, member: string, name: string): void {
  const body = { v: 1, member, name, email: `${name.toLowerCase()}@northlight.example` }
  register.transact((writer) => addWaiting(writer, log, { kind: NAMED_KIND, at: device.now(), subject: name, body }))
}

interface DecidedIn<K extends Kind> {
  readonly kind: K
  readonly client: string | null
  readonly body: Omit<BodyOf<K>, 'v'>
  /** Keeps what a review freezes, and returns its hash. */
  readonly freeze?: ((writer: Writer) => string) | undefined
}

/** The tables do not allow it, so the service refuses it. */
export class RefusedHere extends Error {}

/** Decides an operation in a register, as the service does: one that the tables do not allow is refused. */
export function decideIn<K extends Kind>({ register, name }: Laptop, decided: DecidedIn<K>, at: number): void {
  register.transact((writer) => commitTo(writer, name, decided, at))
}

function commitTo<K extends Kind>(
  writer: Writer,
  operator: string,
  { kind, client, body, freeze }: DecidedIn<K>,
  at: number,
): void {
  const frozen = freeze === undefined ? {} : { population: freeze(writer) }
  const operation = {
    kind,
    at,
    operator,
    client,
    subject: kind,
    body: OPERATIONS[kind].body.parse({ v: 1, ...body, ...frozen }),
  } as unknown as Operation
  if (isOfReview(operation) && !isAllowedHere(writer, operation)) throw new RefusedHere(kind)
  const numbers = settleDecision(writer, operation)
  if ('firstKey' in body) deriveKeys(writer, new Set(writer.column<number>('SELECT id FROM logical_key')), true)
  const row = { action: kind, at, operator, client, subject: kind, body: { ...(operation.body as object), ...numbers } }
  addPending(writer, [{ operation, seq: journalAll(writer, [row]) }], toLocalDay(at))
}

/** Reads a connection at a device, as its service does under a turn: the log was read before. */
export function readIn({ register, name }: Laptop, connectionUid: string, parts: readonly Part[], at: number): void {
  const id = register.reader.value<number>('SELECT id FROM connection WHERE uid = ?', [connectionUid])!
  register.transact((writer) => {
    applyOwnReading(writer, { ...getReading(id, [...parts], at), operator: name })
  })
}
