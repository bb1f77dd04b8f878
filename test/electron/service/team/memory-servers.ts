import { type ServerAddress, type TeamServer, TeamServerError } from '../../../../electron/team/server.ts'
import type { TeamServers } from '../../../../electron/team/postgres/servers.ts'
import type { TeamPlace } from '../../../../electron/register/team/place.ts'
import type { Service } from '../../../../electron/service/process/open.ts'
import type { Inputs } from '../../../../shared/contract/contract.ts'
import { openMemoryServer } from '../../../team/memory-server.ts'
import { createWorld, type MemoryWorld } from '../../../team/memory-world.ts'
import { newService } from '../services.ts'

export interface MemoryServers extends TeamServers {
  readonly worlds: Map<string, MemoryWorld>
  /** The address of the database that this machine hosts; null: none. */
  hosted: ServerAddress | null
  /** The clock of the servers. */
  now: () => number
  /** Called before each call, with its name; what it throws is what the call ends with. */
  before: (call: keyof TeamServer, login: string) => void
}

/** Servers of teams in memory, by the names of their databases. */
export function createServers(): MemoryServers {
  const worlds = new Map<string, MemoryWorld>()
  const servers: MemoryServers = {
    worlds,
    hosted: null,
    now: Date.now,
    before: () => undefined,
    open: ({ database, login }) => {
      const find = (): TeamServer => {
        const world = worlds.get(database)
        if (world === undefined) throw new TeamServerError('not-set-up', 'The database is empty. Found a team there.')
        world.now = servers.now()
        return openMemoryServer(world, login)
      }
      const calls = Object.keys(openMemoryServer(createWorld(), '')) as (keyof TeamServer)[]
      return Object.fromEntries(
        calls.map((call) => [
          call,
          async (...args: readonly never[]) => {
            if (call === 'close') return undefined
            servers.before(call, login)
            return (find()[call] as (...given: readonly never[]) => unknown)(...args)
          },
        ]),
      ) as unknown as TeamServer
    },
    setUp: async ({ database, login }, _, founder) => {
      if (login !== 'set_up') throw new TeamServerError('not-allowed', 'The login may not make roles. Use another.')
      const world = createWorld()
      world.logins.set(founder.login, { ...founder, room: 2e9 })
      worlds.set(database, world)
    },
    listSetUpSql: () => ['CREATE SCHEMA castellan;'],
    findHosted: async (place) => (place === null || place.host === servers.hosted?.host ? servers.hosted : null),
  }
  return servers
}

export const FOUNDER = { team: 'Northlight', name: 'Mara Lind', email: 'mara@northlight.example' }
export const ADMINISTRATOR = { login: 'set_up', password: 'x' }
export const toServer = (database: string) => ({ host: 'db.agency.example', port: 5432, database, authority: null })

/** The place of a member in a team that a register is given. */
export const PLACE_IN_TEAM: TeamPlace = {
  team: '01890000-0000-7000-8000-00000000aaaa',
  server: toServer('agency'),
  login: 'castellan_bbbb',
  device: '01890000-0000-7000-8000-00000000bbbb',
  signKey: 'ab'.repeat(32),
  root: 'cd'.repeat(32),
  member: '01890000-0000-7000-8000-00000000cccc',
  name: FOUNDER.name,
  founding: null,
  invite: null,
  named: null,
}

type Invited = Partial<Inputs['team']['invite']>

/** Lets a person in at a new profile by an invite of the founder. */
export async function letIn(founder: Service, servers: MemoryServers, name: string, more: Invited): Promise<Service> {
  const email = `${name.toLowerCase()}@northlight.example`
  const { code } = await founder.api.team.invite({ email, name, ...more })
  const service = await newService({ teamServers: servers })
  await service.api.team.join({ code })
  await founder.api.team.exchange()
  await service.api.team.exchange()
  return service
}

let databases = 0

/** A team with its founder's service and one client, `acme`. */
export async function foundInMemory() {
  databases += 1
  const database = `agency_${databases}`
  const servers = createServers()
  const make = (): Promise<Service> => newService({ teamServers: servers })
  const founder = await make()
  await founder.api.client.add({ name: 'Acme', slug: 'acme' })
  const { paper } = await founder.api.team.init({
    ...FOUNDER,
    server: toServer(database),
    administrator: ADMINISTRATOR,
  })
  const join = (name: string, more: Invited = {}): Promise<Service> => letIn(founder, servers, name, more)
  const world = servers.worlds.get(database)
  if (world === undefined) throw new Error('The database was not set up.')
  return { servers, database, world, founder, make, join, paper: paper ?? '' }
}
