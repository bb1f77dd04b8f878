import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'

import { CHECKS } from '../pack/check/content.mjs'
import { findByTool, findForeignKey, findWrongRun } from '../pack/check/linux.mjs'
import { isPackage, openPackage } from '../pack/check/open.mjs'
import { findHighestNeeds } from '../pack/needs/find-unmet.mjs'
import { SYSTEMS } from '../pack/needs/systems.mjs'
import { expectedBinaries } from '../pack/natives.mjs'
import { packTwice } from '../pack/check/same.mjs'
import { toTable } from '../pack/check/table.mjs'
import { findReleaseTime } from '../pack/release-time.mjs'
import { TARGETS } from '../pack/targets.mjs'
import { readReleaseKey } from '../release/release-key.mjs'
import { say, since } from '../say.mjs'
import { buildAgain } from './built.mjs'
import { installPackages, missingPackages } from './system-packages.mjs'

const root = resolve(import.meta.dirname, '../..')

/** The packages of each system that are made here: a disk image only macOS makes. */
const KINDS = { linux: ['deb', 'AppImage', 'tar.gz'], darwin: ['zip'], win32: ['nsis', 'zip'] }

/** Packages are some gigabytes together, and temporary folders may be in memory. */
const folder = mkdtempSync(join(existsSync('/var/tmp') ? '/var/tmp' : tmpdir(), 'castellan-packages-'))
const results = []

/** The needs of the binaries in the packages of each system. */
const highest = { linux: [], darwin: [] }

try {
  process.exitCode = await main()
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** Checks all targets, or those that are named; two builds are compared only without names. */
async function main() {
  const start = performance.now()
  const names = process.argv.slice(2)
  const unknown = names.filter((name) => !TARGETS.some((target) => target.name === name))
  if (unknown.length > 0) {
    const known = TARGETS.map(({ name }) => name).join(', ')
    say(`${unknown.join(', ')} is not a target. npm run dist:check [-- TARGET…], where TARGET is one of: ${known}`)
    return 1
  }
  if (process.platform !== 'linux') {
    say('packages of all systems are checked on Linux. npm run dist checks the binaries of the packages that it makes.')
    return 1
  }
  const wanted = { browser: false, tests: false, packages: true }
  if (!(await installPackages(await missingPackages(wanted), wanted)) || !buildAgain(root)) return 1
  chmodSync(folder, 0o755)
  const targets = TARGETS.filter(({ name }) => names.length === 0 || names.includes(name))
  for (const target of targets) await checkTarget(target)
  checkSystems(new Set(targets.map(({ platform }) => platform)))
  if (names.length === 0) checkSame()
  process.stdout.write(`${toTable(results)}\n`)
  const failed = results.filter(({ problems }) => problems !== null && problems.length > 0)
  say(`${results.length} checks of packages in ${since(start)}; ${failed.length} failed`)
  return failed.length === 0 ? 0 : 1
}

async function checkTarget(target) {
  const start = performance.now()
  const place = join(folder, target.name)
  const script = join(root, 'build/pack/check/pack-stub.mjs')
  const words = [
    '--disable-warning=ExperimentalWarning',
    script,
    place,
    target.platform,
    target.arch,
    ...KINDS[target.platform],
  ]
  const packed = spawnSync(process.execPath, words, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 2 ** 20,
    env: { ...process.env, SOURCE_DATE_EPOCH: String(findReleaseTime(root)) },
  })
  add(target.name, 'packed', packed.status === 0 ? [] : [`${packed.stdout}${packed.stderr}`.trim().slice(-1500)])
  if (packed.status !== 0) return
  const files = readdirSync(join(place, 'dist')).filter(isPackage)
  if (files.length !== KINDS[target.platform].length) add(target.name, 'packed', [`made only ${files.join(', ')}`])
  for (const file of files) await checkPackage(join(place, 'dist', file), target, join(place, 'opened', file))
  rmSync(place, { recursive: true, force: true })
  say(`${target.name}: ${files.join(', ')} (${since(start)})`)
}

