import type { Client, CustomTypesConfig } from 'pg'

import { type ServerAddress, TeamServerError, type TeamServerProblem } from '../server.ts'

const CONNECT_MS = 15_000
const STATEMENT_MS = 60_000
/** How long a statement waits for another login's transaction. */
const LOCK_MS = 5000
const KEEPALIVE_MS = 60_000

const readBytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.slice(2), 'hex'))

/** How values come from the server, by the number of their type; all others are text. */
const PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  16: (text) => text === 't',
  17: readBytes,
  20: Number,
  21: Number,
  23: Number,
  701: Number,
}

const TYPES: CustomTypesConfig = {
  getTypeParser: (type: number) => PARSERS[type] ?? ((text: string) => text),
}

/** Settings that the types of `pg` do not name. */
const NOT_NAMED = { replication: 'off' }

/**
 * Connects over TLS, with the certificate and its name checked; without it only over a socket of this machine, whose host is a path. The
 * password is used for SCRAM alone, which does not show it to the server. Nothing of the environment is used. Throws `TeamServerError`.
 */
export async function connect(address: ServerAddress): Promise<Client> {
  const { host, port, database, login, password, authority } = address
  const { default: pg } = await import('pg')
  let isScram = false
  const client = new pg.Client({
    host,
    port,
    database,
    user: login,
    password: () => {
      if (isScram) return password
      throw new TeamServerError('clear-password', MESSAGES['clear-password'](`${host}:${port}`))
    },
    ssl: host.startsWith('/')
      ? false
      : { rejectUnauthorized: true, minVersion: 'TLSv1.2', ...(authority === null ? {} : { ca: authority }) },
    enableChannelBinding: true,
    application_name: 'castellan',
    // `pg` takes values that are left out here from the environment.
    options: '-c search_path=pg_catalog',
    client_encoding: 'UTF8',
    sslnegotiation: 'postgres',
    ...NOT_NAMED,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: STATEMENT_MS,
    statement_timeout: STATEMENT_MS,
    lock_timeout: LOCK_MS,
    idle_in_transaction_session_timeout: STATEMENT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEPALIVE_MS,
    types: TYPES,
  })
  // Heard before `pg` asks for the password.
  findConnection(client)?.once('authenticationSASL', () => {
    isScram = true
  })
  // A connection that breaks between statements is noticed at the next one.
  client.on('error', () => undefined)
  try {
    await client.connect()
    return client
  } catch (error) {
    // The connection of a refused password stays open otherwise.
    void client.end().catch(() => undefined)
    throw toServerError(error, `${host}:${port}`)
  }
}

/** The connection under a client, which the types of `pg` leave out. */
function findConnection(client: Client): Client['connection'] | null {
  return 'connection' in client ? client.connection : null
}

/** SQLSTATE codes, their classes, and Node's codes, with the problem that they are. The first that fits counts. */
const PROBLEMS: readonly (readonly [RegExp, TeamServerProblem])[] = [
  [/^CA001$/u, 'full'],
  [/^CA003$/u, 'other-login'],
  [/^28/u, 'other-login'],
  [/^(?:3D000|3F000|42P01|42883)$/u, 'not-set-up'],
  [/^42501$/u, 'not-allowed'],
  [/^55P03$/u, 'held'],
  [/^42P06$/u, 'not-empty'],
  [/^(?:53100|54)/u, 'full'],
  [/^53300$/u, 'no-connections'],
  [/^25006$/u, 'read-only'],
  [/^(?:57014|53|40)/u, 'slow'],
  [/^(?:08|57P)/u, 'offline'],
  [/^(?:ECONN|ENOTFOUND|EAI_|EHOST|ENET|ETIMEDOUT|EPIPE|ENOENT)/u, 'offline'],
  [/^(?:CERT_HAS_EXPIRED|CERT_NOT_YET_VALID)$/u, 'old-certificate'],
  [/CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS/u, 'other-certificate'],
]

