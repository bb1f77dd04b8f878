import type { TeamCrypto } from '../crypto.ts'
import type { LoginRights } from '../log.ts'
import { connect, type ServerAddress, toTeamLogError } from './connect.ts'
import { listPolicies, SCHEMA_VERSION, TABLES, toRoles } from './schema.ts'

const listRoles = (server: string): readonly string[] => Object.values(toRoles(server)) as string[]

/**
 * Makes the tables of a team in an empty database, and runs more statements, such as those of the first login, in the same
 * transaction: all or nothing. `address`: a login that may create roles and schemas; its role then owns the tables and is
 * not used again, and no team's login is one. Throws `TeamLogError`.
 */
export async function setUpServer(address: ServerAddress, server: string, more: readonly string[] = []): Promise<void> {
  const client = await connect(address)
  try {
    // Roles are those of the whole server, where a copy of this database may have them.
    const roles = listRoles(server)
    const { rows } = await client.query<{ rolname: string }>('SELECT rolname FROM pg_roles WHERE rolname = ANY($1)', [
      roles,
    ])
    const missing = roles.filter((role) => !rows.some(({ rolname }) => rolname === role))
    await client.query('BEGIN')
    for (const statement of [...missing.map((role) => `CREATE ROLE ${role} NOLOGIN`), ...listTables(server), ...more]) {
      await client.query(statement)
    }
    await client.query('COMMIT')
  } catch (error) {
    throw toTeamLogError(error, `${address.host}:${address.port}`)
  } finally {
    await client.end()
  }
}

/** The same as SQL, to run in the empty database by its administrator. */
export function listSetUpSql(server: string, more: readonly string[]): readonly string[] {
  // PostgreSQL has no CREATE ROLE IF NOT EXISTS.
  const roles = listRoles(server).map(
    (role) => `DO $$ BEGIN CREATE ROLE ${role} NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$`,
  )
  return ['BEGIN', ...roles, ...listTables(server), ...more, 'COMMIT']
}

function listTables(server: string): readonly string[] {
  // Before the policies, since they hold for the role that owns the tables too.
  const named = `INSERT INTO castellan.server (server_id, schema_version) VALUES ('${server}', ${SCHEMA_VERSION})`
  return [...TABLES, named, ...listPolicies(toRoles(server))]
}

/** The form of the name of a login. */
const LOGIN = /^[a-z_][a-z0-9_]{0,62}$/u

/**
 * The SQL that makes a login, to run here or by the administrator of the database. It has a verifier instead of the
 * password, so neither the server's log nor a person who runs it sees that. `server`: the name of the team's database. Throws
 * `RangeError` for a name that is none.
 */
export function loginSql(
  crypto: TeamCrypto,
  server: string,
  login: string,
  password: string,
  rights: LoginRights,
): string {
  const verifier = crypto.createScramVerifier(password)
  const { member, owner } = toRoles(server)
  const roles = rights === 'owner' ? `${member}, ${owner}` : member
  return `CREATE ROLE ${requireLogin(login)} LOGIN PASSWORD '${verifier}' IN ROLE ${roles}`
}

/** The SQL that ends a login: it cannot connect any more, and what it has open ends. */
export function endLoginSql(login: string): readonly string[] {
  return [
    `ALTER ROLE ${requireLogin(login)} NOLOGIN`,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${login}'`,
  ]
}

/** The SQL that gives a login the rights that it should have; null: it ends. */
export function alignLoginSql(server: string, login: string, rights: LoginRights | null): readonly string[] {
  if (rights === null) return endLoginSql(login)
  const [verb, preposition] = rights === 'owner' ? ['GRANT', 'TO'] : ['REVOKE', 'FROM']
  return [`${verb} ${toRoles(server).owner} ${preposition} ${requireLogin(login)}`]
}

/** The SQL that takes the rights of an owner from a login that the signed history does not know; to run once a person has looked. */
export function otherOwnerSql(server: string, login: string): string {
  const named = `"${login.replaceAll('"', '""')}"`
  return `REVOKE ${toRoles(server).owner} FROM ${named} /* No device of the team has this login. Keep it if an owner was just invited under it. */`
}

/**
 * The SQL by which a login may make and end the logins of members: before PostgreSQL 16 that is every login of the server
 * but those of superusers, after it those that it made.
 */
export function manageLoginsSql(server: string, login: string): readonly string[] {
  return [
    `ALTER ROLE ${requireLogin(login)} CREATEROLE`,
    `GRANT ${listRoles(server).join(', ')} TO ${login} WITH ADMIN OPTION`,
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
