/** Builds the product into `out/`: `node build/bundle.mjs`. A failed build leaves the previous one unchanged. */
import { copyFileSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { build } from 'vite'

import { bundles } from './bundles.mjs'
import { findCommit } from './commit.mjs'
import { sourceHash } from './freshness.mjs'
import { writeLicences } from './licences.mjs'
import { readReleaseKey } from './release/release-key.mjs'
import { say, since } from './say.mjs'

// The product is built for production, whatever NODE_ENV is (a test runner sets it to "test").
process.env.NODE_ENV = 'production'

const root = resolve(import.meta.dirname, '..')
const start = performance.now()
const fresh = join(root, `.cache/build-${process.pid}`)
const former = join(root, `.cache/former-${process.pid}`)

/** Pictures that the main process shows, and their names beside it. */
const ICONS = [
  ['tray.png', 'tray.png'],
  ['tray.ico', 'tray.ico'],
  ['trayTemplate.png', 'trayTemplate.png'],
  ['trayTemplate@2x.png', 'trayTemplate@2x.png'],
  ['linux/256x256.png', 'icon.png'],
]

// Otherwise the bundler counts its modules up on a terminal.
process.env['CI'] ??= '1'

try {
  const hash = sourceHash(root)
  mkdirSync(fresh, { recursive: true })
  removeAbandoned()
  for (const bundle of bundles(root, fresh, findCommitOrSay(), readReleaseKey())) await build(bundle)
  writeLicences(root, fresh)
  for (const [icon, file] of ICONS) copyFileSync(join(root, 'build/icons', icon), join(fresh, 'main', file))
  writeFileSync(join(fresh, 'sources.sha256'), `${hash}\n`)
  moveAway(join(root, 'out'), former)
  renameSync(fresh, join(root, 'out'))
  say(`built in ${since(start)}`)
} catch (error) {
  say(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
} finally {
  rmSync(fresh, { recursive: true, force: true })
  rmSync(former, { recursive: true, force: true })
}

/** A working copy runs without its commit; a package is not made without it (`npm run dist`). */
function findCommitOrSay() {
  try {
    return findCommit(root)
  } catch (error) {
    say(error.message)
    return null
  }
}

/** Removes the remains of interrupted builds; a build that still runs is left alone. */
function removeAbandoned() {
  for (const name of readdirSync(join(root, '.cache'))) {
    const pid = /^(?:build|former)-(\d+)$/u.exec(name)?.[1]
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(root, '.cache', name), { recursive: true, force: true })
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function moveAway(from, to) {
  try {
    renameSync(from, to)
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
  }
}
