import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'

import { buildAgain } from './built.mjs'

const root = resolve(import.meta.dirname, '../..')
process.exitCode = buildAgain(root) ? pack() : 1

/** electron-builder fetches Electron for the target and, for some targets, tools of its own. */
function pack() {
  const builder = join(root, 'node_modules/electron-builder/cli.js')
  const { status } = spawnSync(process.execPath, [builder, '--publish', 'never', ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
  })
  return status ?? 1
}
