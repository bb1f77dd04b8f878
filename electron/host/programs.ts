import { execFile } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { join } from 'node:path'

/** A server cannot be hosted here. The message is for people: what is wrong, and what to do. */
export class HostError extends Error {
  override readonly name = 'HostError'
}

/** Where the packages of each system put the programs of PostgreSQL. */
const PLACES: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: ['/usr/lib/postgresql/*/bin', '/usr/pgsql-*/bin', '/usr/bin', '/usr/local/bin'],
  darwin: [
    '/opt/homebrew/opt/postgresql@*/bin',
    '/usr/local/opt/postgresql@*/bin',
    '/Applications/Postgres.app/Contents/Versions/*/bin',
    '/Library/PostgreSQL/*/bin',
  ],
  win32: ['C:/Program Files/PostgreSQL/*/bin'],
}

const INSTALL: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'Install it, on Debian: sudo apt-get install postgresql',
  darwin: 'Install it: brew install postgresql@17',
  win32: 'Install it from https://www.postgresql.org/download/windows/',
}

const OLDEST = 15

/** The folder of the newest programs, of version 15 or later. Throws `HostError`. */
export async function findPrograms(platform: NodeJS.Platform = process.platform): Promise<string> {
  let [newest, found] = [OLDEST - 1, '']
  for (const folder of (PLACES[platform] ?? []).flatMap((place) => globSync(place))) {
    const program = join(folder, platform === 'win32' ? 'postgres.exe' : 'postgres')
    if (!existsSync(program) || !existsSync(join(folder, platform === 'win32' ? 'initdb.exe' : 'initdb'))) continue
    const { stdout } = await run(program, ['--version'])
    const version = Number(/(\d+)/u.exec(stdout)?.[1])
    if (version > newest) [newest, found] = [version, folder]
  }
  if (found !== '') return found
  throw new HostError(
    `The programs of PostgreSQL ${OLDEST} or later are not installed. ${INSTALL[platform] ?? 'Install them.'}`,
  )
}

export interface ProgramEnd {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a program without a shell, and without the settings of PostgreSQL's clients in the environment. `input`: its standard input. */
export function run(program: string, args: readonly string[], input?: string): Promise<ProgramEnd> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PG')))
  return new Promise((resolve) => {
    const child = execFile(program, args, { cwd: '/', env, windowsHide: true }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 127
      resolve({ code, stdout, stderr: stderr === '' && error !== null ? error.message : stderr })
    })
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(input ?? '')
  })
}

/** Runs it as `run` does, and returns its standard output; throws `HostError` with what the program printed where it fails. */
export async function mustRun(program: string, args: readonly string[], input?: string): Promise<string> {
  const { code, stdout, stderr } = await run(program, args, input)
  // A PostgreSQL without a server goes on after an error.
  if (code === 0 && !/\b(?:ERROR|FATAL|PANIC):/u.test(stderr)) return stdout
  throw new HostError(`${program} failed: ${stderr.trim().slice(-500)}`)
}
