import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve, sep } from 'node:path'

import { say, since } from '../say.mjs'
import { cloneTree } from './git-tree.mjs'
import { running } from './running.mjs'

const root = resolve(import.meta.dirname, '../..')

/** Programs that a native module is compiled with. */
const COMPILERS =
  /^(?:.*-)?(?:cc|c\+\+|gcc|g\+\+|clang|clang\+\+|make|gmake|cmake|python[\d.]*|node-gyp)(?:-[\d.]+)?(?:\.exe)?$/u

/** The Linux user and group that own nothing (`nobody`). */
const NOBODY = 65_534

const LIMIT_MS = 1_800_000

const folder = mkdtempSync(join(tmpdir(), 'castellan-clone-'))
try {
  process.exitCode = await main()
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function main() {
  // Without a display `npm start` prints Today; other systems always have one, and would wait for the window.
  const first = process.platform === 'linux' ? ['start'] : ['run', 'castellan', '--', 'today', '--sample-when-empty']
  const commands = [['npm', ...first], ...(process.argv.includes('--test') ? [['npm', 'test']] : [])]
  const clone = join(folder, 'clone')
  const failed = cloneTree(root, clone, folder)
  if (failed !== null) {
    say(`the clone failed: ${failed}`)
    return 1
  }
  const env = strangersEnvironment()
  const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}
  if (user.uid !== undefined) handOver(folder)
  say(`a clean clone, ${user.uid === undefined ? 'as this user' : 'as an ordinary user'}, with an empty npm cache`)
  for (const [command, ...args] of commands) {
    const start = performance.now()
    const { code } = await running(command, args, { cwd: clone, env, show: true, limit: LIMIT_MS, ...user })
    say(`${[command, ...args].join(' ')}: exit code ${code} after ${since(start)}`)
    if (code !== 0) return code
  }
  return 0
}

/** An environment with only the programs on the PATH, without compilers, and the address of the npm registry. */
function strangersEnvironment() {
  const home = join(folder, 'home')
  mkdirSync(home)
  const kept = Object.entries(process.env).filter(
    ([name]) =>
      !/^npm_|^NODE_(?!EXTRA_CA_CERTS$)|^CASTELLAN_|^INIT_CWD$|^(?:WAYLAND_)?DISPLAY$|^XDG_|^DBUS_/iu.test(name),
  )
  return {
    ...Object.fromEntries(kept),
    HOME: home,
    USERPROFILE: home,
    TMPDIR: home,
    PATH: pathWithoutCompilers(),
    npm_config_cache: join(home, 'npm-cache'),
    npm_config_nodedir: '',
    npm_config_registry: spawnSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).stdout.trim(),
  }
}

/** A folder of links to all programs but those. Where links need rights (Windows), the PATH stays as it is. */
function pathWithoutCompilers() {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((path) => !path.includes(`${sep}.bin`))
  if (process.platform === 'win32') return folders.join(delimiter)
  const links = join(folder, 'bin')
  mkdirSync(links)
  for (const from of folders) {
    for (const name of listFiles(from)) {
      if (COMPILERS.test(name)) continue
      try {
        symlinkSync(join(from, name), join(links, name))
      } catch {
        // A folder before this one has a program of that name already.
      }
    }
  }
  return links
}

function listFiles(path) {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}

function handOver(path) {
  chmodSync(path, 0o755)
  const changed = spawnSync('chown', ['-R', `${NOBODY}:${NOBODY}`, path])
  if (changed.status !== 0) chownSync(path, NOBODY, NOBODY)
}
