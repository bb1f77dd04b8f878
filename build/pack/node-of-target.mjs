import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'

import { say } from '../say.mjs'
import { findPackage, readLocked } from './npm-package.mjs'

/**
 * Node's own archives for the targets whose npm packages are older. The hashes are those that the release's signed SHASUMS256.txt
 * has, as its announcement shows it (https://nodejs.org/en/blog/release/v24.21.0).
 */
export const NODE_ARCHIVES = {
  'darwin-arm64': {
    version: '24.21.0',
    url: 'https://nodejs.org/dist/v24.21.0/node-v24.21.0-darwin-arm64.tar.gz',
    sha256: 'bed7eea5325e1108f32ce5228ddd6a5f0f08a499ee42aa7442aea583702f6057',
  },
  'darwin-x64': {
    version: '24.21.0',
    url: 'https://nodejs.org/dist/v24.21.0/node-v24.21.0-darwin-x64.tar.gz',
    sha256: '1462cb3b3046b815cf8ea436d3da450ec1a9f11dac7e5a46b0ada5305d7e8097',
  },
}

/** The days on which versions of Node were released, by their announcements. */
const RELEASED = { '24.0.0': '2025-05-06', '24.21.0': '2026-09-08' }

/** How much older than the newest Node of all targets the one of a target may be. */
export const MOST_DAYS = 90

const DAY_MS = 86_400_000

/** Set where Electron is a stand-in as well: the archives of Node are replaced by its older npm packages, without a network. */
const STAND_IN = 'CASTELLAN_NODE_OF_NPM'

/** Copies the environment without the variable that lets packages have an older Node, which no release may have. */
export function withoutStandIn(env) {
  return { ...env, [STAND_IN]: undefined }
}

/** Lets this process pack the npm packages of Node for every target. */
export function useNodeOfNpm() {
  process.env[STAND_IN] = '1'
}

/**
 * The Node of a target's terminal program: its version, where it comes from and its hash. It is an archive of Node, or the npm
 * package that the lock file names.
 * @param {string} root
 * @param {{ name: string, node: string }} terminal
 */
export function findNodeSource(root, { name, node }) {
  const archive = process.env[STAND_IN] === '1' ? undefined : NODE_ARCHIVES[name]
  if (archive !== undefined) return { ...archive, package: null }
  const { version, license } = readLocked(root, node)
  return { version, license, package: node }
}

/**
 * The folder with `bin` and, but for Windows, `LICENSE` of a target's Node. Throws with the reason and what to do where it cannot
 * be had, and where it is too old.
 */
export function findNodeFolder(root, terminal) {
  const source = findNodeSource(root, terminal)
  return source.package === null ? findArchive(root, source) : findPackage(root, source.package)
}

/**
 * Why the Node of a target may not be packed, or null.
 * @param {string} version of the target
 * @param {string[]} versions of all targets
 */
export function findTooOld(version, versions) {
  const days = [version, ...versions].map(toDay)
  const newest = Math.max(...days)
  const age = newest - days[0]
  if (age <= MOST_DAYS) return null
  const newer = versions.find((each) => toDay(each) === newest)
  return (
    `Node ${version} is ${age} days older than Node ${newer} of another target, and ${MOST_DAYS} is the most. ` +
    'Raise it in package.json, or take the archive of Node: build/pack/node-of-target.mjs.'
  )
}

/** The days between the release of a Node and a time in seconds since 1970. */
export function countDaysSince(version, seconds) {
  return Math.floor((seconds * 1000) / DAY_MS) - toDay(version)
}

/** Throws where the Node of a target is too old beside those of the others. */
export function refuseOldNode(root, { terminal }, targets) {
  if (process.env[STAND_IN] === '1') return
  const versions = targets.map((each) => findNodeSource(root, each.terminal).version)
  const reason = findTooOld(findNodeSource(root, terminal).version, versions)
  if (reason !== null) throw new Error(reason)
}

function toDay(version) {
  const day = RELEASED[version]
  if (day === undefined) {
    throw new Error(
      `build/pack/node-of-target.mjs does not have the day on which Node ${version} was released. Add it from its announcement.`,
    )
  }
  return Date.parse(day) / DAY_MS
}

function findArchive(root, { version, url, sha256 }) {
  const folder = join(root, '.cache/packages')
  const file = basename(url)
  const name = file.replace('.tar.gz', '')
  const kept = join(folder, name)
  if (existsSync(kept)) return kept
  mkdirSync(folder, { recursive: true })
  const fresh = mkdtempSync(join(folder, 'fetch-'))
  try {
    const given = join(folder, file)
    const archive = existsSync(given) ? given : fetchArchive(url, join(fresh, file), folder)
    checkSha256(file, readFileSync(archive), sha256)
    const words = ['-xzf', archive, '-C', fresh, `${name}/bin/node`, `${name}/LICENSE`]
    const unpacked = spawnSync('tar', words, { encoding: 'utf8' })
    if (unpacked.status !== 0) throw new Error(`${file} could not be unpacked: ${unpacked.stderr ?? unpacked.error}`)
    renameSync(join(fresh, name), kept)
    say(`Node ${version} from ${url}`)
    return kept
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
}

function fetchArchive(url, to, folder) {
  const words = ['--fail', '--silent', '--show-error', '--proto', '=https', '--max-time', '600', '--output', to, url]
  const fetched = spawnSync('curl', words, { encoding: 'utf8' })
  if (fetched.status === 0) return to
  throw new Error(
    `${url} could not be fetched: ${(fetched.stderr ?? '').trim() || fetched.error?.message}. npm has only an older Node for ` +
      `this target. Run this where nodejs.org can be reached, or put the file into ${folder}.`,
  )
}

/** Throws where the bytes do not have this SHA-256. */
export function checkSha256(file, bytes, expected) {
  const actual = createHash('sha256').update(bytes).digest('hex')
  if (actual === expected) return
  throw new Error(
    `${file} is not the archive that Node published: its SHA-256 is ${actual}, expected ${expected}. Remove it.`,
  )
}
