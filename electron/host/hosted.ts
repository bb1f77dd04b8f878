import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** A server that this machine hosts, as members get it, with the login that sets up databases in it. */
export interface HostedDatabase {
  readonly host: string
  readonly port: number
  readonly database: string
  /** PEM. */
  readonly authority: string
  readonly login: string
  readonly password: string
}

/** The folder of the hosted server, where each system keeps what programs of a user have. */
export function findHostFolder(
  platform: NodeJS.Platform = process.platform,
  environment: Readonly<Record<string, string | undefined>> = process.env,
  home: string = homedir(),
): string {
  const name = 'castellan-team-host'
  if (platform === 'win32') return join(environment['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), name)
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', name)
  return join(environment['XDG_DATA_HOME'] ?? join(home, '.local', 'share'), name)
}

export const HOSTED_FILE = 'hosted.json'

/** The server that this user hosts on this machine; null where there is none. */
export async function readHosted(folder: string = findHostFolder()): Promise<HostedDatabase | null> {
  try {
    return JSON.parse(await readFile(join(folder, HOSTED_FILE), 'utf8'))
  } catch {
    return null
  }
}