/** The words of `pg`, where it has no code. */
const WORDS: readonly (readonly [RegExp, TeamServerProblem])[] = [
  [/does not support SSL/u, 'no-tls'],
  [/SASL|SCRAM/u, 'clear-password'],
  [/Query read timeout/u, 'slow'],
  [/terminated|timeout|not queryable|Connection ended|closed/iu, 'offline'],
]

const MESSAGES: Readonly<Record<TeamServerProblem, (where: string) => string>> = {
  offline: (where) =>
    `The team’s server at ${where} does not answer. Work goes on here, and is exchanged when it answers again.`,
  slow: (where) =>
    `The team’s server at ${where} did not answer in time. Work goes on here, and is exchanged the next time.`,
  full: (where) =>
    `The disk of the team’s server at ${where} is full. Work goes on here; ask its administrator for more space.`,
  'no-connections': (where) =>
    `The team’s server at ${where} has no connection left for this login. Close other windows of Castellan, or ask its administrator to raise max_connections.`,
  'read-only': (where) =>
    `The team’s server at ${where} only reads: it is a standby, or was set so. Ask its administrator which server takes writes.`,
  'no-tls': (where) =>
    `The team’s server at ${where} offers no TLS, so nothing was sent. Ask its administrator to set ssl = on with a certificate.`,
  'old-certificate': (where) =>
    `The certificate of the team’s server at ${where} has expired or is not valid yet, by the clock of this machine. Check the clock; else ask its administrator to renew it, which castellan team host does by itself.`,
  'other-certificate': (where) =>
    `The certificate of the team’s server at ${where} is not valid for that name, or its authority is not known here. Check the address; for another authority run castellan team move --authority FILE.`,
  'other-login': (where) =>
    `The team’s server at ${where} does not accept this device’s login. Ask an owner whether the device was removed.`,
  'not-allowed': (where) =>
    `The team’s server at ${where} does not allow this to this device. Ask an owner for a role.`,
  held: (where) =>
    `Another login keeps a transaction open on the team’s server at ${where}, so nothing can be placed. Ask an owner to look for it.`,
  'not-set-up': (where) =>
    `The database at ${where} contains no team. Check its name, or found a team in it: castellan team init.`,
  'not-empty': (where) =>
    `The database at ${where} contains another team already. Give the new team an empty database.`,
  'other-version': (where) =>
    `The tables of the team at ${where} are of another version of Castellan. Update Castellan on this device, or ask an owner to.`,
  'clear-password': (where) =>
    `The team’s server at ${where} asks for the password in another way than SCRAM-SHA-256, so it was not sent. Ask its administrator for scram-sha-256 in pg_hba.conf.`,
  refused: (where) => `The team’s server at ${where} refused a statement. Ask its administrator to read its log.`,
}

/** Room and disk are different sentences of one problem. */
const NO_ROOM = (where: string): string =>
  `The team’s server at ${where} has no room left for this device. Ask an owner for more: castellan team status shows it.`

/** The meaning of a failure of the server or of the way to it, in words for people. */
export function toServerError(error: unknown, where: string): TeamServerError {
  if (error instanceof TeamServerError) return error
  const code = findCode(error)
  const problem = findProblem(error, code)
  return new TeamServerError(problem, code === 'CA001' ? NO_ROOM(where) : MESSAGES[problem](where), { cause: error })
}

export function createProblem(problem: TeamServerProblem, where: string): TeamServerError {
  return new TeamServerError(problem, MESSAGES[problem](where))
}

/** The SQLSTATE of the server or the code of Node; empty where there is none. */
export function findCode(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : ''
}

function findProblem(error: unknown, code: string): TeamServerProblem {
  const text = error instanceof Error ? error.message : ''
  const found = PROBLEMS.find(([form]) => form.test(code)) ?? WORDS.find(([form]) => form.test(text))
  return found?.[1] ?? 'refused'
}
