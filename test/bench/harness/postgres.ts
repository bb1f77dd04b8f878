import { execFile, spawn } from 'node:child_process'
import { chownSync, closeSync, existsSync, globSync, mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A PostgreSQL of its own, on a socket in a folder. */
export interface Postgres {
  /** Runs SQL in a new `psql`; gives what it printed. */
  sql(text: string): Promise<string>
  /** Milliseconds of one statement by the server's own account (`\timing`), its result read by the client. */
  timed(statement: string): Promise<number>
  /** Milliseconds until a file is imported by `COPY … FROM STDIN`. */
  copyIn(statement: string, path: string): Promise<number>
  stop(): Promise<void>
}

/** Its programs, where the Debian package puts them; null when it is not installed. */
function programs(): string | null {
  return globSync('/usr/lib/postgresql/*/bin').toSorted().at(-1) ?? null
}

/**
 * Starts it in a folder of its own; null when it is not installed. As root it runs as the package's own user, since it
 * refuses to run as root, and who may not look into our folders.
 */
export async function startPostgres(): Promise<Postgres | null> {
  const bin = programs()
  if (bin === null || !existsSync(join(bin, 'initdb'))) return null
  const folder = mkdtempSync(join(tmpdir(), 'castellan-postgres-'))
  const asRoot = userInfo().uid === 0
  if (asRoot) {
    const id = async (flag: string): Promise<number> => Number((await run('id', [flag, 'postgres'])).stdout)
    chownSync(folder, await id('-u'), await id('-g'))
  }
  const as = (program: string, args: readonly string[]): readonly [string, readonly string[]] =>
    asRoot ? ['runuser', ['-u', 'postgres', '--', join(bin, program), ...args]] : [join(bin, program), args]
  const call = async (program: string, args: readonly string[]): Promise<string> => {
    const [command, all] = as(program, args)
    return (await run(command, all, { cwd: '/', maxBuffer: 1 << 28 })).stdout
  }
  const data = join(folder, 'data')
  await call('initdb', ['-D', data, '-A', 'trust', '-U', 'postgres', '--no-sync'])
  const [command, args] = as('postgres', [
    '-D',
    data,
    '-k',
    folder,
    '-c',
    'listen_addresses=',
    '-c',
    'shared_buffers=512MB',
    '-c',
    'work_mem=128MB',
  ])
  const server = spawn(command, args, { cwd: '/', stdio: 'ignore' })
  const psql = (text: string): Promise<string> =>
    call('psql', ['-h', folder, '-U', 'postgres', '-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-c', text])
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
    sql: psql,
    timed: async (statement) => {
      const args = [
        '-h',
        folder,
        '-U',
        'postgres',
        '-X',
        '-A',
        '-t',
        '-o',
        '/dev/null',
        '-c',
        '\\timing on',
        '-c',
        statement,
      ]
      const said = await call('psql', args)
      const ms = /Time: ([\d.]+) ms/u.exec(said)?.[1]
      if (ms === undefined) throw new Error(`psql printed no time: ${said.slice(0, 200)}`)
      return Number(ms)
    },
    copyIn: async (statement, path) => {
      const [command, args] = as('psql', [
        '-h',
        folder,
        '-U',
        'postgres',
        '-X',
        '-q',
        '-v',
        'ON_ERROR_STOP=1',
        '-c',
        statement,
      ])
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
