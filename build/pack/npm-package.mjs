import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'

import { say } from '../say.mjs'

const LIMIT_MS = 600_000

/**
 * The folder of a package in the version that the lock file names: the installed one, or else, for a package of another
 * system, one that npm fetches once into `.cache/packages`. A fetched package has to have the hash of the lock file.
 * Throws with the reason and what to do.
 * @param {string} root
 * @param {string} name such as `@napi-rs/keyring-win32-x64-msvc`
 */
export function findPackage(root, name) {
  const locked = readLocked(root, name)
  const installed = join(root, 'node_modules', name)
  if (readVersion(installed) === locked.version) return installed
  const kept = join(root, '.cache/packages', `${name.replace('/', '+')}@${locked.version}`)
  if (!existsSync(kept)) fetchPackage(root, `${name}@${locked.version}`, locked.integrity, kept)
  return kept
}

/** Reads the lock file's entry of a package. Throws where it has none of that name. */
export function readLocked(root, name) {
  const locked = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages[`node_modules/${name}`]
  if (locked === undefined) throw new Error(`package-lock.json has no package ${name}. Run: npm install`)
  return locked
}

function readVersion(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version
  } catch {
    return null
  }
}

function fetchPackage(root, spec, integrity, kept) {
  const folder = join(root, '.cache/packages')
  mkdirSync(folder, { recursive: true })
  const fresh = mkdtempSync(join(folder, 'fetch-'))
  try {
    say(`fetching ${spec}, which is for another system (npm pack)`)
    const args = ['pack', spec, '--json', '--ignore-scripts', '--loglevel=error', '--pack-destination', fresh]
    const packed = spawnSync('npm', args, {
      cwd: root,
      encoding: 'utf8',
      shell: process.platform === 'win32',
      timeout: LIMIT_MS,
    })
    if (packed.status !== 0) {
      throw new Error(
        `${spec} could not be fetched: ${(packed.stderr ?? '').trim() || packed.error?.message}. ` +
          'Run this where an npm registry or a mirror of one can be reached, or pack on the system that the package is for.',
      )
    }
    const archive = join(fresh, JSON.parse(packed.stdout)[0].filename)
    checkIntegrity(spec, readFileSync(archive), integrity)
    const unpacked = spawnSync('tar', ['-xzf', archive, '-C', fresh], { encoding: 'utf8' })
    if (unpacked.status !== 0) throw new Error(`${spec} could not be unpacked: ${unpacked.stderr ?? unpacked.error}`)
    renameSync(join(fresh, 'package'), kept)
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
}

/** Throws where the bytes do not have the hash of a lock file, such as `sha512-…`. */
export function checkIntegrity(spec, bytes, integrity) {
  const [algorithm, expected] = String(integrity).split(/-(.*)/su)
  if (algorithm !== 'sha512') throw new Error(`package-lock.json has no SHA-512 of ${spec}.`)
  const actual = createHash('sha512').update(bytes).digest('base64')
  if (actual === expected) return
  throw new Error(
    `${spec} is not the package that package-lock.json names: its SHA-512 is ${actual}, expected ${expected}. Nothing of it is used.`,
  )
}
