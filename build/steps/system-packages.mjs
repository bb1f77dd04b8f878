import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'

import { findBrowser } from '../../electron/shell/chromium/find.ts'
import { say, since } from '../say.mjs'

/** The programs that the tests use on Linux, and the Debian packages that contain them. */
const FOR_TESTS = [
  ['Xvfb', 'xvfb'],
  ['dbus-run-session', 'dbus'],
  ['gnome-keyring-daemon', 'gnome-keyring'],
  ['sqlite3', 'sqlite3'],
  // A calendar program that imports the exported calendar.
  ['khal', 'khal'],
  // Shells that complete commands, and the program that shows manual pages.
  ['zsh', 'zsh'],
  ['fish', 'fish'],
  ['groff', 'groff-base'],
]

/** The programs that `npm run dist:check` makes and checks packages with. */
const FOR_PACKAGES = [
  ['dpkg-deb', 'dpkg'],
  ['makensis', 'nsis'],
  ['7z', '7zip'],
  ['7za', '7zip'],
  ['unzip', 'unzip'],
  ['mksquashfs', 'squashfs-tools'],
  ['lintian', 'lintian'],
  ['desktop-file-validate', 'desktop-file-utils'],
  ['appstreamcli', 'appstream'],
  ['faketime', 'faketime'],
]

/** All Debian packages that the tests use, but for a browser. */
export const TEST_PACKAGES = [...FOR_TESTS.map(([, name]) => name), 'postgresql']

/** Where Debian puts PostgreSQL: a folder for each version, and none of its servers is on the path. */
const POSTGRES = '/usr/lib/postgresql'

/** Debian makes and starts a server when the package is installed, unless this file is there. The tests start their own. */
const NO_SERVER = ['/etc/postgresql-common/createcluster.conf', 'create_main_cluster = false\n']

/** Debian packages that are needed and missing. `browser`: the window is shown without Electron. */
export async function missingPackages({ browser, tests, packages = false, postgres = POSTGRES }) {
  const tools = (packages ? FOR_PACKAGES : []).filter(([command]) => !isOnPath(command)).map(([, name]) => name)
  const missing = [...new Set(tools), ...(browser && (await findBrowser()) === null ? ['chromium'] : [])]
  if (!tests || process.platform !== 'linux') return missing
  const commands = FOR_TESTS.filter(([command]) => !isOnPath(command)).map(([, name]) => name)
  return [...missing, ...commands, ...(hasPostgres(postgres) ? [] : ['postgresql'])]
}

function hasPostgres(folder) {
  try {
    return readdirSync(folder).some((version) => existsSync(join(folder, version, 'bin/initdb')))
  } catch {
    return false
  }
}

/** A file of the administrator's own is left as it is. */
function startNoServer() {
  const [path, text] = NO_SERVER
  if (existsSync(path)) return
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  say(`wrote ${path}, so that the package starts no PostgreSQL of its own`)
}

/**
 * Installs Debian packages where that needs no password: as root, with apt-get. Otherwise prints the command to run.
 * Returns whether all of them are installed now.
 */
export async function installPackages(packages, wanted) {
  if (packages.length === 0) return true
  const install = ['install', '-y', '--no-install-recommends', ...packages]
  const command = `apt-get update && apt-get ${install.join(' ')}`
  if (process.platform !== 'linux') {
    say(`needed: ${packages.join(', ')}. Install Chrome, Chromium or Edge, or name one in CASTELLAN_BROWSER.`)
    return false
  }
  if (!isOnPath('apt-get')) {
    say(`needed from the system, by their Debian names: ${packages.join(', ')}. Install them, then run this again.`)
    return false
  }
  if (process.getuid() !== 0) {
    say(`needed from the system: ${packages.join(', ')}. Run: sudo sh -c '${command}'`)
    return false
  }
  const start = performance.now()
  say(`installing ${packages.join(', ')} (apt-get)`)
  if (packages.includes('postgresql')) startNoServer()
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  for (const step of [
    ['update', '-q'],
    ['-q', ...install],
  ]) {
    const result = spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=120', ...step], {
      env,
      encoding: 'utf8',
      timeout: 900_000,
    })
    if (result.status !== 0 && step[0] !== 'update') {
      process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}`)
      say(`apt-get could not install ${packages.join(', ')}. Run: ${command}`)
      return false
    }
  }
  const left = await missingPackages(wanted)
  if (left.length > 0) {
    say(`still missing after the installation: ${left.join(', ')}`)
    return false
  }
  say(`installed in ${since(start)}`)
  return true
}

export function isOnPath(command) {
  return [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin'].some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