async function checkPackage(file, target, top) {
  const subject = `${target.name} ${basename(file)}`
  const opened = openPackage(file, top)
  for (const [name, find] of Object.entries(CHECKS)) add(subject, name, await find(opened, target))
  const binaries = [...expectedBinaries(target).keys()].map((each) => join(opened.resources, each))
  if (target.platform !== 'win32') highest[target.platform].push(findHighestNeeds(binaries)[target.platform])
  if (target.platform === 'linux') checkOnLinux(subject, opened, target)
  say(`${subject}: ${(statSync(file).size / 2 ** 20).toFixed(1)} MiB`)
}

function checkOnLinux(subject, { kind, file, top, resources }, target) {
  if (kind === 'tar.gz') return
  if (target.arch === process.arch) {
    const terminal = findTerminal(kind, file, top, resources)
    add(subject, 'runs', findWrongRun(terminal, `${top}-run`))
    add(subject, 'foreign key', readReleaseKey() === null ? findForeignKey(terminal, `${top}-key`) : null)
  }
  const usr = kind === 'deb' ? join(top, 'usr') : join(top, 'squashfs-root/usr')
  const entry = join(
    kind === 'deb' ? join(usr, 'share/applications') : join(top, 'squashfs-root'),
    'castellan-desktop.desktop',
  )
  const metainfo = join(usr, 'share/metainfo/app.castellan.Castellan.metainfo.xml')
  add(
    subject,
    'desktop-file-validate',
    findByTool('desktop-file-validate', [entry], (line) => line.includes('error')),
  )
  add(
    subject,
    'appstreamcli',
    findByTool('appstreamcli', ['validate', '--no-net', metainfo], (line) => /^[EW]:/u.test(line)),
  )
  if (kind !== 'deb') return
  // It takes half a minute, and finds the same for each processor.
  if (target.arch === process.arch) {
    add(
      subject,
      'lintian',
      findByTool('lintian', ['--allow-root', '--tag-display-limit', '0', file], (line) => line.startsWith('E:')),
    )
  }
}

/** In an AppImage, the terminal program is unpacked as docs/packages.md describes. */
function findTerminal(kind, file, top, resources) {
  if (kind === 'deb') return join(resources, 'terminal/castellan')
  const place = `${top}-terminal`
  mkdirSync(place)
  const unpacked = spawnSync(file, ['--appimage-extract', 'resources/terminal/*'], { cwd: place, encoding: 'utf8' })
  if (unpacked.status !== 0) throw new Error(`${basename(file)} --appimage-extract failed: ${unpacked.stderr}`)
  return join(place, 'squashfs-root/resources/terminal/castellan')
}

/** The numbers of docs/install.md are those of the packages, and no higher. */
function checkSystems(platforms) {
  const versions = Object.keys(SYSTEMS.linux.versions).map((set) => [
    `${set} ${SYSTEMS.linux.versions[set]}`,
    highest.linux.some(({ versions }) => versions[set] === SYSTEMS.linux.versions[set]),
  ])
  const { minimum } = SYSTEMS.darwin
  const promised = [
    ...(platforms.has('linux') ? versions : []),
    ...(platforms.has('darwin') ? [[`macOS ${minimum}`, highest.darwin.some((each) => each.minimum === minimum)]] : []),
  ]
  for (const [words, isNeeded] of promised) {
    add(words, 'needed', isNeeded ? [] : ['no package needs it: lower the number in build/pack/needs/systems.mjs'])
  }
}

function checkSame() {
  const start = performance.now()
  for (const { file, hashes } of packTwice(root, join(folder, 'twice'))) {
    const [one, two] = hashes
    add(`two builds: ${file}`, 'same', one === two && one !== 'missing' ? [] : [`${one} and ${two}`])
    say(`two builds: ${file} ${hashes.join(' ')}`)
  }
  say(`built and packed twice in ${since(start)}`)
}

function add(subject, check, problems) {
  results.push({ subject, check, problems })
}
