import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { Contrib, Enums, Models, Serialize, Spec } from '@cyclonedx/cyclonedx-library'
import { PackageURL } from 'packageurl-js'
import parseSpdx from 'spdx-expression-parse'

import { findCommit } from '../commit.mjs'
import { filesUnder } from '../freshness.mjs'
import { parsePackages } from '../licences.mjs'
import { findNodeSource } from './node-of-target.mjs'
import { CRATES_FILE, listDependencies, parseCrates } from './sbom-graph.mjs'

/** Where `stage` puts the packages beside the bundles. */
const MODULES = ['modules', 'resources/terminal/node_modules']

const { ComponentType, HashAlgorithm, LifecyclePhase } = Enums

const licences = new Contrib.License.Factories.LicenseFactory(parseSpdx)

/**
 * The bill of materials of a package as CycloneDX 1.6 in JSON: what is bundled in the window, the desktop application and the
 * terminal program, the modules beside them, Node, Electron and SQLite, each with its version, licence and address (purl), and with
 * the hash that the lock file has of its npm package (of Electron: that of its release for the target). The same sources give the
 * same text: its number comes from its content, and it has a time only where SOURCE_DATE_EPOCH gives one.
 * @param {string} root
 * @param {{ name: string, platform: string, arch: string, terminal: { name: string, node: string } }} target
 * @param {string} folder what `stage` prepared for the target
 * @param {{ commit: string } | null} source the commit that the sources are
 */
export function toSbom(root, target, folder, source = findCommit(root)) {
  const hashes = readHashes(root)
  const parts = [...listBundled(root, folder), ...listModules(folder)].map((part) => toPackage(part, hashes))
  const native = [{ of: 'better-sqlite3-multiple-ciphers', parts: listSqlite(root) }, ...listCompiled(folder)]
  const components = [
    ...parts,
    ...native.flatMap((each) => each.parts),
    toNode(root, target, hashes),
    toElectron(root, target),
  ]
  const bom = new Models.Bom({ metadata: toMetadata(root, target, source) })
  const unique = new Map(components.map((each) => [each.purl, each]))
  for (const purl of [...unique.keys()].toSorted(byCodePoint)) bom.components.add(unique.get(purl))
  connect(root, bom, unique, native)
  bom.serialNumber = toSerialNumber(serialize(bom))
  return `${serialize(bom)}\n`
}

/** In the order in which things were added: the library would sort by the rules of the machine's language. */
function serialize(bom) {
  const factory = new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6)
  return new Serialize.JsonSerializer(factory).serialize(bom, { sortLists: false, space: 2 })
}

/** A number of RFC 9562, version 8, from the content. */
function toSerialNumber(text) {
  const [a, b, c, d, e] = /^(.{8})(.{4}).(.{3}).(.{3})(.{12})/u
    .exec(createHash('sha256').update(text).digest('hex'))
    .slice(1)
  return `urn:uuid:${a}-${b}-8${c}-a${d}-${e}`
}

function toMetadata(root, { name: target }, source) {
  const { name, version, license } = readJson(root, 'package.json')
  const seconds = process.env['SOURCE_DATE_EPOCH']
  const metadata = new Models.Metadata({
    component: toGeneric(name, version, license, undefined, ComponentType.Application),
  })
  if (seconds !== undefined) metadata.timestamp = new Date(Number(seconds) * 1000)
  metadata.lifecycles.add(LifecyclePhase.Build)
  metadata.properties.add(new Models.Property('castellan:target', target))
  if (source !== null) metadata.properties.add(new Models.Property('castellan:commit', source.commit))
  return metadata
}

/** Lists what the bundler put into the bundles of a package, by its own lists. */
function listBundled(root, folder) {
  const lists = [
    join(root, 'out/renderer/licenses.md'),
    ...listFiles(join(root, 'out/main/licenses')),
    ...listFiles(join(folder, 'resources/terminal/out/node/licenses')),
  ]
  return lists.flatMap((path) =>
    parsePackages(readFileSync(path, 'utf8')).map(([heading]) => {
      const [, name, version, license] = /^(.+) - (\S+) \((.+)\)$/u.exec(heading)
      return { name, version, license }
    }),
  )
}

function listFiles(folder) {
  return readdirSync(folder).map((name) => join(folder, name))
}

/** The packages whose files are beside the bundles, in the archive and in the terminal program. */
function listModules(folder) {
  return MODULES.flatMap((modules) =>
    filesUnder(join(folder, modules), '.')
      .filter((file) => /^\.\/(?:@[^/]+\/)?[^/]+\/package\.json$/u.test(file))
      .map((file) => readJson(join(folder, modules), file)),
  )
}

function toPackage(part, hashes) {
  const component = toComponent(ComponentType.Library, part)
  component.hashes.set(HashAlgorithm['SHA-512'], getHash(hashes, part))
  return component
}

function toNode(root, { terminal }, hashes) {
  const source = findNodeSource(root, terminal)
  const component = source.package === null ? toArchive(source) : toNodePackage(source, hashes)
  component.description = 'Node.js, which the terminal program runs on'
  component.cpe = `cpe:2.3:a:nodejs:node.js:${source.version}:*:*:*:*:*:*:*`
  return component
}

function toNodePackage({ package: name, version, license }, hashes) {
  const named = { name, version, license }
  const component = toComponent(ComponentType.Platform, named)
  component.hashes.set(HashAlgorithm['SHA-512'], getHash(hashes, named))
  return component
}

