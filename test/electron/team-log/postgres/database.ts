import { readFileSync } from 'node:fs'

import { loadTeamCrypto } from '../../../../electron/team-log/crypto.ts'
import { openServer } from '../../../../electron/team-log/postgres/server.ts'
import { setUp } from '../../../../electron/team-log/postgres/set-up.ts'
import type { NewLogin, ServerAddress, TeamServer } from '../../../../electron/team-log/server.ts'
import { type Postgres, startPostgres } from '../../../postgres/server.ts'
import { makeAuthority } from '../../../providers/authority.ts'
import { closeAfterTest } from '../../../temporary/closing.ts'

export const crypto = await loadTeamCrypto()

/** A PostgreSQL with TLS, and a login that sets up databases: CREATEROLE and CREATEDB, and no superuser. */
export interface TeamPostgres {
  readonly postgres: Postgres
  /** A team in a database of its own. `boss` is its founder. */
  createTeam(): Promise<TeamDatabase>
  /** The address of a login; its password is its name. */
  address(login: string, database: string): ServerAddress
  stop(): Promise<void>
}

export interface TeamDatabase {
  readonly name: string
  readonly team: string
  /** Names are those of a whole server, so each has that of the database at its end. */
  login(name: string): string
  describe(name: string, member: string, isOwner?: boolean): NewLogin
  address(name: string): ServerAddress
  /** The server as a login sees it; it is closed after the test. */
  open(name: string): TeamServer
  /** Lets a device in. */
  admit(name: string, member: string, isOwner?: boolean): Promise<TeamServer>
  /** Runs SQL as superuser. */
  sql(text: string): Promise<string>
}

/** The login that sets up databases. */
export const SET_UP = 'set_up'

export function toUuid(text: string): string {
  const hash = [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7)
  const digits = hash.toString(16).padStart(8, '0')
  return `${digits}-0000-4000-8000-${digits}0000`
}

/** Starts one. Throws where PostgreSQL is not installed: the set-up installs it. */
export async function startTeamPostgres(more: readonly string[] = []): Promise<TeamPostgres> {
  const authority = makeAuthority()
  // Nothing here ends the server on purpose, so it need not wait for the disk.
  const settings = ['fsync=off', 'max_connections=60', ...more]
  const postgres = await startPostgres({ tls: authority, settings })
  if (postgres === null) throw new Error('PostgreSQL is not installed. Run: npm run setup')
  await postgres.sql(`CREATE ROLE ${SET_UP} LOGIN CREATEROLE CREATEDB PASSWORD '${SET_UP}'`)
  const address = (login: string, database: string): ServerAddress => ({
    host: '127.0.0.1',
    port: postgres.port ?? 0,
    database,
    login,
    password: login,
    authority: readFileSync(authority.file, 'utf8'),
  })
  let databases = 0
  return {
    postgres,
    address,
    createTeam: async () => {
      databases += 1
      const name = `team_${databases}`
      const team = `00000000-0000-4000-8000-${String(databases).padStart(12, '0')}`
      const database: TeamDatabase = {
        name,
        team,
        login: (login) => `${login}_${name}`,
        describe: (login, member, owner = false) => ({
          login: `${login}_${name}`,
          device: toUuid(`device ${login}`),
          member: toUuid(`member ${member}`),
          owner,
          verifier: crypto.createScramVerifier(`${login}_${name}`),
          until: null,
        }),
        address: (login) => address(`${login}_${name}`, name),
        open: (login) => closeAfterTest(openServer(database.address(login), team)),
        admit: async (login, member, isOwner) => {
          const boss = openServer(database.address('boss'), team)
          await boss.admit(database.describe(login, member, isOwner))
          await boss.close()
          return database.open(login)
        },
        sql: (text) => postgres.sql(text, name),
      }
      await setUp(address(SET_UP, name), team, database.describe('boss', 'boss', true))
      return database
    },
    stop: () => postgres.stop(),
  }
}
