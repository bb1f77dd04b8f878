import type { Client } from 'pg'

import { type ServerAddress, TeamServerError, type TeamServerProblem } from '../server.ts'

const CONNECT_MS = 15_000
const STATEMENT_MS = 60_000
/** How long a statement waits for another login's transaction, which any member can leave open. */
const LOCK_MS = 5000
/** PostgreSQL's type of 64-bit integers, which `pg` gives as text. */
const INT8 = 20

/** What the types of `pg` do not name. */
const NOT_NAMED = { replication: 'off' }

/**
 * Connects over TLS, with the server's certificate and its name checked; a server without TLS is refused, on this machine too, and one that asks for a
 * password in clear or as MD5. Nothing of the environment is used. Throws `TeamServerError`.
 */
export async function connect(address: ServerAddress): Promise<Client> {
  const { host, port, database, login, password, authority } = address
  const { default: pg } = await import('pg')
  const where = `${host}:${port}`
  const client = new pg.Client({
    host,
    port,
    database,
    user: login,
    password,
    ssl: { rejectUnauthorized: true, minVersion: 'TLSv1.2', ...(authority === null ? {} : { ca: authority }) },
    enableChannelBinding: true,
    application_name: 'castellan',
    // `pg` takes what is left out here from the environment.
    options: '-c search_path=pg_catalog',
    client_encoding: 'UTF8',
    sslnegotiation: 'postgres',
    ...NOT_NAMED,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: STATEMENT_MS,
    lock_timeout: LOCK_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 60_000,
    types: { getTypeParser: (type, format) => (type === INT8 ? Number : pg.types.getTypeParser(type, format)) },
  })
  // A connection that breaks while nothing is asked of it is noticed at the next statement.
  client.on('error', () => undefined)
  try {
    refuseWeakLogins(client, where)
    await client.connect()
    return client
  } catch (error) {
    await client.end().catch(() => undefined)
    throw toServerError(error, where)
  }
}

/** The server gets a password only by SCRAM, which shows it none. */
function refuseWeakLogins(client: Client, where: string): void {
  const { connection } = client as unknown as {
    connection: {
      removeAllListeners: (name: string) => void
      on: (name: string, act: () => void) => void
      stream: { destroy: (error: Error) => void }
    }
  }
  const refuse = (): void => connection.stream.destroy(createProblem('clear-password', where))
  for (const weak of ['authenticationCleartextPassword', 'authenticationMD5Password']) {
    connection.on(weak, refuse)
  }
  const own = client as unknown as Record<string, unknown>
  own['_handleAuthCleartextPassword'] = refuse
  own['_handleAuthMD5Password'] = refuse
}

/** SQLSTATE classes and Node's codes, with what they mean here. */
const PROBLEMS: readonly (readonly [RegExp, TeamServerProblem])[] = [
  [/^(?:28P01|28000)$/u, 'other-login'],
  [/^(?:3D000|3F000|42P01|42883)$/u, 'not-set-up'],
  [/^42501$/u, 'not-allowed'],
  [/^(?:55P03|57014)$/u, 'held'],
  [/^(?:42P06|42710)$/u, 'not-empty'],
  [/^(?:53100|53200|54)/u, 'full'],
  [/^53/u, 'no-connections'],
  [/^25006$/u, 'read-only'],
  [/^(?:08|57P)/u, 'offline'],
  [/^(?:ECONN|ENOTFOUND|EAI_|EHOST|ENET|ETIMEDOUT|EPIPE)/u, 'offline'],
  [/^(?:CERT_HAS_EXPIRED|CERT_NOT_YET_VALID)$/u, 'old-certificate'],
  [/CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS/u, 'other-certificate'],
]

/** The words of `pg`, where it has no code. */
const WORDS: readonly (readonly [RegExp, TeamServerProblem])[] = [
  [/does not support SSL/u, 'no-tls'],
  [/Query read timeout/u, 'slow'],
  [/terminated|timeout|not queryable|Connection ended|closed/iu, 'offline'],
]

const MESSAGES: Readonly<Record<TeamServerProblem, (where: string) => string>> = {
  offline: (where) =>
    `The team’s server at ${where} does not answer. Work goes on here, and is exchanged when it answers again.`,
  slow: (where) => `The team’s server at ${where} did not answer in time. Exchange again: castellan team exchange.`,
  full: (where) =>
    `The team’s server at ${where} is full. Ask its administrator for room on its disk; what waits stays here.`,
  'no-connections': (where) =>
    `The team’s server at ${where} has no connection left. Exchange again later, or ask its administrator to raise max_connections.`,
  'read-only': (where) =>
    `The team’s server at ${where} takes no changes: it may be a standby. Ask its administrator, or move the team: castellan team move.`,
  'old-certificate': (where) =>
    `The certificate of the team’s server at ${where} has expired or is not valid yet, by the clock of this machine. Check the clock, or renew it on the server: castellan team host renew.`,
  'no-tls': (where) =>
    `The team’s server at ${where} offers no TLS, so nothing was sent. Ask its administrator to set ssl = on with a certificate.`,
  'other-certificate': (where) =>
    `The certificate of the team’s server at ${where} is not valid for that name, or its authority is not known here. Give its authority: castellan team move --host HOST --authority FILE.`,
  'other-login': (where) =>
    `The team’s server at ${where} does not accept this device’s login. Ask an owner whether the device was revoked.`,
  'clear-password': (where) =>
    `The team’s server at ${where} asks for a password without SCRAM, so none was sent. Ask its administrator to set scram-sha-256 in pg_hba.conf.`,
  held: (where) =>
    `Another login holds a log of the team’s server at ${where} by a transaction that it does not end. An owner can shut it out: castellan team status shows who.`,
  'not-allowed': (where) => `The team’s server at ${where} does not allow this to this device. Ask an owner.`,
  'not-set-up': (where) =>
    `The database at ${where} contains no team. Check its name, or found one: castellan team init.`,
  'not-empty': (where) => `The database at ${where} contains a team already. Give the new team an empty database.`,
  'other-version': (where) =>
    `The tables of the team at ${where} are of another version of Castellan. Update Castellan on this device.`,
  refused: (where) => `The team’s server at ${where} refused a statement. Check its version and its log.`,
}

/** What a failure of the server or of the way to it means, in words for people. */
export function toServerError(error: unknown, where: string): TeamServerError {
  if (error instanceof TeamServerError) return error
  const problem = findProblem(error)
  return new TeamServerError(problem, MESSAGES[problem](where), { cause: error })
}

export function createProblem(problem: TeamServerProblem, where: string): TeamServerError {
  return new TeamServerError(problem, MESSAGES[problem](where))
}

/** The SQLSTATE of the server or the code of Node; empty where there is none. */
export function findCode(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : ''
}

function findProblem(error: unknown): TeamServerProblem {
  const code = findCode(error)
  const text = error instanceof Error ? error.message : ''
  const found = PROBLEMS.find(([form]) => form.test(code)) ?? WORDS.find(([form]) => form.test(text))
  return found?.[1] ?? 'refused'
}
