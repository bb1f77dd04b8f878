import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'

import { createScramVerifierOf } from './scram.ts'
import { POSTGRES } from '../../electron/team/postgres/servers.ts'
import type { ServerAddress, TeamServer } from '../../electron/team/server.ts'
import { type Postgres, startPostgres } from '../postgres/server.ts'
import { type Authority, makeAuthority } from '../providers/authority.ts'
import { closeAfterTest } from '../temporary/closing.ts'

/** A PostgreSQL with TLS, and a role that sets up databases with few rights. */
export interface TeamPostgres {
  readonly postgres: Postgres
  readonly authority: Authority
  /** An empty database that a team may be founded in, by the address of the administrator. */
  createDatabase(): Promise<ServerAddress>
  stop(): Promise<void>
}

const SET_UP = 'set_up'

/** Starts one; every statement is in its log. Throws where PostgreSQL is not installed: the set-up installs it. */
export async function startTeamPostgres(more: readonly string[] = []): Promise<TeamPostgres> {
  const authority = makeAuthority()
  // Nothing here ends the server on purpose, so it need not wait for the disk.
  const settings = ['log_statement=all', 'fsync=off', 'max_connections=100', ...more]
  const postgres = await startPostgres({ tls: authority, settings })
  if (postgres === null) throw new Error('PostgreSQL is not installed. Run: npm run setup')
  const port = postgres.port ?? 0
  await postgres.sql(`CREATE ROLE ${SET_UP} LOGIN CREATEROLE CREATEDB PASSWORD '${SET_UP}'`)
  let databases = 0
  return {
    postgres,
    authority,
    createDatabase: async () => {
      databases += 1
      const name = `team_${databases}`
      await postgres.sql(`CREATE DATABASE ${name} OWNER ${SET_UP}`)
      return {
        host: '127.0.0.1',
        port,
        database: name,
        login: SET_UP,
        password: SET_UP,
        authority: readFileSync(authority.file, 'utf8'),
      }
    },
    stop: () => postgres.stop(),
  }
}

/** A login with its server; the password of a login is its name. */
export interface LoggedIn {
  readonly login: string
  readonly device: string
  readonly member: string
  readonly server: TeamServer
}

/** The name of a login as the product makes them. */
export function toLogin(): string {
  return `castellan_${randomUUID().replaceAll('-', '').slice(0, 12)}`
}

/** Opens a login, whose connection ends after the test. */
export function logIn(address: ServerAddress, login: string, password = login): TeamServer {
  return closeAfterTest(POSTGRES.open({ ...address, login, password }))
}

/** Sets up the database of a team for a founder. */
export async function setUpTeam(
  address: ServerAddress,
  team = randomUUID(),
): Promise<LoggedIn & { readonly team: string }> {
  const [login, device, member] = [toLogin(), randomUUID(), randomUUID()]
  const verifier = await createScramVerifierOf(login)
  await POSTGRES.setUp(address, team, { login, device, member, owner: true, verifier, until: null })
  return { team, login, device, member, server: logIn(address, login) }
}

/** Makes a login by an owner's. */
export async function admit(
  address: ServerAddress,
  owner: TeamServer,
  named: { readonly owner?: boolean; readonly member?: string } = {},
): Promise<LoggedIn> {
  const [login, device] = [toLogin(), randomUUID()]
  const { owner: isOwner = false, member = randomUUID() } = named
  const verifier = await createScramVerifierOf(login)
  await owner.admit({ login, device, member, owner: isOwner, verifier, until: null })
  return { login, device, member, server: logIn(address, login) }
}
