import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'

import { writeChecksums } from '../pack/checksums.mjs'
import { readConfiguration } from '../pack/configuration.mjs'
import { findAsked, findRefused } from '../pack/preflight.mjs'
import { findReleaseTime } from '../pack/release-time.mjs'
import { findUnsigned } from '../pack/signing.mjs'
import { say } from '../say.mjs'
import { buildAgain } from './built.mjs'
import { isOnPath } from './system-packages.mjs'

const root = resolve(import.meta.dirname, '../..')
process.exitCode = main(process.argv.slice(2))

/** electron-builder fetches Electron for the target and, for some targets, tools of its own. */
function main(args) {
  const { builder } = readConfiguration(root)
  const asked = findAsked(args, builder, process.platform)
  const refused = findRefused(asked, { host: process.platform, isOnPath })
  for (const reason of refused) say(`not made here: ${reason}`)
  if (refused.length > 0) return 1
  const { unsigned, signs } = findUnsigned(new Set(asked.map(([system]) => system)), process.env)
  if (!buildAgain(root)) return 1
  const words = ['--publish', 'never', ...(signs ? ['-c.forceCodeSigning=true'] : []), ...args]
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules/electron-builder/cli.js'), ...words], {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      CUSTOM_FPM_PATH: join(root, 'build/pack/deb/fpm.mjs'),
      // The times of files, and the order of names, are the same on every machine.
      SOURCE_DATE_EPOCH: String(findReleaseTime(root)),
      TZ: 'UTC',
      LC_ALL: 'C.UTF-8',
    },
  })
  if (status !== 0) return status ?? 1
  for (const file of writeChecksums(join(root, builder.directories.output))) say(`made ${file}`)
  for (const sentence of unsigned) say(sentence)
  return 0
}
