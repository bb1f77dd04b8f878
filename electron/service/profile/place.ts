import { homedir } from 'node:os'
import { posix, win32 } from 'node:path'

import { counted } from '../../../shared/domain/counted.ts'

/** The facts of a machine that decide where profiles are. Tests pass other machines. */
export interface Machine {
  readonly platform: NodeJS.Platform
  readonly home: string
  readonly cwd: string
}

/**
 * The default data folder: `$XDG_DATA_HOME/castellan` or `~/.local/share/castellan` on Linux (XDG Base Directory
 * Specification), `~/Library/Application Support/Castellan` on macOS, `%LOCALAPPDATA%\Castellan` on Windows,
 * since `%APPDATA%` may be copied to a server of the domain while the register is open.
 */
export function defaultProfile(env: NodeJS.ProcessEnv, machine: Machine = thisMachine()): string {
  const paths = listPaths(machine)
  // Both specifications require programs to ignore a relative value.
  const named = (value: string | undefined): string | null => (value && paths.isAbsolute(value) ? value : null)
  if (machine.platform === 'darwin') return paths.join(machine.home, 'Library', 'Application Support', 'Castellan')
  if (machine.platform === 'win32') {
    return paths.join(named(env['LOCALAPPDATA']) ?? paths.join(machine.home, 'AppData', 'Local'), 'Castellan')
  }
  return paths.join(named(env['XDG_DATA_HOME']) ?? paths.join(machine.home, '.local', 'share'), 'castellan')
}

/**
 * The data folder to use, absolute: the `--profile` flag, else `CASTELLAN_PROFILE`, else the default. A leading `~/` is the
 * home folder, for shells that leave it alone after `--profile=`. Creates nothing. Throws for a path that cannot be one.
 */
export function resolveProfile(
  flag: string | undefined,
  env: NodeJS.ProcessEnv,
  machine: Machine = thisMachine(),
): string {
  if (flag !== undefined) return absolute('--profile', flag, machine)
  const named = env['CASTELLAN_PROFILE']
  return named
    ? absolute('CASTELLAN_PROFILE', named, machine)
    : shortEnough('The folder', defaultProfile(env, machine), machine)
}

/**
 * How long the path of a profile may be on Windows, in characters: the longest path of a database inside it, that of a
 * copy in the backups of the sample agency, has 127 more, and SQLite opens there paths of up to 259.
 */
export const LONGEST_ON_WINDOWS = 130

function shortEnough(source: string, path: string, { platform }: Machine): string {
  if (platform !== 'win32' || path.length <= LONGEST_ON_WINDOWS) return path
  throw new Error(
    `${source} ${path} has ${counted(path.length, 'character')}: the path of a data folder has at most ${LONGEST_ON_WINDOWS} on Windows. Name a shorter one with --profile.`,
  )
}

function absolute(source: string, path: string, machine: Machine): string {
  if (path.trim() === '' || path.includes('\0')) {
    throw new Error(`${source} does not name a folder. Give the path of a data folder, or leave it out.`)
  }
  const paths = listPaths(machine)
  const whole = paths.resolve(machine.cwd, /^~(?:[/\\]|$)/u.test(path) ? paths.join(machine.home, path.slice(1)) : path)
  return shortEnough(source, whole, machine)
}

function listPaths(machine: Machine): typeof posix {
  return machine.platform === 'win32' ? win32 : posix
}

function thisMachine(): Machine {
  return { platform: process.platform, home: homedir(), cwd: process.cwd() }
}
