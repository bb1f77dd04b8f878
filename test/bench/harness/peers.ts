import { findProgram } from './command.ts'
import type { Missing } from './report.ts'

/** Programs that people use instead, and the Debian package of each. */
const PACKAGES = {
  'keepassxc-cli': 'keepassxc-minimal',
  sqlite3: 'sqlite3',
  sqldiff: 'sqlite3-tools',
  pandoc: 'pandoc',
  curl: 'curl',
  jq: 'jq',
  sha256sum: 'coreutils',
  openssl: 'openssl',
  git: 'git',
  time: 'time',
} as const

export type PeerName = keyof typeof PACKAGES

/** Which of some programs are installed; each that is not is reported with the way to get it. */
export async function findPeers<N extends PeerName>(
  names: readonly N[],
): Promise<{ readonly found: Readonly<Partial<Record<N, string>>>; readonly missing: readonly Missing[] }> {
  const found: Partial<Record<N, string>> = {}
  const missing: Missing[] = []
  for (const name of names) {
    const path = await findProgram(name)
    if (path === null) missing.push({ name, install: `apt-get install ${PACKAGES[name]}` })
    else found[name] = path
  }
  return { found, missing }
}
