import type { NewLogin, ServerAddress, TeamServer } from '../server.ts'
import { connect, toServerError } from './connect.ts'
import { openPostgresServer } from './postgres-server.ts'
import { listFounder, listSchema } from './schema.ts'

/** How the servers of teams are reached. Every call may throw `TeamServerError`. */
export interface TeamServers {
  /** The server of a team under one login. It connects when something is asked. */
  open(address: ServerAddress, team: string): TeamServer
  /** Makes the database of a team with the founder's login; all or nothing. */
  setUp(administrator: ServerAddress, team: string, founder: NewLogin): Promise<void>
  /** The same as SQL, to run in the empty database by its administrator. */
  listSetUpSql(team: string, founder: NewLogin): readonly string[]
  /** The administrator's address of a server that this machine hosts for a team; null where it hosts none, or another one. */
  findHosted(place: Pick<ServerAddress, 'host' | 'port' | 'database'> | null): Promise<ServerAddress | null>
}

export const POSTGRES: TeamServers = {
  open: (address) => openPostgresServer(address),
  setUp: async (administrator, team, founder) => {
    const client = await connect(administrator)
    try {
      await client.query('BEGIN')
      for (const statement of listSetUp(team, founder)) await client.query(statement)
      await client.query('COMMIT')
    } catch (error) {
      throw toServerError(error, `${administrator.host}:${administrator.port}`)
    } finally {
      await client.end()
    }
  },
  listSetUpSql: (team, founder) => ['BEGIN', ...listSetUp(team, founder), 'COMMIT'],
  findHosted: async () => null,
}

function listSetUp(team: string, founder: NewLogin): readonly string[] {
  const server = globalThis.crypto.randomUUID()
  return [...listSchema(team, server), ...listFounder(team, founder)]
}
