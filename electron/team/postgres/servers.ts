import type { TeamAdministration, TeamLog } from '../log.ts'
import type { ServerAddress } from './connect.ts'
import { openPostgresLog } from './postgres-log.ts'
import { run, setUpServer } from './set-up.ts'

/** How the servers of teams are reached. Every call may throw `TeamLogError`. */
export interface TeamServers {
  /** The log of a team under one login. It connects when something is asked. */
  open(address: ServerAddress, team: string): TeamLog & TeamAdministration
  /** Makes the tables of a team in an empty database, and runs more statements; all or nothing. */
  setUp(address: ServerAddress, server: string, more: readonly string[]): Promise<void>
  /** Runs statements in one transaction. */
  run(address: ServerAddress, statements: readonly string[]): Promise<void>
}

export const POSTGRES: TeamServers = { open: openPostgresLog, setUp: setUpServer, run }
