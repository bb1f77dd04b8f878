import { existsSync, lstatSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'

import { filesUnder } from '../../freshness.mjs'
import { findWrongBinaries } from '../natives.mjs'
import { findUnmetNeeds } from '../needs/find-unmet.mjs'
import { readReleaseKey } from '../../release/release-key.mjs'
import { listArchive } from './archive.mjs'
import { BUDGET } from './budget.mjs'
import { findWrongIntegrity } from './integrity.mjs'
import { findWrongKey } from './key.mjs'
import { findMissingEntries, findWrongOptions, findWrongPolicy, findWrongPreload } from './window.mjs'

/** The sizes that the icon theme of Linux desktops lists and applications have. */
const ICON_SIZES = [16, 24, 32, 48, 64, 128, 256, 512]

/** Those of `electron-builder.yml`, and one that Electron has on by default. */
const FUSES = {
  RunAsNode: FuseState.DISABLE,
  EnableCookieEncryption: FuseState.DISABLE,
  EnableNodeOptionsEnvironmentVariable: FuseState.DISABLE,
  EnableNodeCliInspectArguments: FuseState.DISABLE,
  EnableEmbeddedAsarIntegrityValidation: FuseState.ENABLE,
  OnlyLoadAppFromAsar: FuseState.ENABLE,
  LoadBrowserProcessSpecificV8Snapshot: FuseState.DISABLE,
  GrantFileProtocolExtraPrivileges: FuseState.DISABLE,
  WasmTrapHandlers: FuseState.ENABLE,
}

/** The files that no package holds: sources, tests, source maps, and the folders that have them. */
const UNWANTED =
  /(?:\.(?:tsx?|mts|cts|map|cc|cpp|hpp|gypi?)|\.test\.[cm]?js)$|(?:^|\/)(?:test|tests|__tests__|src|build|deps)\//u

/**
 * The checks of the content of a package, by their names. Each returns what is wrong, one sentence each; null where the package
 * has nothing of the kind. Each takes `{ kind, top, program, resources }` of an opened package and its target.
 */
export const CHECKS = {
  binaries: ({ resources }, target) => findWrongBinaries(resources, target),
  needs: ({ program, resources }, target) => findUnmetNeeds(program, resources, target),
  licences: findMissingLicences,
  entries: findMissingEntries,
  terminal: findWrongTerminal,
  content: findUnwanted,
  icons: findMissingIcons,
  desktop: findWrongDesktop,
  size: findTooLarge,
  fuses: findWrongFuses,
  integrity: findWrongIntegrity,
  sandbox: findWrongStart,
  window: findWrongOptions,
  policy: findWrongPolicy,
  preload: findWrongPreload,
  key: (opened) => findWrongKey(opened, readReleaseKey()),
}

/** Sources and tests, and modules that neither program loads. */
function findUnwanted({ resources, program }, { keyring, terminal }) {
  const modules = (name) => ['better-sqlite3', '@napi-rs/keyring', name]
  const places = [
    [listArchive(resources), modules(keyring)],
    [filesUnder(resources, 'terminal'), [...modules(terminal.keyring), 'playwright-core']],
  ]
  const found = places.flatMap(([files, wanted]) =>
    files
      .map((file) => /(?:^|\/)node_modules\/(@[^/]+\/[^/]+|[^@/][^/]*)\//u.exec(file)?.[1])
      .filter((name) => name !== undefined && !wanted.includes(name)),
  )
  return [
    ...[...listArchive(resources), ...filesUnder(program, '.')].filter((file) => UNWANTED.test(file)),
    ...new Set(found),
  ].map((file) => `${file} does not belong into a package`)
}

/** On macOS, Electron's licences are in the archive that is fetched, which the stand-in is not. */
function findMissingLicences({ resources, program }, { platform, keyring, terminal }) {
  const beside = ['castellan.txt', 'node.txt', 'third-party.txt', 'sbom.cdx.json'].map((file) =>
    join(resources, 'licenses', file),
  )
  const electron = ['LICENSE.electron.txt', 'LICENSES.chromium.html'].map((file) => join(program, file))
  const modules = (name) => [`better-sqlite3/LICENSE`, '@napi-rs/keyring/LICENSE', `${name}/LICENSE.third-party.md`]
  const inTerminal = [...modules(terminal.keyring), 'playwright-core/LICENSE', 'playwright-core/NOTICE']
  const files = [
    ...beside,
    ...(platform === 'darwin' ? [] : electron),
    ...inTerminal.map((file) => join(resources, 'terminal/node_modules', file)),
    join(resources, 'terminal/out/node/licenses/cli.md'),
  ]
  const archived = new Set(listArchive(resources))
  const own = ['main', 'service'].map((name) => `out/main/licenses/${name}.md`)
  return [
    ...files.filter((file) => !existsSync(file) || statSync(file).size === 0),
    ...[
      ...own,
      'out/renderer/licenses.md',
      'out/renderer/licenses.txt',
      ...modules(keyring).map((file) => `node_modules/${file}`),
    ].filter((file) => !archived.has(file)),
  ].map((file) => `${file} is missing`)
}

function findWrongTerminal({ kind, top, resources }, { platform }) {
  const programs = platform === 'win32' ? ['castellan.cmd', 'path.ps1', 'bin/node.exe'] : ['castellan', 'bin/node']
  const files = [...programs, 'package.json', 'out/node/cli.js', 'out/node/thread.js']
  const paths = files.map((file) => join(resources, 'terminal', file))
  const missing = paths.filter((path) => !existsSync(path)).map((path) => `${path} is missing`)
  if (platform === 'win32' || missing.length > 0) return missing
  const locked = programs
    .map((file) => join(resources, 'terminal', file))
    .filter((path) => (statSync(path).mode & 0o555) !== 0o555)
    .map((path) => `${path} cannot be run by every user`)
  if (kind !== 'deb') return locked
  const links = ['castellan', 'castellan-desktop'].map((name) => join(top, 'usr/bin', name))
  return [
    ...locked,
    ...links
      .filter((path) => !existsSync(path) || !lstatSync(path).isSymbolicLink())
      .map((path) => `${path} is not a link to a program`),
  ]
}

function findMissingIcons({ kind, top, program, resources }, { platform }) {
  if (platform === 'darwin') return existsSync(join(resources, 'icon.icns')) ? [] : ['icon.icns is missing']
  if (kind !== 'deb' && kind !== 'AppImage') return null
  const share = join(kind === 'deb' ? top : program, 'usr/share/icons/hicolor')
  return ICON_SIZES.flatMap((size) => {
    const path = join(share, `${size}x${size}/apps/castellan-desktop.png`)
    if (!existsSync(path)) return [`${path} is missing`]
    const edges = [16, 20].map((at) => readFileSync(path).readUInt32BE(at))
    return edges.every((edge) => edge === size) ? [] : [`${path} is ${edges.join('x')}`]
  })
}

/** Castellan opens no file by a double click: no file type is registered, and none is in the entry of the menu. */
function findWrongDesktop({ kind, top, program }) {
  if (kind !== 'deb' && kind !== 'AppImage') return null
  const folder = kind === 'deb' ? join(top, 'usr/share/applications') : program
  const path = join(folder, 'castellan-desktop.desktop')
  if (!existsSync(path)) return [`${path} is missing`]
  const entry = readFileSync(path, 'utf8')
  const expected = [
    'Name=Castellan',
    'Icon=castellan-desktop',
    'StartupWMClass=castellan-desktop',
    kind === 'deb' ? 'Exec=castellan-desktop %U' : 'Exec=AppRun',
  ]
  const share = join(kind === 'deb' ? top : program, 'usr/share')
  return [
    ...expected.filter((line) => !entry.includes(`\n${line}`)).map((line) => `the entry of the menu has no ${line}`),
    ...(entry.includes('MimeType=') || existsSync(join(share, 'mime')) ? ['a file type is registered'] : []),
    ...['metainfo/app.castellan.Castellan.metainfo.xml', `man/man1/castellan.1${kind === 'deb' ? '.gz' : ''}`]
      .filter((file) => !existsSync(join(share, file)))
      .map((file) => `${file} is missing`),
  ]
}

function findTooLarge({ resources }) {
  const sum = (folder) => filesUnder(folder, '.').reduce((size, file) => size + statSync(join(folder, file)).size, 0)
  const bin = sum(join(resources, 'terminal/bin'))
  const sizes = {
    archive: statSync(join(resources, 'app.asar')).size,
    unpacked: sum(join(resources, 'app.asar.unpacked')),
    node: bin,
    terminal: sum(join(resources, 'terminal')) - bin,
  }
  return Object.entries(sizes)
    .filter(([part, size]) => size > BUDGET[part])
    .map(([part, size]) => `${part} has ${size} bytes, ${BUDGET[part]} are its budget`)
}

/**
 * No entry of a menu leaves the sandbox out, and the start of what no package of the system installs is Castellan's own: that of
 * electron-builder adds `--no-sandbox`.
 */
function findWrongStart({ kind, top, program }) {
  const entries = filesUnder(top, '.').filter((file) => file.endsWith('.desktop'))
  return [
    ...entries
      .filter((file) => readFileSync(join(top, file), 'utf8').includes('--no-sandbox'))
      .map((file) => `${file} starts without a sandbox`),
    ...(kind === 'AppImage' || kind === 'tar.gz' ? findWrongRunner(program) : []),
  ]
}

function findWrongRunner(program) {
  const [packed, own] = [join(program, 'AppRun'), join(import.meta.dirname, '../linux/AppRun')]
  if (!existsSync(packed) || (statSync(packed).mode & 0o555) !== 0o555) return [`${packed} cannot be run`]
  return readFileSync(packed).equals(readFileSync(own)) ? [] : [`${packed} is not build/pack/linux/AppRun`]
}

async function findWrongFuses({ program }, { platform }) {
  const file = { linux: 'castellan-desktop', win32: 'Castellan.exe', darwin: 'Contents/MacOS/Castellan' }[platform]
  const wire = await getCurrentFuseWire(join(program, file))
  return Object.entries(FUSES)
    .filter(([fuse, state]) => wire[FuseV1Options[fuse]] !== state)
    .map(([fuse]) => `the fuse ${fuse} is not as it has to be`)
}
