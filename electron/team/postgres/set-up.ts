import type { TeamCrypto } from '../crypto.ts'
import { connect, type ServerAddress, toTeamLogError } from './connect.ts'
import { MEMBER_ROLE, OWNER_ROLE, POLICIES, SCHEMA_VERSION, TABLES } from './schema.ts'

/**
 * Makes the tables of a team in an empty database, in one transaction. `address`: a login that may create roles and
 * schemas; its role then owns the tables and is not used again, and no team's login is one. Throws `TeamLogError`.
 */
export async function setUpServer(address: ServerAddress, server: string): Promise<void> {
  const client = await connect(address)
  try {
    // Roles are those of the whole server, where another team's database may have made them.
    const { rows } = await client.query<{ rolname: string }>('SELECT rolname FROM pg_roles WHERE rolname = ANY($1)', [
      [MEMBER_ROLE, OWNER_ROLE],
    ])
    const missing = [MEMBER_ROLE, OWNER_ROLE].filter((role) => !rows.some(({ rolname }) => rolname === role))
    await client.query('BEGIN')
    for (const statement of [...missing.map((role) => `CREATE ROLE ${role} NOLOGIN`), ...TABLES]) {
      await client.query(statement)
    }
    // Before the policies, since they hold for the role that owns the tables too.
    const named = 'INSERT INTO castellan.server (server_id, schema_version) VALUES ($1, $2)'
    await client.query(named, [server, SCHEMA_VERSION])
    for (const statement of POLICIES) await client.query(statement)
    await client.query('COMMIT')
  } catch (error) {
    throw toTeamLogError(error, `${address.host}:${address.port}`)
  } finally {
    await client.end()
  }
}

/** The form of the name of a login. */
const LOGIN = /^[a-z_][a-z0-9_]{0,62}$/u

/**
 * The SQL that makes a login, to run here or by the administrator of the database. It has a verifier instead of the
 * password, so neither the server's log nor a person who runs it sees that. Throws `RangeError` for a name that is none.
 */
export function loginSql(crypto: TeamCrypto, login: string, password: string, rights: 'member' | 'owner'): string {
  const verifier = crypto.createScramVerifier(password)
  const roles = rights === 'owner' ? `${MEMBER_ROLE}, ${OWNER_ROLE}` : MEMBER_ROLE
  return `CREATE ROLE ${requireLogin(login)} LOGIN PASSWORD '${verifier}' IN ROLE ${roles}`
}

/** The SQL that ends a login: it cannot connect any more, and what it has open ends. */
export function endLoginSql(login: string): readonly string[] {
  return [
    `ALTER ROLE ${requireLogin(login)} NOLOGIN`,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${login}'`,
  ]
}

/** The SQL by which a login replaces its own password. */
export function passwordSql(crypto: TeamCrypto, login: string, password: string): string {
  return `ALTER ROLE ${requireLogin(login)} PASSWORD '${crypto.createScramVerifier(password)}'`
}

/** Runs statements in one transaction. Throws `TeamLogError`. */
export async function run(address: ServerAddress, statements: readonly string[]): Promise<void> {
  const client = await connect(address)
  try {
    await client.query(['BEGIN', ...statements, 'COMMIT'].join(';\n'))
  } catch (error) {
    throw toTeamLogError(error, `${address.host}:${address.port}`)
  } finally {
    await client.end()
  }
}

function requireLogin(login: string): string {
  if (!LOGIN.test(login)) throw new RangeError(`This is not the name of a login: ${JSON.stringify(login)}`)
  return login
}
