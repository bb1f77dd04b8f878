import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { projectNode } from '../project-node.mjs'
import { say } from '../say.mjs'

/** How long the one try may take. A closed network answers at once or in some seconds; a slow one needs minutes. */
const PATIENCE_MS = 180_000

export const RETRY = 'npm run setup -- --retry-electron'

/**
 * Electron's binary, which its npm package fetches from elsewhere when it is first asked for: `{ path }`, or `{ reason }`
 * when there is none. It is tried once; the answer is remembered until the version changes or `retry` asks again.
 */
export function electronBinary(root, { retry = false } = {}) {
  const found = findElectron(root)
  if (found !== null) return usable(found)
  const version = versionOf(root)
  const memory = join(root, '.cache/electron.json')
  const remembered = retry ? null : remember(memory, version)
  if (remembered !== null) return { reason: remembered }
  say(`fetching Electron ${version} (one try; without it the window opens in an installed browser)`)
  const tried = spawnSync(projectNode(root), [join(root, 'node_modules/electron/install.js')], {
    cwd: root,
    encoding: 'utf8',
    timeout: PATIENCE_MS,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const binary = findElectron(root)
  if (binary !== null) return usable(binary)
  const reason = reasonOf(tried)
  mkdirSync(dirname(memory), { recursive: true })
  writeFileSync(memory, `${JSON.stringify({ version, reason, tried: new Date().toISOString() }, null, 2)}\n`)
  return { reason }
}

/** The binary that is there already, or null; never fetches anything. */
export function findElectron(root) {
  const folder = join(root, 'node_modules/electron')
  try {
    const name = readFileSync(join(folder, 'path.txt'), 'utf8')
    const version = readFileSync(join(folder, 'dist/version'), 'utf8').trim().replace(/^v/u, '')
    const path = join(process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist'), name)
    return version === versionOf(root) && existsSync(path) ? path : null
  } catch {
    return null
  }
}

/** A binary that lacks a library of the system cannot start, which the loader knows beforehand. */
function usable(path) {
  if (process.platform !== 'linux') return { path }
  const { stdout } = spawnSync('ldd', [path], { encoding: 'utf8' })
  const missing = (stdout ?? '').split('\n').filter((line) => line.includes('not found'))
  if (missing.length === 0) return { path }
  return { reason: `Electron's binary lacks ${missing.map((line) => line.trim().split(' ')[0]).join(', ')}` }
}

function versionOf(root) {
  return JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')).version
}

function remember(path, version) {
  try {
    const answer = JSON.parse(readFileSync(path, 'utf8'))
    return answer.version === version ? answer.reason : null
  } catch {
    return null
  }
}

function reasonOf({ error, stderr }) {
  if (error?.code === 'ETIMEDOUT') return `Electron's binary was not fetched within ${PATIENCE_MS / 1000} s`
  const line = (stderr ?? '').split('\n').find((text) => /error|failed/iu.test(text)) ?? 'no answer'
  return `Electron's binary could not be fetched (${line
    .replace(/^\w*Error: /u, '')
    .trim()
    .slice(0, 120)})`
}
