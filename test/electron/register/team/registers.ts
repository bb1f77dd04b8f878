import { createUid } from '../../../../electron/register/db/uid.ts'
import type { Writer } from '../../../../electron/register/db/handles.ts'
import { journalAll } from '../../../../electron/register/db/journal.ts'
import { deriveKeys } from '../../../../electron/register/keys/derive-keys.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { settleDecision } from '../../../../electron/register/rows/settle.ts'
import { findForbidden } from '../../../../electron/register/team/may-decide.ts'
import { writeTeamPlace } from '../../../../electron/register/team/place.ts'
import { applyOwnReading } from '../../../../electron/register/team/share-reading.ts'
import { createRegisterStore } from '../../../../electron/register/team/store.ts'
import { isOfReview } from '../../../../electron/register/team/take-review.ts'
import { addPending, addWaiting } from '../../../../electron/register/team/waiting.ts'
import { loadTeamCrypto } from '../../../../electron/team/crypto.ts'
import type { TeamDevice } from '../../../../electron/team/device.ts'
import { exchange, type Exchanged } from '../../../../electron/team/exchange.ts'
import { openBlob } from '../../../../electron/team/blob.ts'
import { followBatches } from '../../../../electron/team/follow.ts'
import { findPlace } from '../../../../electron/team/read-log.ts'
import { fromHex, toHex } from '../../../../electron/team/form.ts'
import { foundTeam, listLogs, openAgency, openClient } from '../../../../electron/team/found.ts'
import { addDevice, change, type Change } from '../../../../electron/team/members.ts'
import { mendRights } from '../../../../electron/team/mend.ts'
import { toLocalDay } from '../../../../shared/domain/day.ts'
import { type BodyOf, type Kind, type Operation, OPERATIONS } from '../../../../shared/decisions/operations.ts'
import { listBlobs } from '../../../../shared/team/blobs.ts'
import type { Op } from '../../../../shared/team/op.ts'
import type { ReadOperation } from '../../../../shared/team/store.ts'
import type { Card, LogRole } from '../../../../shared/team/card.ts'
import { NAMED_KIND } from '../../../../shared/team/named.ts'
import { closeAfterTest } from '../../../temporary/closing.ts'
import { openMemoryServer } from '../../../team/memory-server.ts'
import { createWorld, type MemoryWorld } from '../../../team/memory-world.ts'
import type { NewLogin, TeamServer } from '../../../../electron/team/server.ts'
import { createMemoryStore } from '../../../team/memory-store.ts'
import { getReading, newBriefRegister, type Part } from '../registers.ts'
import { isAllowedHere } from './judge-here.ts'

/** A device of a team with its register. */
export interface Laptop extends TeamDevice {
  readonly name: string
  readonly register: Register
  exchange(): Promise<Exchanged>
}

/** A team whose devices keep what they hold in registers. */
export interface Team {
  readonly world: MemoryWorld
  readonly team: string
  readonly root: Uint8Array
  readonly founder: Laptop
  /** Lets a person in who may decide for the agency, and returns their device. */
  join(name: string): Promise<Laptop>
  /** Opens the log of a client, and returns its uid. */
  openClient(): Promise<string>
  grant(client: string, laptop: Laptop, role: LogRole | null): Promise<void>
  change(asked: Change): Promise<void>
}

/** The store of a register whose clock is before all that is decided, so that nothing is old. */
export const openStore = (register: Register, now: () => number = () => 0) =>
  createRegisterStore(register, { derive: () => undefined, changed: () => undefined, now })

const PLACE = { host: 'db.agency.example', port: 5432, database: 'castellan', authority: null }
const VERIFIER = 'SCRAM-SHA-256$4096:c2FsdA==$c3RvcmVk:c2VydmVy'

let made = 0
export function nextUuid(): string {
  made += 1
  return `01890000-0000-7000-8000-${String(made).padStart(12, '0')}`
}

/** How the devices of a team reach its server. `letIn`: `by` is null for the founder. */
export interface Reach {
  readonly server: string
  readonly now: () => number
  open(login: string): TeamServer
  letIn(made: NewLogin, team: string, by: TeamServer | null): Promise<void>
}

function reachMemory(world: MemoryWorld): Reach {
  return {
    server: world.server,
    now: () => world.now,
    open: (login) => openMemoryServer(world, login),
    letIn: async (made) => void world.logins.set(made.login, { ...made, room: 2e12 }),
  }
}

interface NewLaptop {
  readonly reach: Reach
  readonly team: string
  readonly name: string
  readonly register: Register
  readonly by: TeamServer | null
}

async function toLaptop({ reach, team, name, register, by }: NewLaptop, root: Uint8Array | null): Promise<Laptop> {
  const crypto = await loadTeamCrypto()
  const [member, device] = [nextUuid(), nextUuid()]
  const login = `castellan_${device.slice(-12)}`
  const keys = crypto.createDeviceKeys()
  const owner = root === null
  await reach.letIn({ login, device, member, owner, verifier: VERIFIER, until: null }, team, by)
  const own: TeamDevice = {
    crypto,
    server: reach.open(login),
    store: createMemoryStore(team, () => root),
    keys,
    team,
    root,
    member,
    device,
    login,
    now: reach.now,
  }
  const found = root ?? (await foundTeam(own, { name: 'Northlight', ...PLACE, server: reach.server })).root
  belong(register, { ...own, root: found }, name)
  const laptop: TeamDevice = { ...own, root: found, store: openStore(register) }
  return { ...laptop, name, register, exchange: async () => exchange(laptop) }
}

