import { readFileSync } from 'node:fs'

import type { ServerAddress } from '../../../../electron/team/postgres/connect.ts'
import { openPostgresLog } from '../../../../electron/team/postgres/postgres-log.ts'
import { loginSql, run, setUpServer } from '../../../../electron/team/postgres/set-up.ts'
import { type Postgres, startPostgres } from '../../../postgres/server.ts'
import { type Authority, makeAuthority } from '../../../providers/authority.ts'
import { closeAfterTest } from '../../../temporary/closing.ts'
import { type Connect, crypto, SERVER } from '../world.ts'

/** A PostgreSQL with TLS, and a role that sets up databases. */
export interface TeamServer {
  readonly postgres: Postgres
  readonly authority: Authority
  /** An empty database with the tables of a team. `id`: the name that it gets there. */
  createDatabase(id?: string): Promise<TeamDatabase>
  /** Another server with all that this one has, which goes on with it until it is promoted; it ends after the test. */
  startStandby(): Promise<Postgres>
  stop(): Promise<void>
}

export interface TeamDatabase {
  readonly name: string
  /** The address of a login; its password is its name. */
  address(login: string): ServerAddress
  /** Makes a login; its password is its name, or another one. */
  addLogin(login: string, rights: 'member' | 'owner', password?: string): Promise<void>
  /** Makes the login and opens the log; it is closed after the test. */
  readonly connect: Connect
}

/** The role that sets up databases, and owns their tables. */
export const SET_UP = 'set_up'

/** Starts one; every statement is in its log. Throws where PostgreSQL is not installed: the set-up installs it. */
export async function startTeamServer(): Promise<TeamServer> {
  const authority = makeAuthority()
  // Nothing here ends the server on purpose, so it need not wait for the disk.
  const settings = ['log_statement=all', 'fsync=off', 'max_connections=60']
  const postgres = await startPostgres({ tls: authority, settings })
  if (postgres === null) throw new Error('PostgreSQL is not installed. Run: npm run setup')
  const port = postgres.port ?? 0
  await postgres.sql(`CREATE ROLE ${SET_UP} LOGIN CREATEROLE CREATEDB PASSWORD '${SET_UP}'`)
  let databases = 0
  return {
    postgres,
    authority,
    createDatabase: async (id = SERVER) => {
      databases += 1
      const name = `team_${databases}`
      await postgres.sql(`CREATE DATABASE ${name} OWNER ${SET_UP}`)
      const at = (login: string): ServerAddress => ({
        host: '127.0.0.1',
        port,
        database: name,
        login,
        password: login,
        authority: readFileSync(authority.file, 'utf8'),
      })
      const named = (login: string): string => `${login}_${name}`
      await setUpServer(at(SET_UP), id)
      const database: TeamDatabase = {
        name,
        address: (login) => at(named(login)),
        addLogin: (login, rights, password = named(login)) =>
          run(at(SET_UP), [loginSql(crypto, id, named(login), password, rights)]),
        connect: async (login, rights, team) => {
          await run(at(SET_UP), [loginSql(crypto, id, login, login, rights)])
          return closeAfterTest(openPostgresLog(at(login), team))
        },
      }
      return database
    },
    startStandby: async () => {
      const standby = await startPostgres({ tls: authority, settings, standbyOf: postgres })
      if (standby === null) throw new Error('PostgreSQL is not installed. Run: npm run setup')
      closeAfterTest({ close: () => standby.stop() })
      return standby
    },
    stop: () => postgres.stop(),
  }
}
