import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { writeChecksums } from '../pack/checksums.mjs'
import { readConfiguration } from '../pack/configuration.mjs'
import { countDaysSince, findNodeSource, MOST_DAYS, withoutStandIn } from '../pack/node-of-target.mjs'
import { findAsked, findRefused } from '../pack/preflight.mjs'
import { findReleaseTime } from '../pack/release-time.mjs'
import { findUnsigned } from '../pack/signing.mjs'
import { TARGETS } from '../pack/targets.mjs'
import { say } from '../say.mjs'
import { buildAgain } from './built.mjs'
import { isOnPath } from './system-packages.mjs'

const root = resolve(import.meta.dirname, '../..')
const keys = mkdtempSync(join(tmpdir(), 'castellan-keys-'))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    rmSync(keys, { recursive: true, force: true })
    process.exit(1)
  })
}
try {
  keepAppleKey()
  process.exitCode = main(process.argv.slice(2))
} finally {
  rmSync(keys, { recursive: true, force: true })
}

/** A secret of CI has the key of Apple's notarization itself, and Apple's tool reads a file. */
function keepAppleKey() {
  const key = process.env['APPLE_API_KEY'] ?? ''
  if (!key.startsWith('-----BEGIN ')) return
  const file = join(keys, 'notarization.p8')
  writeFileSync(file, key, { mode: 0o600 })
  process.env['APPLE_API_KEY'] = file
}

/** electron-builder fetches Electron for the target and, for some targets, tools of its own. */
function main(args) {
  const { builder } = readConfiguration(root)
  const asked = findAsked(args, builder, process.platform)
  const refused = findRefused(asked, { host: process.platform, isOnPath })
  for (const reason of refused) say(`not made here: ${reason}`)
  if (refused.length > 0) return 1
  const time = readTimeOrSay()
  if (time === null) return 1
  const { unsigned, signs } = findUnsigned(new Set(asked.map(([system]) => system)), process.env)
  if (!buildAgain(root)) return 1
  const words = ['--publish', 'never', ...(signs ? ['-c.forceCodeSigning=true'] : []), ...args]
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules/electron-builder/cli.js'), ...words], {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...withoutStandIn(process.env),
      CUSTOM_FPM_PATH: join(root, 'build/pack/deb/fpm.mjs'),
      // The times of files, and the order of names, are the same on every machine.
      SOURCE_DATE_EPOCH: String(time),
      TZ: 'UTC',
      LC_ALL: 'C.UTF-8',
    },
  })
  if (status !== 0) return status ?? 1
  for (const file of writeChecksums(join(root, builder.directories.output))) say(`made ${file}`)
  for (const sentence of [...unsigned, ...findOldNodes(time)]) say(sentence)
  return 0
}

function readTimeOrSay() {
  try {
    return findReleaseTime(root)
  } catch (error) {
    say(error.message)
    return null
  }
}

/** A line where the newest Node of all targets was three months old at the time of the release. */
function findOldNodes(time) {
  const ages = TARGETS.map(({ terminal }) => {
    const { version } = findNodeSource(root, terminal)
    return { version, days: countDaysSince(version, time) }
  })
  const [newest] = ages.toSorted((a, b) => a.days - b.days)
  return newest.days > MOST_DAYS
    ? [
        `OLD NODE: Node ${newest.version} is ${newest.days} days older than this release. Look for a newer one of its line.`,
      ]
    : []
}
