import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { extractFile, listPackage } from '@electron/asar'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { Arch, build, Platform } from 'electron-builder'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { filesUnder } from '../../build/freshness.mjs'
import { BUDGET } from '../../build/pack/check/budget.mjs'
import { CHECKS } from '../../build/pack/check/content.mjs'
import { findTarget } from '../../build/pack/targets.mjs'
import { findWrongBinaries } from '../../build/pack/natives.mjs'
import { KIND_FILE } from '../../shared/domain/update/package-kind.ts'
import { ensureBuilt } from '../../build/steps/built.mjs'
import { stubElectron } from './stub-electron.ts'

const root = resolve(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'castellan-pack-'))
const application = join(folder, 'dist/linux-unpacked')
const resources = join(application, 'resources')
const archive = join(resources, 'app.asar')
const target = findTarget('linux', 'x64')

let files: readonly string[]

// Packing asks npm for the tree of packages, and this machine may be at other work.
beforeAll(async () => {
  if (!ensureBuilt(root)) throw new Error('The product does not build.')
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')) as {
    version: string
  }
  await build({
    projectDir: root,
    targets: Platform.LINUX.createTarget('dir', Arch.x64),
    publish: 'never',
    config: {
      extends: join(root, 'electron-builder.yml'),
      electronDist: await stubElectron(folder, version, { platform: 'linux', arch: 'x64' }),
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

  it('holds no source, no test, no source map, and in its archive nothing of the terminal or the browser shell', () => {
    const refused =
      /\.(?:tsx?|mts|cts|map|md|c|cc|cpp|h|hpp|gypi?)$|(?:^|\/)(?:test|tests|src|build|deps)\/|^out\/node\//u
    // Licences of what is bundled are documents that have to go along.
    const all = [
      ...files,
      ...filesUnder(resources, 'terminal').map((file) => file.replace(/^terminal\/out\/node\//u, '')),
    ]
    expect(all.filter((file) => refused.test(file) && !/licen[cs]e/iu.test(file))).toEqual([])
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
    expect(findWrongBinaries(resources, target)).toEqual([])
    const outside = filesUnder(`${archive}.unpacked`, '.').map((file) => file.replace(/^\.\//u, ''))
    expect(outside.toSorted()).toEqual([
      'node_modules/@napi-rs/keyring-linux-x64-gnu/keyring.linux-x64-gnu.node',
      'node_modules/better-sqlite3/prebuilds/linux-x64.node',
    ])
  })

  it('has the licences of all that is in it, in the archive and as files to read', () => {
    const bundles = filesUnder(root, 'out/main/licenses')
    expect(bundles).toEqual(['out/main/licenses/main.md', 'out/main/licenses/service.md'])
    for (const file of [...bundles, 'out/renderer/licenses.md', 'out/renderer/licenses.txt'])
      expect(files).toContain(file)
    for (const name of [
      'better-sqlite3/LICENSE',
      '@napi-rs/keyring/LICENSE',
      `${target.keyring}/LICENSE.third-party.md`,
    ]) {
      expect(files).toContain(`node_modules/${name}`)
    }
    const beside = ['castellan.txt', 'node.txt', 'sbom.cdx.json', 'third-party.txt'].map((file) =>
      join(resources, 'licenses', file),
    )
    expect(beside.map((file) => readFileSync(file, 'utf8').length > 1000)).toEqual([true, true, true, true])
    expect(readFileSync(join(application, 'LICENSE.electron.txt'), 'utf8')).toContain('Electron')
  })

  it('names its kind of package beside the archive', () => {
    expect(readFileSync(join(resources, KIND_FILE), 'utf8')).toBe('tar\n')
  })

  it('has the terminal program with a Node of its own, what it needs and no more', () => {
    const terminal = filesUnder(resources, 'terminal').map((file) => file.replace('terminal/', ''))
    for (const file of ['castellan', 'bin/node']) {
      expect([file, (statSync(join(resources, 'terminal', file)).mode & 0o777).toString(8)]).toEqual([file, '755'])
    }
    const tops = new Set(
      terminal.map((file) =>
        file.replace(
          /^(out\/node|node_modules\/(?:@[^/]+\/)?[^/]+)?\/?(.*)/u,
          (_, top: string | undefined, name: string) =>
            top === 'out/node' ? `out/node/${name.split('/')[0]}` : (top ?? name),
        ),
      ),
    )
    expect([...tops].toSorted()).toEqual([
      'bin/node',
      'castellan',
      'node_modules/@napi-rs/keyring',
      'node_modules/@napi-rs/keyring-linux-x64-gnu',
      'node_modules/better-sqlite3',
      'node_modules/playwright-core',
      'out/node/cli-chunks',
      'out/node/cli.js',
      'out/node/due-chunks',
      'out/node/due.cjs',
      'out/node/licenses',
      'out/node/thread.js',
      'package.json',
    ])
  })

  it('names no development dependency and starts where the bundle is', () => {
    const packed = JSON.parse(extractFile(archive, 'package.json').toString('utf8')) as Record<string, unknown>
    expect(packed['main']).toBe('out/main/main.js')
    expect(Object.keys(packed)).not.toContain('devDependencies')
    expect(Object.keys(packed)).not.toContain('scripts')
  })

  it('keeps to its size', () => {
    const sum = (folder: string) =>
      filesUnder(folder, '.').reduce((size, file) => size + statSync(join(folder, file)).size, 0)
    expect(statSync(archive).size).toBeLessThan(BUDGET.archive)
    expect(sum(`${archive}.unpacked`)).toBeLessThan(BUDGET.unpacked)
    const node = statSync(join(resources, 'terminal/bin/node')).size
    expect(node).toBeLessThan(BUDGET.node)
    expect(sum(join(resources, 'terminal')) - node).toBeLessThan(BUDGET.terminal)
  })

  it('has every fuse set', async () => {
    const wire = await getCurrentFuseWire(join(application, 'castellan-desktop'))
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

describe('the checks of packages', () => {
  const opened = { kind: 'tar.gz', top: application, program: application, resources }
  const findAll = async () =>
    Object.fromEntries(
      await Promise.all(
        Object.entries(CHECKS).map(async ([name, find]) => [name, await find(opened, target)] as const),
      ),
    )

  it('find nothing wrong, and in a folder no icons and no entry of a menu', async () => {
    expect(await findAll()).toEqual({
      binaries: [],
      needs: [],
      licences: [],
      entries: [],
      terminal: [],
      content: [],
      icons: null,
      desktop: null,
      size: [],
      fuses: [],
      integrity: null,
      sandbox: [],
      window: [],
      policy: [],
      preload: [],
      key: [],
    })
  })

  // The last test, since it damages the application.
  it('find a licence that is missing, a source map, a Node for another system and a program that cannot be run', async () => {
    rmSync(join(resources, 'licenses/node.txt'))
    mkdirSync(join(resources, 'terminal/out/node/test'))
    writeFileSync(join(resources, 'terminal/out/node/test/cli.js.map'), '')
    writeFileSync(join(resources, 'terminal/bin/node'), Buffer.alloc(BUDGET.node + 1))
    chmodSync(join(resources, 'terminal/castellan'), 0o744)
    writeFileSync(join(application, 'AppRun'), 'exec castellan-desktop --no-sandbox "$@"')
    const found = await findAll()
    expect(found['binaries']).toEqual(['terminal/bin/node is missing'])
    expect(found['licences']).toEqual([`${join(resources, 'licenses/node.txt')} is missing`])
    expect(found['terminal']).toEqual([`${join(resources, 'terminal/castellan')} cannot be run by every user`])
    expect(found['sandbox']).toEqual([`${join(application, 'AppRun')} is not build/pack/linux/AppRun`])
    expect(found['content']).toEqual(['./resources/terminal/out/node/test/cli.js.map does not belong into a package'])
    expect(found['size']).toEqual([`node has ${BUDGET.node + 1} bytes, ${BUDGET.node} are its budget`])
  })
})
