import type { Client } from 'pg'

import { TeamLogError, type TeamLogProblem } from '../log.ts'

/** Where a team's server is, and one login of it. */
export interface ServerAddress {
  readonly host: string
  readonly port: number
  readonly database: string
  readonly login: string
  readonly password: string
  /** The authority that issued the server's certificate, in PEM; left out where Node or the system knows it. */
  readonly authority?: string | undefined
}

const CONNECT_MS = 15_000
const STATEMENT_MS = 60_000
/** How long a statement waits for another login's transaction, which any member can leave open. */
const LOCK_MS = 15_000
/** PostgreSQL's type of 64-bit integers, which `pg` gives as text. `isEntry` refuses one that has no exact number here. */
const INT8: readonly number[] = [20]

/** What the types of `pg` do not name. */
const NOT_NAMED = { replication: 'off' }

/**
 * Connects over TLS, with the server's certificate and its name checked; a server without TLS is refused, on this machine
 * too. Nothing of the environment is used. Throws `TeamLogError`.
 */
export async function connect(address: ServerAddress, lockMs = LOCK_MS): Promise<Client> {
  const { host, port, database, login, password, authority } = address
  const { default: pg } = await import('pg')
  const client = new pg.Client({
    host,
    port,
    database,
    user: login,
    password,
    ssl: { rejectUnauthorized: true, minVersion: 'TLSv1.2', ...(authority === undefined ? {} : { ca: authority }) },
    enableChannelBinding: true,
    application_name: 'castellan',
    // `pg` takes what is left out here from the environment.
    options: '-c search_path=pg_catalog',
    client_encoding: 'UTF8',
    sslnegotiation: 'postgres',
    ...NOT_NAMED,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: STATEMENT_MS,
    lock_timeout: lockMs,
    keepAlive: true,
    types: {
      getTypeParser: (type, format) => (INT8.includes(type) ? Number : pg.types.getTypeParser(type, format)),
    },
  })
  // A connection that breaks while nothing is asked of it is noticed at the next statement.
  client.on('error', () => undefined)
  try {
    await client.connect()
    return client
  } catch (error) {
    throw toTeamLogError(error, `${host}:${port}`)
  }
}

/** SQLSTATE classes and Node's codes, with what they mean here. */
const PROBLEMS: readonly (readonly [RegExp, TeamLogProblem])[] = [
  [/^(?:28P01|28000)$/u, 'other-login'],
  [/^(?:3D000|3F000|42P01)$/u, 'no-log'],
  [/^42501$/u, 'not-allowed'],
  [/^55P03$/u, 'held'],
  [/^42P06$/u, 'not-empty'],
  [/^(?:08|57P|53|XX)/u, 'offline'],
  [/^(?:ECONN|ENOTFOUND|EAI_|EHOST|ENET|ETIMEDOUT|EPIPE)/u, 'offline'],
  [/^(?:CERT_HAS_EXPIRED|CERT_NOT_YET_VALID)$/u, 'old-certificate'],
  [/CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS/u, 'other-certificate'],
]

/** The words of `pg`, where it has no code. */
const WORDS: readonly (readonly [RegExp, TeamLogProblem])[] = [
  [/does not support SSL/u, 'no-tls'],
  [/Query read timeout/u, 'slow'],
  [/terminated|timeout|not queryable|Connection ended|closed/iu, 'offline'],
]

const MESSAGES: Readonly<Record<TeamLogProblem, (where: string) => string>> = {
  offline: (where) =>
    `The team's server at ${where} does not answer. Work goes on here, and is exchanged when it answers again.`,
  slow: (where) =>
    `The team's server at ${where} did not answer in time. Work goes on here; less is exchanged together the next time.`,
  'old-certificate': (where) =>
    `The certificate of the team's server at ${where} has expired or is not valid yet, by the clock of this machine. Check the clock, or ask its administrator to renew it.`,
  'no-tls': (where) =>
    `The team's server at ${where} offers no TLS, so nothing was sent. Ask its administrator to set ssl = on with a certificate.`,
  'other-certificate': (where) =>
    `The certificate of the team's server at ${where} is not valid for that name, or its authority is not known here. Check the address and the authority in the invite.`,
  'other-login': (where) =>
    `The team's server at ${where} does not accept this device's login. Ask an owner whether the device was revoked.`,
  held: (where) =>
    `Another login holds the next place in a stream of the team's server at ${where} by a transaction that it does not end. Ask its administrator to end it: SELECT pid, usename FROM pg_stat_activity WHERE state = 'idle in transaction'.`,
  'not-allowed': (where) =>
    `The team's server at ${where} does not allow this to this device. Ask an owner for access.`,
  'no-log': (where) =>
    `The database at ${where} contains no team. Check its name, or set it up with castellan team init.`,
  'not-empty': (where) => `The database at ${where} contains a team already. Give the new team an empty database.`,
  'other-version': (where) =>
    `The tables of the team at ${where} are of another version of Castellan. Update Castellan on this device, or ask an owner to upgrade the tables.`,
  'other-server': (where) => `The database at ${where} is not the one that the team uses. Check its address.`,
  refused: (where) => `The team's server at ${where} refused a statement. Check its version and its log.`,
}

/** What a failure of the server or of the way to it means, in words for people. */
export function toTeamLogError(error: unknown, where: string): TeamLogError {
  if (error instanceof TeamLogError) return error
  const problem = findProblem(error)
  return new TeamLogError(problem, MESSAGES[problem](where), { cause: error })
}

export function createProblem(problem: TeamLogProblem, where: string): TeamLogError {
  return new TeamLogError(problem, MESSAGES[problem](where))
}

/** The SQLSTATE of the server or the code of Node; empty where there is none. */
export function findCode(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : ''
}

function findProblem(error: unknown): TeamLogProblem {
  const code = findCode(error)
  const text = error instanceof Error ? error.message : ''
  const found = PROBLEMS.find(([form]) => form.test(code)) ?? WORDS.find(([form]) => form.test(text))
  return found?.[1] ?? 'refused'
}
