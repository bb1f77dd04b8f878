import { execFile, spawn } from 'node:child_process'
import {
  chownSync,
  closeSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { findPort } from '../free-port.ts'
import type { Authority } from '../providers/authority.ts'
import { isTestRun } from '../temporary/run.ts'
import { putCopy } from '../temporary/template.ts'

const run = promisify(execFile)

/** A PostgreSQL of its own, on a socket in a folder. */
export interface Postgres {
  /** Where it also listens, with TLS: a port of 127.0.0.1. Null when it was started without. */
  readonly port: number | null
  /** Runs SQL in a new `psql`, as superuser; gives what it printed. */
  sql(text: string, database?: string): Promise<string>
  /** Runs one of its programs, such as `pg_dump`, as superuser over the socket. */
  call(program: string, args: readonly string[]): Promise<string>
  /** Runs a statement by `pgbench` with these arguments; gives what it printed. */
  pgbench(statement: string, args: readonly string[]): Promise<string>
  /** Milliseconds of one statement by the server's own account (`\timing`), its result read by the client. */
  timed(statement: string): Promise<number>
  /** Milliseconds until a file is imported by `COPY … FROM STDIN`. */
  copyIn(statement: string, path: string): Promise<number>
  /** What it wrote to its log. */
  log(): string
  stop(): Promise<void>
}

interface Options {
  /** Listens on 127.0.0.1 with this certificate too, for logins with a password. */
  readonly tls?: Authority
  /** As in postgresql.conf: `log_statement=all`. */
  readonly settings?: readonly string[]
  /** Starts as its standby, from a copy of it, with the same settings: `pg_promote()` makes it a server of its own. */
  readonly standbyOf?: Postgres
}

/** Copies the files of a server, which belong to another user. */
async function copyWithOwners(from: string, to: string): Promise<void> {
  await run('cp', ['-a', from, to])
}

/** The newest of its programs, where the Debian package puts them; null when it is not installed. */
function findPrograms(): string | null {
  const version = (path: string): number => Number(/(\d+)\/bin\/initdb$/u.exec(path)?.[1])
  const newest = globSync('/usr/lib/postgresql/*/bin/initdb').toSorted((a, b) => version(b) - version(a))[0]
  return newest === undefined ? null : join(newest, '..')
}

/**
 * Starts it in a folder of its own; null when it is not installed. As root it runs as the package's own user, since it
 * refuses to run as root, and who may not look into our folders.
 */
export async function startPostgres({ tls, settings = [], standbyOf }: Options = {}): Promise<Postgres | null> {
  const bin = findPrograms()
  if (bin === null || !existsSync(join(bin, 'initdb'))) return null
  const folder = mkdtempSync(join(tmpdir(), 'castellan-postgres-'))
  const asRoot = userInfo().uid === 0
  const id = async (flag: string): Promise<number> => Number((await run('id', [flag, 'postgres'])).stdout)
  const [uid, gid] = asRoot ? [await id('-u'), await id('-g')] : [null, null]
  const own = (path: string): void => {
    if (uid !== null) chownSync(path, uid, gid)
  }
  own(folder)
  const as = (program: string, args: readonly string[]): readonly [string, readonly string[]] =>
    asRoot ? ['runuser', ['-u', 'postgres', '--', join(bin, program), ...args]] : [join(bin, program), args]
  const call = async (program: string, args: readonly string[]): Promise<string> => {
    const [command, all] = as(program, args)
    return (await run(command, all, { cwd: '/', maxBuffer: 1 << 28 })).stdout
  }
  const data = join(folder, 'data')
  if (standbyOf === undefined) {
    const make = async (path: string): Promise<void> => {
      mkdirSync(path)
      own(path)
      await call('initdb', ['-D', path, '-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--locale=C', '--no-sync'])
    }
    await (isTestRun() ? putCopy('postgres', data, make, copyWithOwners) : make(data))
  } else {
    await standbyOf.call('pg_basebackup', ['-D', data, '-R', '-c', 'fast', '-X', 'stream', '--no-sync'])
  }
  const port = tls === undefined ? null : await findPort()
  const listening = ['listen_addresses=']
  if (tls !== undefined) {
    for (const [name, text] of Object.entries({ 'own.pem': tls.tls.cert, 'own.key': tls.tls.key })) {
      writeFileSync(join(folder, name), text, { mode: 0o600 })
      own(join(folder, name))
    }
    const hba = join(folder, 'hba.conf')
    writeFileSync(
      hba,
      'local all postgres trust\nlocal replication postgres trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n',
    )
    listening.splice(0, 1, 'listen_addresses=127.0.0.1', `port=${port}`, 'ssl=on', `hba_file=${hba}`)
    listening.push(`ssl_cert_file=${join(folder, 'own.pem')}`, `ssl_key_file=${join(folder, 'own.key')}`)
  }
  const logFile = join(folder, 'log')
  const log = openSync(logFile, 'a')
  const [command, args] = as('postgres', [
    '-D',
    data,
    '-k',
    folder,
    ...[...listening, ...settings].flatMap((set) => ['-c', set]),
  ])
  const server = spawn(command, args, { cwd: '/', stdio: ['ignore', log, log] })
  closeSync(log)
  const connection = ['-h', folder, '-U', 'postgres', ...(port === null ? [] : ['-p', String(port)])]
  const psql = (text: string, database = 'postgres'): Promise<string> =>
    call('psql', [...connection, '-d', database, '-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-c', text])
  for (let tries = 0; ; tries += 1) {
    try {
      await psql('SELECT 1')
      break
    } catch (error) {
      if (tries > 100) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  return {
    port,
    sql: psql,
    call: (program, args) => call(program, [...connection, ...args]),
    pgbench: async (statement, args) => {
      const script = join(folder, 'statement.sql')
      writeFileSync(script, `${statement};\n`)
      own(script)
      return call('pgbench', [...connection, '-n', '-f', script, ...args, 'bench'])
    },
    log: () => readFileSync(logFile, 'utf8'),
    timed: async (statement) => {
      const args = [...connection, '-X', '-A', '-t', '-o', '/dev/null', '-c', '\\timing on', '-c', statement]
      const said = await call('psql', args)
      const ms = /Time: ([\d.]+) ms/u.exec(said)?.[1]
      if (ms === undefined) throw new Error(`psql printed no time: ${said.slice(0, 200)}`)
      return Number(ms)
    },
    copyIn: async (statement, path) => {
      const [command, args] = as('psql', [...connection, '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-c', statement])
      const input = openSync(path, 'r')
      try {
        const before = performance.now()
        const child = spawn(command, args, { cwd: '/', stdio: [input, 'ignore', 'inherit'] })
        await new Promise<void>((resolve, reject) => {
          child.once('error', reject)
          child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`psql ended with ${code}.`))))
        })
        return performance.now() - before
      } finally {
        closeSync(input)
      }
    },
    stop: async () => {
      const ended = new Promise((resolve) => server.once('exit', resolve))
      await call('pg_ctl', ['-D', data, '-m', 'immediate', 'stop'])
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
