import { spawnSync } from 'node:child_process'
import { delimiter, join, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

import { isInstalled } from './installed.mjs'
import { findNode, isNewEnough, projectNode, whatToDo } from './project-node.mjs'
import { say, since } from './say.mjs'

// `import.meta.dirname` came with Node 20.11.
const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * Runs a step of `build/steps/` under the project's own Node, after installing the packages of the lock file. The other
 * steps can therefore use the project's packages and TypeScript; only this file has to run on any Node from 20.0.
 */
export async function enter(step) {
  installPackages()
  const file = join(root, 'build/steps', step)
  const node = projectNode(root)
  const bin = join(root, 'node_modules/.bin')
  process.env['PATH'] = [bin, ...foldersOfPath(bin)].join(delimiter)
  process.env['NODE_COMPILE_CACHE'] ??= join(root, '.cache/compile')
  if (isNewEnough) {
    await import(pathToFileURL(file).href)
    return
  }
  // The terminal sends its signals to the whole group: the step handles them, and this process waits for it.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => undefined)
  const { status } = spawnSync(node, [file, ...process.argv.slice(2)], { stdio: 'inherit' })
  process.exitCode = status ?? 1
}

/**
 * No package may run an install script (`.npmrc`): the native modules and Node itself are prebuilt in their packages.
 * npm would still compile the SQLite package, since the lock drops its `gypfile: false`, and fail wherever a compiler,
 * Python or Node's headers are missing.
 */
function installPackages() {
  if (isInstalled(root) && findNode(root) !== null) return
  const start = performance.now()
  say('installing the packages that package-lock.json names (npm ci)')
  // Without our own node_modules/.bin in the path, since npm is about to replace the Node in it.
  const path = foldersOfPath(join(root, 'node_modules/.bin')).join(delimiter)
  const { status } = spawnSync(
    'npm',
    ['ci', '--ignore-scripts', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: root,
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
      env: { ...process.env, PATH: path },
    },
  )
  if (status !== 0) stop('npm ci failed; see above. It needs an npm registry or a mirror of one.')
  if (findNode(root) === null) stop(whatToDo())
  say(`packages installed in ${since(start)}`)
}

function foldersOfPath(except) {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '' && folder !== except && !folder.includes(`${sep}node_modules${sep}.bin`))
}

function stop(reason) {
  say(reason)
  process.exit(1)
}
