import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import Database from 'better-sqlite3'
import { afterEach, describe, expect, it, vi } from 'vitest'

import { filesUnder } from '../../../build/freshness.mjs'
import { parsePackages } from '../../../build/licences.mjs'
import { NODE_ARCHIVES } from '../../../build/pack/node-of-target.mjs'
import { CRATES_FILE } from '../../../build/pack/sbom-graph.mjs'
import { toSbom } from '../../../build/pack/sbom.mjs'
import { findTarget } from '../../../build/pack/targets.mjs'

const root = resolve(import.meta.dirname, '../../..')
const SCHEMAS = join(root, 'node_modules/@cyclonedx/cyclonedx-library/res/schema')

interface Component {
  readonly group?: string
  readonly name: string
  readonly version: string
  readonly purl: string
  readonly licenses: readonly { readonly license?: { readonly id?: string }; readonly expression?: string }[]
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[]
}

interface Bom {
  readonly serialNumber: string
  readonly metadata: { readonly timestamp?: string }
  readonly components: readonly Component[]
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[]
}

/** What `stage` puts there, as far as the bill reads it. */
function newStage(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'castellan-sbom-'))
  const { keyring } = findTarget('linux', 'x64')
  for (const [modules, names] of [
    ['modules', ['better-sqlite3', '@napi-rs/keyring', keyring]],
    ['resources/terminal/node_modules', ['better-sqlite3', 'playwright-core']],
  ] as const) {
    for (const each of names) {
      mkdirSync(join(folder, modules, each), { recursive: true })
      cpSync(join(root, 'node_modules', each, 'package.json'), join(folder, modules, each, 'package.json'))
    }
  }
  cpSync(join(root, 'node_modules', keyring, CRATES_FILE), join(folder, 'modules', keyring, CRATES_FILE))
  const lists = 'resources/terminal/out/node/licenses'
  mkdirSync(join(folder, lists), { recursive: true })
  cpSync(join(root, 'out/node/licenses', name), join(folder, lists, name))
  return folder
}

const folder = newStage('cli.md')
const target = findTarget('linux', 'x64')
const text = toSbom(root, target, folder, null)
const bom = JSON.parse(text) as Bom

function toName({ group, name }: Component): string {
  return group === undefined ? name : `${group}/${name}`
}

/** All but the Rust crates and the C library of a native module, whose licences and versions are in one file of that module. */
const parts = bom.components.filter(
  ({ purl }) => !purl.startsWith('pkg:cargo/') && !purl.startsWith('pkg:generic/libdbus@'),
)
const NAMES = new Set(parts.map(toName))

/** The names and lengths of the hashes of a component: those of npm are of the lock file, that of Electron is of its release. */
function hashesOf(origin: string, name: string): readonly string[] {
  if (origin === 'generic') return []
  return name === 'electron' ? ['SHA-256 64'] : ['SHA-512 128']
}

function getVersion(name: string): string | undefined {
  return bom.components.find((each) => toName(each) === name)?.version
}

afterEach(() => vi.unstubAllEnvs())

