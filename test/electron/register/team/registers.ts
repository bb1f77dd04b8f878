import { journalAll } from '../../../../electron/register/db/journal.ts'
import type { Writer } from '../../../../electron/register/db/handles.ts'
import { deriveKeys } from '../../../../electron/register/keys/derive-keys.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { settleDecision } from '../../../../electron/register/rows/settle.ts'
import { addPending } from '../../../../electron/register/team/pending.ts'
import { isOfTeam, type TeamPlace, writeTeamPlace } from '../../../../electron/register/team/place.ts'
import { applyOwnReading } from '../../../../electron/register/team/share-reading.ts'
import { isOfReview } from '../../../../electron/register/team/take-review.ts'
import { createRegisterStore } from '../../../../electron/register/team/store.ts'
import { enterDue } from '../../../../electron/team/exchange.ts'
import type { TeamLog } from '../../../../electron/team/log.ts'
import { readNamedBlobs } from '../../../../electron/team/named-blobs.ts'
import { NO_BLOBS } from '../../../../electron/team/opened-blobs.ts'
import type { Replica } from '../../../../electron/team/replica.ts'
import type { Entry } from '../../../../shared/team/entry.ts'
import { createMemoryServer } from '../../../team/memory/memory-log.ts'
import { toLocalDay } from '../../../../shared/domain/day.ts'
import { type BodyOf, type Kind, type Operation, OPERATIONS } from '../../../../shared/decisions/operations.ts'
import { toHex } from '../../../../electron/team/hex.ts'
import { closeAfterTest } from '../../../temporary/closing.ts'
import { foundTeam, type Laptop, SERVER, type Team } from '../../team/world.ts'
import { getReading, newBriefRegister, type Part } from '../registers.ts'
import { isAllowedHere } from './judge-here.ts'

/** A team whose devices keep what they hold in registers, by the names of the members. */
export interface RegisterTeam {
  readonly team: Team
  readonly registers: ReadonlyMap<string, Register>
}

export async function foundRegisterTeam(
  newRegister: () => Register = () => newBriefRegister(() => 0),
): Promise<RegisterTeam> {
  const registers = new Map<string, Register>()
  const server = createMemoryServer(SERVER, () => 0)
  const team = await foundTeam(
    async (login, rights) => server.connect(login, rights),
    (name) => {
      const register = newRegister()
      registers.set(name, register)
      return openStore(register)
    },
  )
  return { team, registers }
}

/** A team of two whose registers have one client, `acme`: the founder's, and that of Anna, an operator of it. */
export async function foundClientTeam() {
  const { team, registers } = await foundRegisterTeam(() => closeAfterTest(newBriefRegister(() => 0)))
  const anna = await team.join('anna')
  const client = await team.openClient()
  await team.grant(client, anna, 'operator')
  const [own, hers] = [registers.get('Founder')!, registers.get('anna')!]
  const added = { name: 'Acme', kind: 'client' as const, colour: '#117733', domains: [], notes: '' }
  decideIn(own, 'Founder', { kind: 'client.added', client: 'acme', body: { ...added, clientUid: client } })
  const exchangeAll = async (): Promise<void> => {
    for (const one of [team.founder, anna, team.founder]) await one.exchange()
  }
  return { team, registers, anna, client, own, hers, exchangeAll }
}

/** Reads entries of a stream with what they name, and what has an effect only after them. */
export async function readEntries(
  replica: Replica,
  log: TeamLog,
  stream: string,
  entries: readonly Entry[],
): Promise<void> {
  let blobs = NO_BLOBS
  for (let at = 0; at < entries.length;) {
    const { verdicts, stopped, names } = replica.take(stream, entries.slice(at), blobs)
    if (stopped !== null) throw stopped
    at += verdicts.length
    if (names.length > 0) blobs = await readNamedBlobs(replica, log, stream, names)
  }
  await enterDue(replica, log, stream)
}

export const openStore = (register: Register) =>
  createRegisterStore(register, { derive: () => undefined, changed: () => undefined })

interface DecidedIn<K extends Kind> {
  readonly kind: K
  readonly client: string | null
  readonly body: Omit<BodyOf<K>, 'v'>
  /** Keeps what a review freezes, and returns its hash. */
  readonly freeze?: ((writer: Writer) => string) | undefined
}

/** An owner declares a generation of a client's key lost that none was declared before, the newest or an earlier one, and replaces the key. */
export async function loseKey(team: Team, client: string, at: number): Promise<void> {
  const { generations, lost } = team.founder.replica.membership()!.keys.get(client)!
  const left = generations.map(({ value }) => value.generation).filter((generation) => !lost.has(generation))
  const generation = left[at % left.length]
  if (generation === undefined) return
  team.founder.decideTeam('key.lost', { scope: client, generation })
  await team.founder.exchange()
  await team.rotate()
}

/** The tables do not allow it, so the service refuses it. */
export class RefusedHere extends Error {}

/** Notes in a register which device of the team it is, and the name of its member. */
export function belong(register: Register, { team, root }: Team, { device, login }: Laptop, member: string): void {
  const own = { ...PLACE, team, device, login, root: toHex(root), member }
  register.transact((writer) => writeTeamPlace(writer, own))
}

/** Decides an operation in a register, as the service does: one that the tables do not allow is refused. */
export function decideIn<K extends Kind>(register: Register, operator: string, decided: DecidedIn<K>, at = 0): void {
  register.transact((writer) => commitTo(writer, operator, decided, at))
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

const PLACE: TeamPlace = {
  team: SERVER,
  database: SERVER,
  server: { host: 'localhost', port: 5432, database: 'castellan', authority: null },
  login: 'c_reader',
  device: SERVER,
  signKey: 'ab'.repeat(32),
  root: null,
  founding: null,
  invite: null,
  member: null,
}

/** Reads a connection at a device, as its service does. */
export function readIn(
  register: Register,
  operator: string,
  connectionUid: string,
  parts: readonly Part[],
  at: number,
): void {
  const id = register.reader.value<number>('SELECT id FROM connection WHERE uid = ?', [connectionUid])!
  register.transact((writer) => {
    if (!isOfTeam(writer)) writeTeamPlace(writer, PLACE)
    applyOwnReading(writer, { ...getReading(id, [...parts], at), operator })
  })
}
