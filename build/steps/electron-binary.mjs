import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { projectNode } from '../project-node.mjs'
import { say } from '../say.mjs'

/** How long one try may take. A closed network answers within some seconds; a slow one needs minutes. */
const PATIENCE_MS = 180_000

/** The interval of progress messages during the fetch. */
const PROGRESS_MS = 5000

/** A failed try is remembered for this long. */
const REMEMBERED_MS = 86_400_000

/** The delay before the fetch, so that the opening window is not slowed down. */
const WINDOW_FIRST_MS = 5000

const OVERRIDE = 'ELECTRON_OVERRIDE_DIST_PATH'
const RETRY = 'to try again: npm run setup -- --retry-electron'

/**
 * Electron's binary, which its npm package downloads when it is first needed: `{ path }`, or `{ reason, todo }` when
 * there is none. A failed try is remembered for a day, or until the version changes or `retry` is set. With `later`, an
 * older result is returned too, as `isOld`: see `fetchMeanwhile`.
 */
export async function electronBinary(
  root,
  { retry = false, later = false, patience = PATIENCE_MS, progress = PROGRESS_MS } = {},
) {
  const found = findElectron(root)
  if (found !== null) return usable(found)
  const folder = process.env[OVERRIDE]
  if (folder) return { reason: describeOverride(root, folder), todo: `name another folder in ${OVERRIDE}, or unset it` }
  const remembered = retry ? null : remember(root)
  if (remembered !== null && (later || !remembered.isOld)) return { ...remembered, todo: RETRY }
  return fetchInFront(root, { patience, progress })
}

/** The binary if it is installed, else null; never fetches anything. */
export function findElectron(root) {
  const { folder, name } = locate(root)
  const path = join(folder, name)
  return existsSync(path) && readVersion(folder) === readPackageVersion(root) ? path : null
}

/** The environment that Electron is started in, without the variable that would make it run as Node. */
export function electronEnvironment() {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => name.toUpperCase() !== 'ELECTRON_RUN_AS_NODE'),
  )
}

/**
 * Tries the fetch again while the window is open, so that a network that does not answer delays no start. The next
 * start uses the result. Closing the window ends the fetch, and then nothing is remembered.
 */
export async function fetchMeanwhile(root, signal) {
  const waited = await sleep(WINDOW_FIRST_MS, true, { signal }).catch(() => false)
  if (!waited) return
  const { path, reason, isStopped } = await fetchElectron(root, { signal })
  if (path !== undefined) say('Electron is here; the next start shows the window in it')
  else if (!isStopped) say(reason)
}

/** Fetches while the person waits; Ctrl+C or a request to end stops both the fetch and this process. */
async function fetchInFront(root, options) {
  const stopped = new AbortController()
  const stop = (signal) => {
    stopped.abort()
    process.exit(128 + constants.signals[signal])
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  try {
    return await fetchElectron(root, { ...options, signal: stopped.signal })
  } finally {
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
  }
}

async function fetchElectron(root, { signal, patience = PATIENCE_MS, progress = PROGRESS_MS }) {
  const version = readPackageVersion(root)
  say(`fetching Electron ${version} (Ctrl+C ends it; without it the window opens in an installed browser)`)
  const start = performance.now()
  const reporter = setInterval(() => {
    say(`still fetching Electron ${version} (${Math.round((performance.now() - start) / 1000)} s)`)
  }, progress)
  const tried = await runInstaller(root, signal, patience)
  clearInterval(reporter)
  const binary = findElectron(root)
  if (binary !== null) return usable(binary)
  const reason = toReason(tried, patience)
  // The terminal sends Ctrl+C to the child too, which may then end before this process stops it.
  const isStopped = signal.aborted || tried.signal === 'SIGINT'
  if (!isStopped) keep(root, { version, reason, tried: new Date().toISOString() })
  return { reason, todo: RETRY, isStopped }
}

/** Runs the script of Electron's package: `{ signal, timedOut, stderr }`. */
function runInstaller(root, abort, patience) {
  return new Promise((settle) => {
    const child = spawn(projectNode(root), [join(root, 'node_modules/electron/install.js')], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let stderr = ''
    let timedOut = false
    child.stderr.on('data', (data) => (stderr += data))
    const timer = setTimeout(() => {
      timedOut = true
      child.kill()
    }, patience)
    const end = () => child.kill()
    abort.addEventListener('abort', end)
    const finish = (signal) => {
      clearTimeout(timer)
      abort.removeEventListener('abort', end)
      settle({ signal, timedOut, stderr })
    }
    child.on('error', (error) => {
      stderr += error.message
      finish(null)
    })
    child.on('close', (_, signal) => finish(signal))
  })
}

/**
 * The path of the binary: in the folder that the environment names, with the layout of Electron's package, or in the
 * package.
 */
function locate(root) {
  const folder = join(root, 'node_modules/electron')
  return {
    folder: process.env[OVERRIDE] || join(folder, 'dist'),
    name: readText(join(folder, 'path.txt')) ?? nameOnPlatform(),
  }
}

/** As in Electron's `install.js`. */
function nameOnPlatform() {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron'
  return process.platform === 'win32' ? 'electron.exe' : 'electron'
}

function describeOverride(root, folder) {
  const version = readVersion(folder)
  if (version === null || version === readPackageVersion(root))
    return `${OVERRIDE} names ${folder}, which contains no Electron`
  return `${OVERRIDE} names ${folder}, which contains Electron ${version} and not ${readPackageVersion(root)}`
}

/** A binary without a library of the system cannot start; the loader reports this beforehand. */
function usable(path) {
  if (process.platform !== 'linux') return { path }
  const { stdout } = spawnSync('ldd', [path], { encoding: 'utf8' })
  const missing = (stdout ?? '').split('\n').filter((line) => line.includes('not found'))
  if (missing.length === 0) return { path }
  const names = missing.map((line) => line.trim().split(' ')[0]).join(', ')
  return { reason: `Electron's binary lacks ${names}`, todo: 'install the system packages that contain them' }
}

function readPackageVersion(root) {
  return JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')).version
}

function readVersion(folder) {
  return readText(join(folder, 'version'))?.trim().replace(/^v/u, '') ?? null
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

function memoryPath(root) {
  return join(root, '.cache/electron.json')
}

/** The result of the last try, as `{ reason, isOld }`; null when there was none for this version. */
function remember(root) {
  try {
    const { version, reason, tried } = JSON.parse(readFileSync(memoryPath(root), 'utf8'))
    if (version !== readPackageVersion(root)) return null
    const age = Date.now() - Date.parse(tried)
    // After the clock was set back, a try is in the future; it must not be remembered for longer.
    return { reason, isOld: !(age >= 0 && age < REMEMBERED_MS) }
  } catch {
    return null
  }
}

function keep(root, answer) {
  mkdirSync(dirname(memoryPath(root)), { recursive: true })
  writeFileSync(memoryPath(root), `${JSON.stringify(answer, null, 2)}\n`)
}

function toReason({ timedOut, stderr }, patience) {
  if (timedOut) return `Electron's binary was not fetched within ${patience / 1000} s`
  const line = stderr.split('\n').find((text) => /error|failed/iu.test(text)) ?? 'no answer'
  return `Electron's binary could not be fetched (${line
    .replace(/^\w*Error: /u, '')
    .trim()
    .slice(0, 120)})`
}
