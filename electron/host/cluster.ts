import { createHmac, createHash, pbkdf2Sync, randomBytes, X509Certificate } from 'node:crypto'
import { appendFileSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'

import { createPrivateFolder, replacePrivateFile } from '../files/private-file.ts'
import { createAuthority, createServerCertificate } from './certificate.ts'
import { type HostedDatabase, HOSTED_FILE } from './hosted.ts'
import { HostError, mustRun } from './programs.ts'
import { DAY_MS } from '../../shared/domain/day.ts'

/** Set-ups of teams are made by this login, which has few rights. The superuser has no way in at all. */
const SET_UP = 'castellan_setup'
const RENEW_MS = 90 * DAY_MS
const MOST_PORTS = 50

export const findData = (folder: string): string => join(folder, 'data')

/** Large objects of any login would fill the disk; databases that are made later have what `template1` has. */
const NO_LARGE_OBJECTS = `DO $$ DECLARE f regprocedure; BEGIN FOR f IN SELECT oid::regprocedure FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND (proname LIKE 'lo\\_%' OR proname IN ('loread', 'lowrite')) LOOP EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f); END LOOP; END $$`

/** Who may connect: over TLS, with a password by SCRAM. What sets up databases comes from this machine only. */
const CONNECTIONS = `# Written by castellan team host.
hostssl all postgres all reject
hostssl all ${SET_UP} samehost scram-sha-256
hostssl all ${SET_UP} all reject
hostssl all all all scram-sha-256
`

/** Makes a cluster with its own authority, once: what was cut is made from the start. `name`: by which members reach this machine. */
export async function makeCluster(
  folder: string,
  programs: string,
  name: string,
  port: number | null,
): Promise<HostedDatabase> {
  createPrivateFolder(folder)
  const draft = join(folder, 'data-new')
  rmSync(draft, { recursive: true, force: true })
  await mustRun(join(programs, 'initdb'), [
    '-D',
    draft,
    '-U',
    'postgres',
    '-A',
    'reject',
    '-E',
    'UTF8',
    '--locale=C',
    '--no-instructions',
  ])
  const password = randomBytes(24).toString('base64url')
  const statements = [
    NO_LARGE_OBJECTS,
    `CREATE ROLE ${SET_UP} LOGIN CREATEROLE CREATEDB PASSWORD '${createVerifier(password)}'`,
  ]
  // Without a server: no password is sent, and none is logged.
  await mustRun(join(programs, 'postgres'), ['--single', '-D', draft, 'template1'], `${statements.join('\n')}\n`)
  appendFileSync(join(draft, 'postgresql.conf'), `include 'castellan.conf'\n`)
  writeFileSync(join(draft, 'pg_hba.conf'), CONNECTIONS, { mode: 0o600 })
  const authority = createAuthority(Date.now())
  replacePrivateFile(join(folder, 'authority.key'), authority.key)
  replacePrivateFile(join(folder, 'authority.pem'), authority.certificate)
  const free = port ?? (await findFreePort())
  const hosted = {
    host: name,
    port: free,
    database: 'castellan',
    authority: authority.certificate,
    login: SET_UP,
    password,
  }
  replacePrivateFile(join(folder, HOSTED_FILE), JSON.stringify(hosted, null, 2))
  renameSync(draft, findData(folder))
  return hosted
}

/**
 * Writes the settings, and a certificate where there is none of the name or it ends within 90 days. Returns until when it is valid (milliseconds).
 */
export function configure(folder: string, { host, port }: HostedDatabase, now: number): number {
  const data = findData(folder)
  const [certificate, key] = [join(data, 'server.pem'), join(data, 'server.key')]
  const names = [...new Set([host, 'localhost', '127.0.0.1', '::1'])]
  const held = existsSync(certificate) ? new X509Certificate(readFileSync(certificate)) : null
  const isOfName = held !== null && (held.checkHost(host) ?? held.checkIP(host)) !== undefined
  if (held === null || !isOfName || held.validToDate.getTime() < now + RENEW_MS) {
    const read = (file: string): string => readFileSync(join(folder, file), 'utf8')
    const made = createServerCertificate({ certificate: read('authority.pem'), key: read('authority.key') }, names, now)
    replacePrivateFile(key, made.key)
    replacePrivateFile(certificate, made.certificate)
  }
  replacePrivateFile(join(data, 'castellan.conf'), listSettings(port).join('\n'))
  return new X509Certificate(readFileSync(certificate)).validToDate.getTime()
}

const listSettings = (port: number): readonly string[] => [
  '# Written by castellan team host.',
  `listen_addresses = '*'`,
  `port = ${port}`,
  `unix_socket_directories = ''`,
  'ssl = on',
  `ssl_cert_file = 'server.pem'`,
  `ssl_key_file = 'server.key'`,
  `ssl_min_protocol_version = 'TLSv1.2'`,
  `password_encryption = 'scram-sha-256'`,
  'max_connections = 200',
  'tcp_keepalives_idle = 60',
  `temp_file_limit = '1GB'`,
  `log_min_error_statement = 'panic'`,
  'logging_collector = on',
  `log_filename = 'postgresql-%a.log'`,
  'log_truncate_on_rotation = on',
  '',
]

/** The verifier of a password (RFC 5803), so that no program gets the password itself. */
function createVerifier(password: string): string {
  const salt = randomBytes(16)
  const salted = pbkdf2Sync(password, salt, 4096, 32, 'sha256')
  const hmac = (text: string): Buffer => createHmac('sha256', salted).update(text).digest()
  const stored = createHash('sha256').update(hmac('Client Key')).digest('base64')
  return `SCRAM-SHA-256$4096:${salt.toString('base64')}$${stored}:${hmac('Server Key').toString('base64')}`
}

/** The first port from PostgreSQL's own on that no program has. Throws `HostError`. */
async function findFreePort(): Promise<number> {
  for (let port = 5432; port < 5432 + MOST_PORTS; port += 1) if (await isFree(port)) return port
  throw new HostError('The ports from 5432 on are taken by other programs. Name another one: --port 15432.')
}

export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => {
      resolve(false)
    })
    server.listen(port, () => {
      server.close(() => {
        resolve(true)
      })
    })
  })
}
