import type { Client } from 'pg'

import type { NewLogin, ServerAddress } from '../server.ts'
import { connect, createProblem, findCode, toServerError } from './connect.ts'
import { FUNCTIONS } from './functions.ts'
import { LOGIN_FUNCTIONS } from './login-functions.ts'
import { DEVICE_FUNCTIONS, POLICIES, SCHEMA_VERSION, TABLES } from './tables.ts'

/** The roles of a team: roles are those of a whole server, where another database may have another team. */
export function toRoles(team: string): { readonly guard: string; readonly device: string } {
  if (!/^[0-9a-f-]{36}$/u.test(team)) throw new RangeError(`This is not the name of a team: ${JSON.stringify(team)}`)
  const id = team.replaceAll('-', '')
  return { guard: `castellan_guard_${id}`, device: `castellan_device_${id}` }
}

const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** The statements of a team's tables, functions and first login, for an empty database: all or nothing. */
function listStatements(team: string, founder: NewLogin): readonly string[] {
  const { guard, device } = toRoles(team)
  const names = { guard, device, version: String(SCHEMA_VERSION), server: globalThis.crypto.randomUUID() }
  const fill = (text: string): string =>
    Object.entries(names).reduce((filled, [name, value]) => filled.replaceAll(`@${name}@`, value), text)
  const { login, member, owner, verifier, until } = founder
  const values = [login, founder.device, member].map(quote).join(', ')
  // The roles may be there from another database of the team on this server.
  const create = (role: string): string =>
    `DO $$ BEGIN CREATE ROLE ${role}; EXCEPTION WHEN duplicate_object THEN NULL; END $$`
  return [
    create(`${guard} NOLOGIN CREATEROLE`),
    `GRANT ${guard} TO CURRENT_USER`,
    `CREATE SCHEMA castellan AUTHORIZATION ${guard}`,
    `SET LOCAL ROLE ${guard}`,
    create(`${device} NOLOGIN`),
    ...[TABLES, ...FUNCTIONS, ...LOGIN_FUNCTIONS, POLICIES].map(fill),
    `GRANT EXECUTE ON FUNCTION ${DEVICE_FUNCTIONS.map((name) => `castellan.${name}`).join(', ')} TO ${device}`,
    `SELECT castellan.make_login(${values}, ${owner}, ${quote(verifier)}, ${until ?? 'NULL'})`,
    'RESET ROLE',
    `REVOKE ${guard} FROM CURRENT_USER`,
    // No temporary tables, and no other logins of the server.
    "DO $$ BEGIN EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database()); END $$",
    `DO $$ BEGIN EXECUTE format('GRANT CONNECT ON DATABASE %I TO ${device}', current_database()); END $$`,
    'REVOKE ALL ON SCHEMA public FROM PUBLIC',
  ]
}

/** The set-up as SQL, to run in the empty database by an administrator who has CREATEROLE and owns the database. No password is in it. */
export function listSetUpSql(team: string, founder: NewLogin): readonly string[] {
  return ['BEGIN', ...listStatements(team, founder).map((text) => text.trim().replace(/;$/u, '')), 'COMMIT']
}

/**
 * Sets a team up in an empty database, which is made where it is missing. Where the same team is there already, it changes nothing: an attempt
 * that was cut is repeated. `administrator`: a login with CREATEROLE and CREATEDB. Throws `TeamServerError`.
 */
export async function setUp(administrator: ServerAddress, team: string, founder: NewLogin): Promise<void> {
  const where = `${administrator.host}:${administrator.port}`
  const client = await connectOrCreate(administrator)
  try {
    const { rows } = await client.query<{ owner: string }>(
      `SELECT pg_get_userbyid(nspowner) AS owner FROM pg_namespace WHERE nspname = 'castellan'`,
    )
    if (rows[0]?.owner === toRoles(team).guard) return
    if (rows.length > 0) throw createProblem('not-empty', where)
    await client.query(listSetUpSql(team, founder).join(';\n'))
  } catch (error) {
    throw toServerError(error, where)
  } finally {
    await client.end()
  }
}

async function connectOrCreate(administrator: ServerAddress): Promise<Client> {
  try {
    return await connect(administrator)
  } catch (error) {
    if (findCode(error instanceof Error ? error.cause : null) !== '3D000') throw error
    const client = await connect({ ...administrator, database: 'postgres' })
    try {
      await client.query(`CREATE DATABASE "${administrator.database.replaceAll('"', '""')}"`)
    } catch (failure) {
      throw toServerError(failure, `${administrator.host}:${administrator.port}`)
    } finally {
      await client.end()
    }
    return connect(administrator)
  }
}
