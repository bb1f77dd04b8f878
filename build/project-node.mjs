import { existsSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The path of the project's own Node, from the npm package `node`. The native SQLite binding crashes on Node 20, so
 * nothing of the product runs on the Node that happens to be installed. Throws when the set-up has not been run.
 */
export function projectNode(root) {
  const path = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (!existsSync(path)) throw new Error('The project is not set up yet. Run: npm run setup')
  return path
}
