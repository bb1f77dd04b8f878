import { readHosted } from '../../host/hosted.ts'
import type { InvitePlace } from '../invite.ts'
import type { NewLogin, ServerAddress, TeamServer } from '../server.ts'
import { openServer } from './server.ts'
import { listSetUpSql, setUp } from './set-up.ts'

/** How the servers of teams are reached. Every call may throw `TeamServerError`. */
export interface TeamServers {
  /** The server of a team under one login. It connects when something is asked. */
  open(address: ServerAddress): TeamServer
  /** Makes the database of a team with the founder's login; all or nothing. */
  setUp(administrator: ServerAddress, team: string, founder: NewLogin): Promise<void>
  /** The same as SQL, to run in the empty database by its administrator. */
  listSetUpSql(team: string, founder: NewLogin): readonly string[]
  /** The administrator's address of a server that this machine hosts for a team; null where it hosts none, or another one. */
  findHosted(place: InvitePlace | null): Promise<ServerAddress | null>
}

export const POSTGRES: TeamServers = {
  open: openServer,
  setUp,
  listSetUpSql,
  findHosted: async (place) => {
    const hosted = await readHosted()
    if (hosted === null) return null
    const isIt = place === null || (place.host === hosted.host && place.port === hosted.port)
    return isIt ? { ...hosted, database: place?.database ?? hosted.database } : null
  },
}
