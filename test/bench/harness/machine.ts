import { cpus, loadavg, release, totalmem } from 'node:os'

import { spawnSync } from 'node:child_process'

/** What the numbers were measured on, and with what. */
export async function machineLines(): Promise<readonly string[]> {
  const processors = cpus()
  const load = loadavg().map((value) => value.toFixed(1))
  return [
    `- Measured ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC; load of the machine before it: ${load.join(', ')}.`,
    `- ${processors.length} × ${processors[0]?.model.trim() ?? 'processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}.`,
    `- Node ${process.versions.node}; ${VERSIONS.map(getVersion).join('; ')}.`,
    '- Times are medians with the least and the most in brackets; ours and the peer ran in turn. “Even” is where the middle halves of both overlap.',
  ]
}

const VERSIONS = ['chromium', 'keepassxc-cli', 'sqlite3', 'pandoc', 'curl', 'jq'] as const

function getVersion(program: string): string {
  const { stdout, status } = spawnSync(program, ['--version'], { encoding: 'utf8' })
  if (status !== 0) return `no ${program}`
  const version = /\d+(?:\.\d+)+/u.exec(stdout)?.[0] ?? '?'
  return `${program} ${version}`
}
