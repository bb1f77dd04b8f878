import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/**
 * How a person installs each kind of package, with programs that the system has: the commands, then the program to start, and what
 * removes it again. `folder` is an empty one for what is unpacked.
 */
const WAYS = {
  linux: [
    {
      name: 'deb',
      pattern: /\.deb$/u,
      install: (file) => [[...asRoot(), 'apt-get', 'install', '--yes', '--no-install-recommends', file]],
      start: () => ['/usr/bin/castellan-desktop'],
      remove: () => [[...asRoot(), 'apt-get', 'remove', '--yes', 'castellan']],
    },
    {
      name: 'AppImage',
      pattern: /\.AppImage$/u,
      install: () => [],
      start: (_folder, file) => [file],
      remove: () => [],
    },
    {
      name: 'tar.gz',
      pattern: /\.tar\.gz$/u,
      install: (file, folder) => [['tar', '-xzf', file, '-C', folder, '--strip-components=1']],
      start: (folder) => [join(folder, 'AppRun')],
      remove: () => [],
    },
  ],
  darwin: [
    {
      name: 'dmg',
      pattern: /\.dmg$/u,
      install: (file, folder) => [
        ['hdiutil', 'attach', '-nobrowse', '-readonly', '-mountpoint', join(folder, 'image'), file],
        ['ditto', join(folder, 'image', 'Castellan.app'), join(folder, 'Castellan.app')],
        ['hdiutil', 'detach', join(folder, 'image')],
      ],
      start: openApplication,
      remove: () => [],
    },
    {
      name: 'zip',
      pattern: /\.zip$/u,
      install: (file, folder) => [['ditto', '-x', '-k', file, folder]],
      start: openApplication,
      remove: () => [],
    },
  ],
  win32: [
    {
      name: 'installer',
      pattern: /-win-[^/]*\.exe$/u,
      // The folder is the last argument and without quotes, as NSIS reads it.
      install: (file, folder) => [[file, '/S', `/D=${folder}`]],
      start: (folder) => [join(folder, 'Castellan.exe')],
      remove: (folder) => [[join(folder, 'Uninstall Castellan.exe'), '/S']],
    },
    {
      name: 'zip',
      pattern: /\.zip$/u,
      install: (file, folder) => [['tar', '-xf', file, '-C', folder]],
      start: (folder) => [join(folder, 'Castellan.exe')],
      remove: () => [],
    },
  ],
}

/** As Finder starts it; its output is then in the report alone. */
function openApplication(folder) {
  return ['open', '-W', '-n', join(folder, 'Castellan.app'), '--args']
}

function asRoot() {
  return process.getuid?.() === 0 ? [] : ['sudo', '--non-interactive']
}

/** Which packages of a processor are in a folder; a file without a processor in its name is for x64. */
function isFor(name, arch) {
  const isArm = /arm64|aarch64/u.test(name)
  return arch === 'arm64' ? isArm : !isArm
}

/**
 * The packages of this system in a folder, each with how it is installed, started and removed. In `work`, packages are unpacked
 * and the self-test keeps its reports: one folder for each.
 * A package that is not there has no file.
 * @typedef {{ name: string, file: string | null, keep: string, install: string[][], start: string[], remove: string[][] }} Installation
 * @param {string} dist
 * @param {string} work
 * @returns {Installation[]}
 */
export function findInstallations(dist, work, { platform = process.platform, arch = process.arch } = {}) {
  const names = existsSync(dist) ? readdirSync(dist).filter((name) => isFor(name, arch)) : []
  return (WAYS[platform] ?? []).map(({ name, pattern, install, start, remove }) => {
    const found = names.find((each) => pattern.test(each))
    if (found === undefined) return { name, file: null, keep: '', install: [], start: [], remove: [] }
    const file = resolve(dist, found)
    const [folder, keep] = ['application', 'kept'].map((each) => join(work, name, each))
    for (const each of [folder, keep]) mkdirSync(each, { recursive: true })
    if (platform === 'linux' && name === 'AppImage') chmodSync(file, 0o755)
    return {
      name,
      file,
      keep,
      install: install(file, folder),
      start: [...start(folder, file), '--self-test', `--self-test-keep=${keep}`],
      remove: remove(folder),
    }
  })
}

/**
 * Finds an installation for which the test is refused, because a person's own Castellan would be removed with the one
 * of the test: a path; null where none is installed.
 */
export function findOwnInstallation({ platform = process.platform } = {}) {
  const path = '/usr/bin/castellan-desktop'
  return platform === 'linux' && existsSync(path) ? path : null
}

/** True if the kept report of a self-test has nothing that failed; null where there is no report. */
export function readPassed(keep) {
  const file = join(keep, 'self-test.json')
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).passed === true : null
}
