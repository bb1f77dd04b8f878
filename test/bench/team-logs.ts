import { createUid } from '../../electron/register/db/uid.ts'
import { journalAll } from '../../electron/register/db/journal.ts'
import { settleDecision } from '../../electron/register/rows/settle.ts'
import { addPending } from '../../electron/register/team/waiting.ts'
import { POSTGRES } from '../../electron/team/postgres/servers.ts'
import type { ServerAddress } from '../../electron/team/server.ts'
import type { Operation } from '../../shared/decisions/operations.ts'
import { newBriefRegister } from '../electron/register/registers.ts'
import {
  addClient,
  foundRegisterTeam,
  type Laptop,
  type Reach,
  type Team,
} from '../electron/register/team/registers.ts'
import { timed } from './harness/measure.ts'

const SERVER = '00000000-0000-4000-8000-000000000001'

/** Devices with a register each, over one PostgreSQL. `open`: what is to be closed after the bench. */
export interface Teams {
  readonly team: Team
  readonly postgres: ServerAddress
  /** A client whose log both hold; `reader` is a lead of it. */
  openClient(): Promise<string>
  readonly founder: Laptop
  readonly reader: Laptop
  close(): Promise<void>
}

/** Founds a team on a database that its administrator reaches at `address`. */
export async function foundTeams(address: ServerAddress): Promise<Teams> {
  const open: { close(): unknown }[] = []
  const at = (login: string): ServerAddress => ({ ...address, login, password: login })
  const reach: Reach = {
    server: SERVER,
    now: Date.now,
    open: (login) => {
      const server = POSTGRES.open(at(login))
      open.push(server)
      return server
    },
    letIn: async (made, team, by) => {
      if (by === null) return POSTGRES.setUp(address, team, made)
      return by.admit(made)
    },
  }
  const team = await foundRegisterTeam(() => {
    const register = newBriefRegister()
    open.push(register)
    return register
  }, reach)
  const reader = await team.join('Reader')
  let clients = 0
  return {
    team,
    postgres: address,
    founder: team.founder,
    reader,
    openClient: async () => {
      clients += 1
      const client = await team.openClient()
      await team.grant(client, reader, 'lead')
      addClient(team.founder, client, slugOf(clients))
      await team.founder.exchange()
      await reader.exchange()
      return slugOf(clients)
    },
    close: async () => {
      for (const each of open.toReversed()) await each.close()
    },
  }
}

const slugOf = (client: number): string => `client-${client}`

let decided = 0

/** Decides so often at a laptop, by turns a note with words of its own and a view, as the service does it. */
export function decideMany({ register, name }: Laptop, client: string, count: number): void {
  register.transact((writer) => {
    const operations = Array.from({ length: count }, () => toOperation(name, client))
    for (const operation of operations) settleDecision(writer, operation)
    const last = journalAll(
      writer,
      operations.map(({ kind, body, ...operation }) => ({ action: kind, ...operation, body: { ...(body as object) } })),
    )
    const first = last - count + 1
    addPending(
      writer,
      operations.map((operation, n) => ({ operation, seq: first + n })),
      '2026-12-01',
    )
  })
}

function toOperation(operator: string, client: string): Operation {
  decided += 1
  const at = Date.now()
  const uid = createUid(at)
  const note = { v: 1, entry: `connection-${uid}`, note: `Asked ${uid.slice(-8)} about ${decided}` }
  const view = { v: 1, viewUid: uid, list: 'keys', name: `View ${uid}`, search: {}, subjects: {}, columns: null }
  const shared = { at, operator, client, subject: 'A decision' }
  const operation =
    decided % 2 === 0 ? { ...shared, kind: 'today.noted', body: note } : { ...shared, kind: 'view.saved', body: view }
  return operation as Operation
}

/** Decisions in a second of `work`, which is about `count` of them. */
export async function perSecond(count: number, work: () => Promise<unknown>): Promise<number> {
  return (count * 1000) / (await timed(work))
}
