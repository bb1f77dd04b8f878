import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { extractFile, listPackage } from '@electron/asar'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { build, Platform } from 'electron-builder'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { filesUnder } from '../../build/freshness.mjs'
import { ensureBuilt } from '../../build/steps/built.mjs'
import { stubElectron } from './stub-electron.ts'

const root = resolve(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'castellan-pack-'))
const application = join(folder, 'dist/linux-unpacked')
const archive = join(application, 'resources/app.asar')

/**
 * What a person downloads beside Electron itself, in bytes: a megabyte of the archive is the guide and its pictures, one the emoji that
 * names may have, and one and a half what teams need: libsodium, PostgreSQL's protocol, the exchange and its evidence.
 */
const BUDGET = { archive: 12_000_000, unpacked: 6_000_000 }

let files: readonly string[]

// Packing asks npm for the tree of packages, and this machine may be at other work.
beforeAll(async () => {
  if (!ensureBuilt(root)) throw new Error('The product does not build.')
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')) as {
    version: string
  }
  await build({
    projectDir: root,
    targets: Platform.LINUX.createTarget('dir'),
    publish: 'never',
    config: {
      extends: join(root, 'electron-builder.yml'),
      electronDist: await stubElectron(folder, version),
      electronVersion: version,
      directories: { output: join(folder, 'dist') },
    },
  })
  files = listPackage(archive, { isPack: false }).map((path) => path.replaceAll('\\', '/').replace(/^\//u, ''))
}, 300_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the packed application', () => {
  it('holds the bundles', () => {
    const bundles = ['main/main.js', 'main/service.js', 'preload/preload.cjs', 'renderer/index.html']
    const icons = ['icon.png', 'tray.ico', 'tray.png', 'trayTemplate.png', 'trayTemplate@2x.png']
    for (const file of [...bundles, ...icons.map((icon) => `main/${icon}`)]) expect(files).toContain(`out/${file}`)
  })

  it('holds no source, no test, no source map, and nothing of the terminal or the browser shell', () => {
    const refused =
      /\.(?:tsx?|mts|cts|map|md|c|cc|cpp|h|hpp|gypi?)$|(?:^|\/)(?:test|tests|src|build|deps)\/|^out\/node\//u
    // Licences of what is bundled are documents that have to go along.
    expect(files.filter((file) => refused.test(file) && !/licen[cs]e/iu.test(file))).toEqual([])
    const tops = new Set(files.map((file) => file.split('/')[0]))
    expect([...tops].map(String).toSorted((a, b) => a.localeCompare(b))).toEqual([
      'node_modules',
      'out',
      'package.json',
    ])
  })

  it('holds no dependency but the two native modules', () => {
    const packages = new Set(files.flatMap((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/u.exec(file)?.[1] ?? []))
    packages.delete('@napi-rs')
    expect([...packages].toSorted()).toEqual(['@napi-rs/keyring', '@napi-rs/keyring-linux-x64-gnu', 'better-sqlite3'])
  })

  it('has the native binaries of its target outside the archive, and no other', () => {
    const outside = filesUnder(`${archive}.unpacked`, '.').map((file) => file.replace(/^\.\//u, ''))
    expect(outside.toSorted()).toEqual([
      'node_modules/@napi-rs/keyring-linux-x64-gnu/keyring.linux-x64-gnu.node',
      'node_modules/better-sqlite3/prebuilds/linux-x64.node',
    ])
    expect(files.filter((file) => file.endsWith('.node')).toSorted()).toEqual(outside.toSorted())
  })

  it('names no development dependency and starts where the bundle is', () => {
    const packed = JSON.parse(extractFile(archive, 'package.json').toString('utf8')) as Record<string, unknown>
    expect(packed['main']).toBe('out/main/main.js')
    expect(Object.keys(packed)).not.toContain('devDependencies')
    expect(Object.keys(packed)).not.toContain('scripts')
  })

  it('keeps to its size', () => {
    expect(statSync(archive).size).toBeLessThan(BUDGET.archive)
    const unpacked = filesUnder(`${archive}.unpacked`, '.').map(
      (file) => statSync(join(`${archive}.unpacked`, file)).size,
    )
    expect(unpacked.reduce((sum, size) => sum + size, 0)).toBeLessThan(BUDGET.unpacked)
  })

  it('has every fuse set', async () => {
    const wire = await getCurrentFuseWire(join(application, 'castellan'))
    const { DISABLE, ENABLE } = FuseState
    expect(wire).toMatchObject({
      [FuseV1Options.RunAsNode]: DISABLE,
      [FuseV1Options.EnableCookieEncryption]: DISABLE,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: DISABLE,
      [FuseV1Options.EnableNodeCliInspectArguments]: DISABLE,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: ENABLE,
      [FuseV1Options.OnlyLoadAppFromAsar]: ENABLE,
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: DISABLE,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: DISABLE,
      [FuseV1Options.WasmTrapHandlers]: ENABLE,
    })
  })
})