/** Notes in a register which device of the team it is, and the name of its member. */
export function belong(register: Register, own: TeamDevice, name: string): void {
  const { team, device, login, keys, root, member } = own
  const signKey = toHex(keys.sign.publicKey)
  register.transact((writer) =>
    writeTeamPlace(writer, {
      team,
      server: PLACE,
      login,
      device,
      signKey,
      root: root === null ? null : toHex(root),
      member,
      name,
      founding: null,
      invite: null,
      named: null,
    }),
  )
}

const asCardDevice = ({ device, keys, login }: Laptop) => ({
  device,
  signKey: toHex(keys.sign.publicKey),
  boxKey: toHex(keys.box.publicKey),
  login,
})

export async function foundRegisterTeam(
  newRegister: () => Register = () => newBriefRegister(() => 0),
  elsewhere: Reach | null = null,
): Promise<Team> {
  const world = createWorld()
  world.now = 0
  const reach = elsewhere ?? reachMemory(world)
  const team = nextUuid()
  const founder = await toLaptop({ reach, team, name: 'Founder', register: newRegister(), by: null }, null)
  await founder.exchange()
  await openAgency(founder)
  await founder.exchange()
  const agency = founder.store.logs().find(({ kind }) => kind === 'agency')!.log
  nameIn(founder, agency, founder)
  const changeTo = async (asked: Change): Promise<void> => {
    await founder.exchange()
    const effect = await change(founder, asked)
    if (effect !== 'placed' && effect !== 'none') throw new Error(`A change was ${effect}.`)
    await mendRights(founder)
  }
  return {
    world,
    team,
    root: founder.root!,
    founder,
    join: async (name) => {
      const laptop = await toLaptop({ reach, team, name, register: newRegister(), by: founder.server }, founder.root)
      nameIn(founder, agency, laptop)
      await changeTo({ what: 'role', log: null, member: laptop.member, role: 'member' })
      await addDevice(founder, laptop.member, asCardDevice(laptop))
      await mendRights(founder)
      await laptop.exchange()
      return laptop
    },
    openClient: async () => {
      const client = createUid(1)
      await openClient(founder, client)
      await founder.exchange()
      await listLogs(founder)
      nameIn(founder, client, founder)
      return client
    },
    grant: async (client, laptop, role) => {
      nameIn(founder, client, laptop)
      await changeTo({ what: 'role', log: client, member: laptop.member, role })
    },
    change: changeTo,
  }
}

function nameIn(founder: Laptop, log: string, { member, name }: Laptop): void {
  const { reader } = founder.register
  const known = `SELECT 1 FROM (SELECT log, operation FROM team_operation UNION ALL SELECT log, operation FROM team_waiting)
    WHERE log = ? AND operation ->> 'kind' = '${NAMED_KIND}' AND operation ->> '$.body.member' = ?`
  if (reader.value(known, [log, member]) !== undefined) return
  const body = { v: 1, member, name, email: `${name.toLowerCase()}@agency.example` }
  founder.register.transact((writer) => addWaiting(writer, log, { kind: NAMED_KIND, at: 0, subject: name, body }))
}

/** A team of two whose registers have one client, `acme`: the founder's, and that of Anna, an operator of it. */
export async function foundClientTeam() {
  const team = await foundRegisterTeam(() => closeAfterTest(newBriefRegister(() => 0)))
  const anna = await team.join('anna')
  const client = await team.openClient()
  await team.grant(client, anna, 'operator')
  const [own, hers] = [team.founder.register, anna.register]
  addClient(team.founder, client, 'acme')
  const exchangeAll = async (): Promise<void> => {
    for (const one of [team.founder, anna, team.founder]) expectWhole(await one.exchange(), one)
  }
  return { team, founder: team.founder, anna, client, own, hers, exchangeAll }
}

/** Throws where an exchange left something out. */
export function expectWhole({ withheld, isCopied, isRestoring }: Exchanged, { store, name }: Laptop): void {
  const stopped = store.logs().filter(({ stop }) => stop !== null)
  if (withheld.length > 0 || isCopied || isRestoring || stopped.length > 0) {
    throw new Error(
      `${name}: ${JSON.stringify({ withheld, isCopied, isRestoring, stopped: stopped.map(({ stop }) => stop) })}`,
    )
  }
}

export function addClient(laptop: Laptop, clientUid: string, slug: string): void {
  const body = { clientUid, name: slug, kind: 'client' as const, colour: '#117733', domains: [], notes: '' }
  decideIn(laptop, { kind: 'client.added', client: slug, body })
}

const CONNECTED = { provider: 'openai', platform: null, organizationId: null, baseUrl: null } as const