function toArchive({ version, url, sha256 }) {
  const purl = new PackageURL('generic', undefined, 'node', version, { download_url: url }, undefined).toString()
  const component = new Models.Component(ComponentType.Platform, 'node', { bomRef: purl, version, purl })
  component.licenses.add(licences.makeFromString('MIT'))
  component.hashes.set(HashAlgorithm['SHA-256'], sha256)
  return component
}

function toElectron(root, { name: target }) {
  const folder = join(root, 'node_modules/electron')
  const part = readJson(folder, 'package.json')
  const component = toComponent(ComponentType.Framework, part)
  component.description = 'Electron, which the desktop application runs on, with a Chromium and a Node.js of its own'
  component.cpe = `cpe:2.3:a:electronjs:electron:${part.version}:*:*:*:*:*:*:*`
  const hash = readJson(folder, 'checksums.json')[`electron-v${part.version}-${target}.zip`]
  component.hashes.set(HashAlgorithm['SHA-256'], hash)
  return component
}

/** Lists the sources of the native module for SQLite, by the versions in its header. */
function listSqlite(root) {
  const header = readFileSync(join(root, 'node_modules/better-sqlite3/deps/sqlite3/sqlite3.h'), 'utf8')
  const [, sqlite] = /^#define SQLITE_VERSION +"([\d.]+)"$/mu.exec(header)
  const [, ciphers] = /^#define SQLITE3MC_VERSION_STRING +"SQLite3 Multiple Ciphers ([\d.]+)"$/mu.exec(header)
  return [
    toGeneric('sqlite', sqlite, 'blessing', `cpe:2.3:a:sqlite:sqlite:${sqlite}:*:*:*:*:*:*:*`),
    toGeneric('sqlite3-multiple-ciphers', ciphers, 'MIT'),
  ]
}

/** The crates and libraries that native modules are compiled from, by the lists in their packages. A crate has no hash there. */
function listCompiled(folder) {
  return listModules(folder).flatMap(({ name }) => {
    const path = MODULES.map((modules) => join(folder, modules, name, CRATES_FILE)).find(existsSync)
    if (path === undefined) return []
    const { crates, vendored } = parseCrates(readFileSync(path, 'utf8'))
    return [{ of: name, parts: [...crates.map(toCrate), ...vendored.map(toVendored)] }]
  })
}

function toCrate({ name, version, license }) {
  const purl = new PackageURL('cargo', undefined, name, version, undefined, undefined).toString()
  const component = new Models.Component(ComponentType.Library, name, { bomRef: purl, version, purl })
  component.licenses.add(licences.makeFromString(license))
  return component
}

/** Its licence is a text of the file that lists it. */
function toVendored({ name, version }) {
  const purl = new PackageURL('generic', undefined, name, version, undefined, undefined).toString()
  return new Models.Component(ComponentType.Library, name, { bomRef: purl, version, purl })
}

/** Connects each component to its dependencies. The product depends on what no other component does. */
function connect(root, bom, unique, native) {
  const byName = new Map([...unique.values()].map((each) => [toFullName(each), each]))
  const find = (name, version) => byName.get(`${name}@${version}`)?.purl
  const graph = listDependencies(readJson(root, 'package-lock.json').packages, find)
  for (const { of, parts } of native) {
    const [module] = [...unique.values()].filter((each) => toFullName(each).startsWith(`${of}@`))
    const known = graph.get(module.purl) ?? new Set()
    graph.set(module.purl, new Set([...known, ...parts.map(({ purl }) => purl)]))
  }
  const named = new Set([...graph.values()].flatMap((each) => [...each]))
  for (const [purl, component] of unique) {
    for (const each of [...(graph.get(purl) ?? [])].toSorted(byCodePoint))
      component.dependencies.add(unique.get(each).bomRef)
  }
  for (const purl of [...unique.keys()].toSorted(byCodePoint)) {
    if (!named.has(purl)) bom.metadata.component.dependencies.add(unique.get(purl).bomRef)
  }
}

function toFullName({ group, name, version }) {
  return `${group === undefined ? '' : `${group}/`}${name}@${version}`
}

function toGeneric(name, version, license, cpe, type = ComponentType.Library) {
  const purl = new PackageURL('generic', undefined, name, version, undefined, undefined).toString()
  const component = new Models.Component(type, name, { bomRef: purl, version, purl, cpe })
  component.licenses.add(licences.makeFromString(license))
  return component
}

function toComponent(type, { name, version, license }) {
  const [, scope, base] = /^(?:(@[^/]+)\/)?(.+)$/u.exec(name)
  const purl = new PackageURL('npm', scope, base, version, undefined, undefined).toString()
  const component = new Models.Component(type, base, { bomRef: purl, group: scope, version, purl })
  component.licenses.add(licences.makeFromString(license))
  return component
}

/** The SHA-512 of each package of the lock file in hexadecimal digits, by its name and version. */
function readHashes(root) {
  const { packages } = readJson(root, 'package-lock.json')
  return new Map(
    Object.entries(packages)
      .filter(([, { integrity }]) => integrity?.startsWith('sha512-'))
      .map(([path, { name = path.replace(/^.*node_modules\//u, ''), version, integrity }]) => [
        `${name}@${version}`,
        Buffer.from(integrity.slice('sha512-'.length), 'base64').toString('hex'),
      ]),
  )
}

function getHash(hashes, { name, version }) {
  const hash = hashes.get(`${name}@${version}`)
  if (hash === undefined)
    throw new Error(`package-lock.json has no SHA-512 of ${name}@${version}, which is packed. Run: npm ci`)
  return hash
}

function readJson(folder, file) {
  return JSON.parse(readFileSync(join(folder, file), 'utf8'))
}

function byCodePoint(a, b) {
  return a < b ? -1 : 1
}
