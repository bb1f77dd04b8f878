import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'

import { findHighestNeeds } from '../needs/find-unmet.mjs'
import { toDebianDepends } from '../needs/systems.mjs'
import { writeControl } from './control.mjs'

/** electron-builder installs into /opt; Debian keeps programs of packages below /usr (Filesystem Hierarchy Standard 3.0, 3.13). */
const FROM = /^\/opt\/[^/]+/u
const PROGRAM = '/usr/lib/castellan'

/** `KIND_FILE` of `shared/domain/update/package-kind.ts`, which the Node that electron-builder finds on the path may be too old to load. */
const KIND_FILE = 'package-kind'

/** The programs on the path: the terminal program, and the window. */
const LINKS = { castellan: 'resources/terminal/castellan', 'castellan-desktop': 'castellan-desktop' }

/**
 * Makes a Debian package with `dpkg-deb` and returns nothing. Equal files give equal packages: owners are root, modes 644 or
 * 755, and every time is `time` (seconds since the epoch). The libraries of C and C++ that it depends on are of the versions that
 * its binaries need.
 * @param {ReturnType<typeof import('./arguments.mjs').parseFpmArguments>} asked
 */
export function makeDeb(asked, time) {
  const stage = mkdtempSync(join(dirname(asked.output), '.deb-'))
  try {
    for (const [from, to] of asked.paths) {
      const place = join(stage, to.replace(FROM, PROGRAM))
      mkdirSync(dirname(place), { recursive: true })
      cpSync(from, place, { recursive: true, verbatimSymlinks: true })
    }
    layOut(stage, asked, time)
    writeFileSync(join(stage, PROGRAM, 'resources', KIND_FILE), 'deb\n')
    settle(stage, time)
    writeControlFolder(stage, asked)
    settle(join(stage, 'DEBIAN'), time)
    lutimesSync(stage, time, time)
    execFileSync(
      'dpkg-deb',
      ['--root-owner-group', ...toCompression(asked.compression), '--build', stage, asked.output],
      {
        env: { ...process.env, SOURCE_DATE_EPOCH: String(time) },
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    )
  } finally {
    rmSync(stage, { recursive: true, force: true })
  }
}

/** `gz` is for tries: it takes seconds where `xz` takes minutes, and makes packages half as large again. */
function toCompression(name) {
  if (name === 'xz') return ['-Zxz']
  if (name === 'gz') return ['-Zgzip', '-z1']
  throw new Error(`A Debian package is compressed by xz or gz, and not by “${name}”. Correct deb.compression.`)
}

function layOut(stage, asked, time) {
  const program = join(stage, PROGRAM)
  // The start of an AppImage; here the links start both programs.
  rmSync(join(program, 'AppRun'), { force: true })
  // The files below /usr/share come with the application, since an AppImage has them there too.
  const shared = join(program, 'usr/share')
  if (existsSync(shared)) {
    for (const entry of readdirSync(shared))
      cpSync(join(shared, entry), join(stage, 'usr/share', entry), { recursive: true })
    rmSync(join(program, 'usr'), { recursive: true })
  }
  mkdirSync(join(stage, 'usr/bin'), { recursive: true })
  for (const [name, file] of Object.entries(LINKS))
    symlinkSync(`../lib/castellan/${file}`, join(stage, 'usr/bin', name))
  for (const path of listFiles(join(stage, 'usr/share/applications'))) {
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(/^Exec=\/opt\/[^/]+\/(\S+)/gmu, 'Exec=$1'))
  }
  for (const path of listFiles(join(stage, 'usr/share/man'))) {
    writeFileSync(`${path}.gz`, gzip(readFileSync(path)))
    rmSync(path)
  }
  const documents = join(stage, 'usr/share/doc', asked.name)
  mkdirSync(documents, { recursive: true })
  renameSync(join(program, 'resources/licenses/castellan.txt'), join(documents, 'copyright'))
  symlinkSync(`../../../../share/doc/${asked.name}/copyright`, join(program, 'resources/licenses/castellan.txt'))
  writeFileSync(join(documents, 'changelog.gz'), gzip(Buffer.from(writeChangelog(asked, time))))
  mkdirSync(join(stage, 'usr/share/lintian/overrides'), { recursive: true })
  writeFileSync(
    join(stage, 'usr/share/lintian/overrides', asked.name),
    readFileSync(join(import.meta.dirname, 'lintian-overrides')),
  )
}

/** The compressor's name for its own system is left out, so that a package does not depend on where it was made. */
function gzip(bytes) {
  const compressed = gzipSync(bytes, { level: 9 })
  compressed[9] = 255
  return compressed
}

function writeChangelog({ name, version, maintainer }, time) {
  const date = new Date(time * 1000).toUTCString().replace('GMT', '+0000')
  return `${name} (${version}) unstable; urgency=medium\n\n  * What this version changes: CHANGELOG.md of the project.\n\n -- ${maintainer}  ${date}\n`
}

function writeControlFolder(stage, asked) {
  const files = listFiles(stage).filter((path) => lstatSync(path).isFile())
  const size = files.reduce((sum, path) => sum + Math.ceil(lstatSync(path).size / 1024), 0)
  const sums = files
    .map((path) => `${createHash('md5').update(readFileSync(path)).digest('hex')}  ${path.slice(stage.length + 1)}\n`)
    .toSorted((a, b) => (a.slice(34) < b.slice(34) ? -1 : 1))
  const folder = join(stage, 'DEBIAN')
  mkdirSync(folder)
  const depends = [...toDebianDepends(findHighestNeeds(files).linux.versions), ...asked.depends]
  writeFileSync(join(folder, 'control'), writeControl({ ...asked, depends }, size))
  writeFileSync(join(folder, 'md5sums'), sums.join(''))
  for (const [name, from] of Object.entries(asked.scripts)) {
    if (from === undefined) continue
    writeFileSync(join(folder, name), readFileSync(from))
    chmodSync(join(folder, name), 0o755)
  }
}

/** Files and links below a folder, by their paths. */
function listFiles(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
}

/** Gives everything below a folder the mode and time of a package, whatever the umask and the clock of the machine are. */
function settle(folder, time) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) settle(path, time)
    else if (entry.isFile()) chmodSync(path, (lstatSync(path).mode & 0o111) === 0 ? 0o644 : 0o755)
    lutimesSync(path, time, time)
  }
  chmodSync(folder, 0o755)
  lutimesSync(folder, time, time)
}
