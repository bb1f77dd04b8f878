import { execFileSync } from 'node:child_process'
import { chownSync, copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { parse } from 'yaml'

import { PLATFORMS } from '../pack/targets.mjs'
import { projectNode } from '../project-node.mjs'
import { checkAction } from './check-action.mjs'
import { checkApt } from './check-apt.mjs'
import { checkBundle } from './check-bundle.mjs'
import { writeBundleManifest } from './mcp.mjs'
import { findFile } from './release.mjs'
import { BUNDLE, SERVER, WINGET } from './schemas.mjs'

const root = resolve(import.meta.dirname, '../..')

/** Owns nothing: makepkg refuses to run as root. */
const NOBODY = 65_534

/**
 * How what a release gets is checked: the `channel` whose manifests or the `kind` whose package is read, the `program` that it needs
 * with Debian's name of its package, or the built `file`, and `run`, which throws with what is wrong. `isOfPackages`: stand-ins of
 * packages do not do. Those of a channel that need no program run with the unit tests.
 * @type {readonly { name: string, channel?: string, kind?: string, program?: string, debian?: string, file?: string,
 *   isOfPackages?: boolean, run: (folder: string, release: import('./release.mjs').Release, from: string) => unknown }[]}
 */
export const CHECKS = [
  { name: 'winget: schema', channel: 'winget', run: checkWinget },
  {
    name: 'mcp: schema of server.json',
    channel: 'mcp',
    run: (folder) => SERVER.parse(readJson(folder, 'mcp/server.json')),
  },
  { name: 'mcp: schema of the bundles', channel: 'mcp', run: checkBundles },
  { name: 'homebrew: ruby -c', channel: 'homebrew', program: 'ruby', debian: 'ruby', run: checkCask },
  {
    name: 'flathub: flatpak-builder --show-manifest',
    channel: 'flathub',
    program: 'flatpak-builder',
    debian: 'flatpak-builder',
    run: checkFlathub,
  },
  {
    name: 'aur: bash -n',
    channel: 'aur',
    program: 'bash',
    debian: 'bash',
    run: (folder) => run(folder, 'bash', '-n', 'aur/PKGBUILD'),
  },
  { name: 'aur: makepkg --printsrcinfo', channel: 'aur', program: 'makepkg', debian: 'makepkg', run: checkSrcinfo },
  {
    name: 'apt: apt-get update and download',
    kind: 'deb-x64',
    program: 'apt-ftparchive',
    debian: 'apt-utils',
    run: (_, release, from) => checkApt(release, from),
  },
  {
    name: 'mcp: the bundle of this system answers',
    kind: `mcpb-${process.platform}-${process.arch}`,
    isOfPackages: true,
    run: (_, release, from) =>
      checkBundle(join(from, findFile(release, `mcpb-${process.platform}-${process.arch}`).name)),
  },
  {
    name: 'action: a real run on the sample agency',
    program: 'sh',
    debian: 'dash',
    file: 'out/node/cli.js',
    run: () => checkAction({ root, node: projectNode(root), cli: join(root, 'out/node/cli.js') }),
  },
]

function run(folder, program, ...args) {
  return execFileSync(program, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

function readJson(folder, file) {
  return JSON.parse(readFileSync(join(folder, file), 'utf8'))
}

function checkWinget(folder, { version }) {
  const place = join(folder, 'winget/manifests/c/Castellan/Castellan', version)
  const manifests = readdirSync(place).map((file) => parse(readFileSync(join(place, file), 'utf8')))
  for (const type of Object.keys(WINGET)) {
    const count = manifests.filter((manifest) => manifest.ManifestType === type).length
    if (count !== 1) throw new Error(`winget has ${count} manifests of the type ${type}, expected one.`)
  }
  for (const manifest of manifests) WINGET[manifest.ManifestType].parse(manifest)
}

function checkBundles(_, release) {
  for (const platform of PLATFORMS) BUNDLE.parse(JSON.parse(writeBundleManifest(release, { platform })))
}

function checkCask(folder, { name }) {
  run(folder, 'ruby', '-c', `homebrew/Casks/${name}.rb`)
}

/** Prints the manifest as flatpak-builder understands it, which has to be all that it contains. */
function checkFlathub(folder, { id }) {
  const file = `flathub/${id}.yml`
  const written = parse(readFileSync(join(folder, file), 'utf8'))
  const understood = JSON.parse(run(folder, 'flatpak-builder', '--show-manifest', file))
  const lost = Object.keys(written).filter((key) => !Object.hasOwn(understood, key) && written[key] !== false)
  if (lost.length > 0) throw new Error(`flatpak-builder does not know ${lost.join(', ')}.`)
}

/** As an ordinary user, and without pacman, which printing does not need. */
function checkSrcinfo(folder) {
  const place = mkdtempSync(join(tmpdir(), 'castellan-aur-'))
  try {
    copyFileSync(join(folder, 'aur/PKGBUILD'), join(place, 'PKGBUILD'))
    const isRoot = process.getuid() === 0
    if (isRoot) chownSync(place, NOBODY, NOBODY)
    const user = isRoot ? { uid: NOBODY, gid: NOBODY } : {}
    const env = { PATH: process.env['PATH'], HOME: place, PACMAN: 'true' }
    const printed = execFileSync('makepkg', ['--printsrcinfo'], { ...user, cwd: place, env, encoding: 'utf8' })
    const written = readFileSync(join(folder, 'aur/.SRCINFO'), 'utf8')
    if (printed.trimEnd() !== written.trimEnd()) throw new Error(`.SRCINFO is not what makepkg prints:\n${printed}`)
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}
