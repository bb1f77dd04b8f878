import { createMemoryServer, type MemoryServer } from '../../../team/memory/memory-log.ts'
import { type TeamAdministration, type TeamLog, TeamLogError } from '../../../../electron/team/log.ts'
import type { StoredEntry } from '../../../../shared/team/entry.ts'
import type { TeamServers } from '../../../../electron/team/postgres/servers.ts'
import type { Service } from '../../../../electron/service/process/open.ts'
import type { StoredSummary } from '../../../../electron/team/log.ts'
import { newService } from '../services.ts'
import { foundedService, joinedService, type Prepared } from './teams.ts'

type Log = TeamLog & TeamAdministration
type Rights = 'member' | 'owner'

interface Database {
  readonly server: MemoryServer
  readonly logins: Map<string, Rights>
}

const ADMINISTRATOR = 'set_up'
const CREATED = /^CREATE ROLE (?<login>\w+) LOGIN .* IN ROLE \w+(?<owner>, castellan_owner_\w+)?$/u

const refuse = (problem: TeamLogError['problem']): TeamLogError =>
  new TeamLogError(problem, `The server refuses: ${problem}. Ask its administrator.`)

/** Servers of teams in memory, by the names of their databases: logins and their rights follow from the SQL that makes them. */
export class MemoryServers implements TeamServers {
  /** The clock of the servers, in milliseconds: that of the devices when they were made, and it does not go on by itself. */
  now = Date.now()
  readonly #databases = new Map<string, Database>()
  /** Called before each call of a log, with its name and awaited; what it throws is what the call ends with. */
  before: (call: keyof Log, login: string) => unknown = () => undefined

  /** The databases that logins meet in place of those at their address. */
  readonly shown = new Map<string, string>()

  /** A copy of a database as it is now; its name. */
  copy(database: string): string {
    const found = this.#databases.get(database)
    if (found === undefined) throw refuse('no-log')
    databases += 1
    const name = `agency_${databases}`
    this.#databases.set(name, { server: found.server.copy(), logins: new Map(found.logins) })
    return name
  }

  /** A database that was deleted: no login is accepted there. */
  drop(database: string): void {
    this.#databases.delete(database)
  }

  /** Gives a database another name than the one that it was given when it was set up. */
  rename(database: string, server: string): void {
    const found = this.#databases.get(database)
    if (found !== undefined) this.#databases.set(database, { ...found, server: found.server.copy(server) })
  }

  open: TeamServers['open'] = ({ database, login }) => {
    const find = (): Log => {
      const found = this.#databases.get(this.shown.get(login) ?? database)
      const rights = found?.logins.get(login)
      if (found === undefined || rights === undefined) throw refuse('other-login')
      return found.server.connect(login, rights)
    }
    return new Proxy({} as Log, {
      get: (_, name: keyof Log) => {
        if (!CALLS.has(name)) return undefined
        if (name === 'close') return async () => undefined
        return async (...args: readonly never[]) => {
          await this.before(name, login)
          return (find()[name] as (...given: readonly never[]) => unknown)(...args)
        }
      },
      ownKeys: () => [...CALLS],
      getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
    })
  }

  /** The entries of a log as its server stores them, which the owner of a database can change. */
  stored(stream: string): StoredEntry[] {
    for (const { server } of this.#databases.values()) {
      try {
        return server.stored(stream)
      } catch {
        // Another server has it.
      }
    }
    throw new RangeError(`No server has the log ${stream}.`)
  }

  /** The summaries of a team as its server stores them, by client. */
  summaries({ server: { database } }: Prepared): Map<string, StoredSummary> {
    return this.#databases.get(database)?.server.summaries ?? new Map()
  }

  setUp: TeamServers['setUp'] = async (address, server, more) => {
    if (this.#databases.has(address.database)) throw refuse('not-empty')
    this.#databases.set(address.database, { server: createMemoryServer(server, () => this.now), logins: new Map() })
    await this.run(address, more)
  }

  run: TeamServers['run'] = async ({ database, login }, statements) => {
    if (login !== ADMINISTRATOR) throw refuse('not-allowed')
    for (const statement of statements) {
      const made = CREATED.exec(statement)?.groups
      const rights = made?.['owner'] === undefined ? 'member' : 'owner'
      if (made !== undefined) this.#databases.get(database)?.logins.set(made['login'] ?? '', rights)
    }
  }
}

const CALLS: ReadonlySet<keyof Log> = new Set(Object.keys(createMemoryServer('', () => 0).connect('')) as (keyof Log)[])

let databases = 0

/** An empty database of a server in memory. */
export function prepareInMemory(): Prepared {
  databases += 1
  return {
    server: { host: 'db.agency.example', port: 5432, database: `agency_${databases}`, authority: null },
    administrator: { login: ADMINISTRATOR, password: 'x' },
  }
}

/** A team whose server is in memory, with its founder's service and one client, `acme`. */
export async function foundInMemory() {
  const servers = new MemoryServers()
  const prepared = prepareInMemory()
  const make = (): Promise<Service> => newService({ teamServers: servers })
  const founder = await foundedService(prepared, make)
  return {
    servers,
    prepared,
    founder,
    make,
    join: (name: string, roles: readonly ('owner' | 'auditor' | 'people')[] = []) =>
      joinedService(founder, prepared, { name, email: `${name.toLowerCase()}@northlight.example`, roles }, make),
  }
}