export function addConnection(
  laptop: Laptop,
  client: string,
  connectionUid: string,
  access = 'read-only' as const,
): void {
  const body = { ...CONNECTED, connectionUid, label: client, access }
  decideIn(laptop, { kind: 'connection.added', client, body })
}

interface DecidedIn<K extends Kind> {
  readonly kind: K
  readonly client: string | null
  readonly body: Omit<BodyOf<K>, 'v'>
  /** Keeps what a review freezes, and returns its hash. */
  readonly freeze?: ((writer: Writer) => string) | undefined
}

/** The tables, or the role of the member, do not allow it, so the service refuses it. */
export class RefusedHere extends Error {}

/** Decides an operation at a device, as the service does: one that the tables or the card do not allow is refused. */
export function decideIn<K extends Kind>(
  { register, name }: Pick<Laptop, 'register' | 'name'>,
  decided: DecidedIn<K>,
  at = 0,
): void {
  register.transact((writer) => commitTo(writer, name, decided, at))
}

function commitTo<K extends Kind>(
  writer: Writer,
  operator: string,
  { kind, client, body, freeze }: DecidedIn<K>,
  at: number,
): void {
  if (findForbidden(writer, [{ kind, client, body }]) !== null) throw new RefusedHere(kind)
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

/** Reads a connection at a device, as its service does. */
export function readIn(
  { register, name }: Pick<Laptop, 'register' | 'name'>,
  connectionUid: string,
  parts: readonly Part[],
  at: number,
  turn: { readonly job: string } | null = null,
): void {
  const id = register.reader.value<number>('SELECT id FROM connection WHERE uid = ?', [connectionUid])!
  register.transact((writer) => {
    applyOwnReading(writer, { ...getReading(id, [...parts], at), operator: name }, { turn })
  })
}

/** An exchange that reads and places nothing, as where the server is lost in between. */
export async function readOnly(laptop: Laptop, most = Number.POSITIVE_INFINITY): Promise<void> {
  const refuse = async () => ({ outcome: 'restoring', head: null, placedAt: null }) as const
  let left = most
  const read: Laptop['server']['read'] = async (log, from) => {
    const found = (await laptop.server.read(log, from)).slice(0, left)
    left -= found.length
    return found
  }
  await exchange({ ...laptop, server: { ...laptop.server, read, append: refuse } })
}

/** An operation that counts in a log as a device holds it, in order. `hash` in hex; `card`: that of its batch. */
export interface Counting {
  readonly op: Op
  readonly hash: string
  readonly member: string
  readonly place: number
  readonly card: Card
}

export function listCounting({ register: { reader }, store }: Laptop, log: string): readonly Counting[] {
  const cards = store.cards(log)
  return reader
    .all<{ readonly operation: string; readonly hash: Uint8Array; readonly member: string; readonly place: number }>(
      'SELECT operation, hash, member, place FROM team_operation WHERE log = ? AND no_effect IS NULL ORDER BY place',
      [log],
    )
    .map(({ operation, hash, ...row }) => ({
      ...row,
      op: JSON.parse(operation) as Op,
      hash: Buffer.from(hash).toString('hex'),
      card: cards.findLast(({ at }) => at * 512 <= row.place)!.card,
    }))
}

/** A register that reads all logs of a device from their beginning, as the same member on a new machine. */
export function readFromZero(laptop: Laptop, most = 7): Laptop {
  const register = newBriefRegister(() => 0)
  const device = nextUuid()
  belong(register, { ...laptop, device }, laptop.name)
  const store = openStore(register)
  const again: Laptop = {
    ...laptop,
    register,
    device,
    store,
    exchange: () => Promise.reject(new Error('It only reads.')),
  }
  const kinds = ['team', 'agency', 'client']
  for (const { log, keys } of laptop.store.logs().toSorted((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind))) {
    store.keepKeys(log, keys)
    store.hold(log)
    for (;;) {
      const place = findPlace(again, log)
      const { read, stop } = followBatches(laptop.crypto, place, laptop.store.batches(log, place.next, most))
      if (stop !== null) throw new Error(`The log stops: ${stop.reason}.`)
      if (read.length === 0) break
      store.take(
        log,
        read.map((one) => ({ ...one, operations: one.operations.map((each) => openBlobs(laptop, log, each)) })),
      )
    }
  }
  return again
}

function openBlobs({ crypto, store }: Laptop, log: string, one: ReadOperation): ReadOperation {
  const keys = store.log(log)?.keys ?? []
  const blobs = listBlobs(one.op).map(({ address, generation }) => {
    const [found] = store.findBlobs(log, [fromHex(address)])
    return openBlob(crypto, keys[generation - 1]!, { log, address: fromHex(address) }, found!.sealed) as Uint8Array
  })
  return { ...one, blobs }
}

/** Adds a note that waits, without a row of the audit log, as a changed program does. */
export function addWaitingNote({ register }: Pick<Laptop, 'register'>, log: string, text: string): void {
  const body = { v: 1, entry: 'connection', note: text }
  register.transact((writer) => addWaiting(writer, log, { kind: 'today.noted', at: 1, subject: 'x', body }))
}