describe('the bill of materials of a package', () => {
  it('is valid by the schema of CycloneDX 1.6', () => {
    const read = (name: string): object =>
      JSON.parse(readFileSync(join(SCHEMAS, `${name}.SNAPSHOT.schema.json`), 'utf8')) as object
    const ajv = new Ajv({
      strict: false,
      code: { optimize: false },
      formats: { 'iri-reference': true, 'idn-email': true },
    })
    addFormats.default(ajv)
    for (const name of ['spdx', 'jsf-0.82']) {
      const file = `${name}.SNAPSHOT.schema.json`
      ajv.addSchema({ ...read(name), $id: `http://cyclonedx.org/schema/${file}` })
    }
    const isValid = ajv.compile(read('bom-1.6'))
    isValid(bom)
    expect(isValid.errors).toBeNull()
    expect(isValid({ ...bom, components: [{ type: 'library' }] })).toBe(false)
  })

  it('names every package that the sources of the product import', () => {
    const sources = ['renderer', 'electron', 'shared'].flatMap((layer) => filesUnder(root, layer))
    const imported = new Set(
      sources
        .filter((file) => /\.tsx?$/u.test(file))
        .flatMap((file) => [
          ...readFileSync(join(root, file), 'utf8').matchAll(
            /^(?:import|export) (?!type )(?:[^'"]*? from )?'((?:@[^/']+\/)?[^./'@][^/']*)[^']*'/gmu,
          ),
        ])
        .map(([, name = '']) => name)
        .filter((name) => !name.startsWith('node:')),
    )
    const missing = [...imported].filter((name) => !NAMES.has(name))
    expect(imported.size).toBeGreaterThan(40)
    // The name of the package that is installed in its place.
    expect(missing).toEqual(['better-sqlite3'])
    expect(NAMES).toContain('better-sqlite3-multiple-ciphers')
  })

  it('has a version, an address, a licence of SPDX and a hash of each, and each once', () => {
    expect(bom.components.length).toBeGreaterThan(180)
    expect(new Set(bom.components.map(({ purl }) => purl)).size).toBe(bom.components.length)
    for (const each of parts) {
      const { name, version, purl, licenses, hashes = [] } = each
      const scope = each.group === undefined ? '' : `${encodeURIComponent(each.group)}/`
      const origin = name.startsWith('sqlite') ? 'generic' : 'npm'
      expect(purl).toBe(`pkg:${origin}/${scope}${name}@${version}`)
      expect([purl, licenses]).toEqual([purl, [{ license: { id: expect.any(String) as string } }]])
      const named = hashes.map(({ alg, content }) => `${alg} ${content.length}`)
      expect([purl, named]).toEqual([purl, hashesOf(origin, name)])
    }
  })

  it('has the versions of what is really used: Node, SQLite and Electron', () => {
    const database = new Database(':memory:')
    const version = database.prepare('SELECT sqlite_version()').pluck().get()
    database.close()
    expect(getVersion('sqlite')).toBe(version)
    expect(getVersion(target.terminal.node)).toBe(process.versions.node)
    const electron = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')) as Component
    expect(getVersion('electron')).toBe(electron.version)
  })

  it('has the archive of Node with its address and hash, for a system whose Node is not of npm', () => {
    const mac = JSON.parse(toSbom(root, findTarget('darwin', 'arm64'), folder, null)) as Bom
    const { url, version, sha256 } = NODE_ARCHIVES['darwin-arm64']
    expect(mac.components.find(({ name }) => name === 'node')).toMatchObject({
      version,
      purl: `pkg:generic/node@${version}?download_url=${encodeURIComponent(url)}`,
      hashes: [{ alg: 'SHA-256', content: sha256 }],
    })
  })

  it('has the crates that the module of the keychain is compiled from, each with its licence', () => {
    const crates = bom.components.filter(({ purl }) => purl.startsWith('pkg:cargo/'))
    expect(crates.length).toBeGreaterThan(100)
    for (const { purl, name, version, licenses } of crates)
      expect([purl, licenses.length]).toEqual([`pkg:cargo/${name}@${version}`, 1])
    expect(crates.map(({ name }) => name)).toContain('dbus-secret-service')
    expect(bom.components.find(({ name }) => name === 'libdbus')?.version).toBe('1.14.4')
  })

  it('connects every component with the product, and each package with what the lock file has of it', () => {
    const graph = new Map(bom.dependencies.map(({ ref, dependsOn = [] }) => [ref, dependsOn]))
    const reached = new Set<string>()
    const queue = [...(graph.get('pkg:generic/castellan@0.1.0') ?? [])]
    for (let ref = queue.pop(); ref !== undefined; ref = queue.pop()) {
      if (reached.has(ref)) continue
      reached.add(ref)
      queue.push(...(graph.get(ref) ?? []))
    }
    expect([...reached].toSorted()).toEqual(bom.components.map(({ purl }) => purl).toSorted())
    const of = (name: string) =>
      [...graph].find(([ref]) => ref.startsWith(`pkg:npm/${name}@`))?.[1].map((ref) => ref.replace(/@[^@]*$/u, ''))
    expect(of('better-sqlite3-multiple-ciphers')).toEqual([
      'pkg:generic/sqlite3-multiple-ciphers',
      'pkg:generic/sqlite',
    ])
    expect(of('%40napi-rs/keyring')).toEqual(['pkg:npm/%40napi-rs/keyring-linux-x64-gnu'])
    expect(of('react-dom')).toContain('pkg:npm/scheduler')
    expect(of('%40napi-rs/keyring-linux-x64-gnu')).toContain('pkg:cargo/zbus')
  })

  it('is the same text each time, and has a time only where one is given', () => {
    expect(toSbom(root, target, folder, null)).toBe(text)
    expect(bom.metadata.timestamp).toBeUndefined()
    vi.stubEnv('SOURCE_DATE_EPOCH', '1790000000')
    const dated = JSON.parse(toSbom(root, target, folder, null)) as Bom
    expect(dated.metadata.timestamp).toBe(new Date(1_790_000_000_000).toISOString())
    expect(dated.serialNumber).not.toBe(bom.serialNumber)
    const other = JSON.parse(toSbom(root, findTarget('win32', 'arm64'), folder, { commit: 'abc' })) as Bom
    expect(new Set([bom, other].map(({ serialNumber }) => serialNumber)).size).toBe(2)
  })

  it('is refused for a package that the lock file does not have', () => {
    const strange = newStage('cli.md')
    const path = join(strange, 'modules/strange')
    mkdirSync(path)
    cpSync(join(root, 'package.json'), join(path, 'package.json'))
    expect(() => toSbom(root, target, strange, null)).toThrow('package-lock.json has no SHA-512 of castellan@')
  })
})

it('the third-party notices have the licence of each package in the bill that has none in a file of its own', () => {
  const notices = readFileSync(join(root, 'out/renderer/licenses.txt'), 'utf8')
  const named = new Set([...notices.matchAll(/^(\S+) - \S+ \(.+\)$/gmu)].map(([, name]) => name))
  const own = /^(?:electron|sqlite.*|@napi-rs\/keyring-.*|node-(?:bin-)?(?:linux|darwin|win)-.*)$/u
  const missing = [...NAMES].filter((name) => !named.has(name) && !own.test(name))
  expect(missing).toEqual(['better-sqlite3-multiple-ciphers'])
  expect(named).toContain('better-sqlite3')
  const lists = globSync('out/{main,node}/licenses/*.md', { cwd: root }).map((file) =>
    readFileSync(join(root, file), 'utf8'),
  )
  for (const [heading] of lists.flatMap((list) => parsePackages(list))) expect(notices).toContain(`\n${heading}\n`)
})
