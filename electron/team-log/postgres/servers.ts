import type { InvitePlace } from '../invite.ts'
import type { NewLogin, ServerAddress, TeamServer } from '../server.ts'

/** How servers of teams are reached. */
export interface TeamServers {
  open(address: ServerAddress, team: string): TeamServer
  /** Sets up an empty database for a team, with the login of its founder. Throws `TeamServerError`. */
  setUp(administrator: ServerAddress, team: string, founder: NewLogin): Promise<void>
  /** The statements that do so, for an administrator elsewhere. */
  listSetUpSql(team: string, founder: NewLogin): readonly string[]
  /** The administrator's address of the database that this machine hosts; null: none, or another one than the place. */
  findHosted(place: InvitePlace | null): Promise<ServerAddress | null>
}

export const POSTGRES = null as unknown as TeamServers
