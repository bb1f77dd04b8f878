import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

import { isBuilt } from '../freshness.mjs'
import { projectNode } from '../project-node.mjs'
import { say } from '../say.mjs'

/** Builds the product when its sources changed since the last build. Returns whether there is a build. */
export function ensureBuilt(root) {
  return isBuilt(root) || buildAgain(root)
}

/** Always builds the product, so that it names the present commit. Returns whether there is a build. */
export function buildAgain(root) {
  say('building the product')
  const { status } = spawnSync(projectNode(root), [join(root, 'build/bundle.mjs')], { stdio: ['ignore', 2, 2] })
  if (status !== 0) say('the build failed; see above')
  return status === 0
}
