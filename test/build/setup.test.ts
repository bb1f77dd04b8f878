import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { filesUnder, isBuilt, sourceHash } from '../../build/freshness.mjs'
import { isInstalled } from '../../build/installed.mjs'
import { findNode, projectNode } from '../../build/project-node.mjs'
import { electronBinary, findElectron } from '../../build/steps/electron-binary.mjs'
import { installPackages, missingPackages } from '../../build/steps/system-packages.mjs'

const here = resolve(import.meta.dirname, '../..')
let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'castellan-setup-'))
})

afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  rmSync(root, { recursive: true, force: true })
})

function write(path: string, content: string): void {
  mkdirSync(resolve(root, path, '..'), { recursive: true })
  writeFileSync(join(root, path), content)
}

describe('the packages', () => {
  const lock = (packages: Record<string, object>): string => JSON.stringify({ packages })
  const locked = {
    '': {},
    'node_modules/a': { version: '1.0.0' },
    'node_modules/b': { version: '2.0.0', optional: true },
  }

  it('are installed when each of the lock is there in its version', () => {
    write('package-lock.json', lock(locked))
    expect(isInstalled(root)).toBe(false)
    write('node_modules/.package-lock.json', lock({ 'node_modules/a': { version: '1.0.0' } }))
    expect(isInstalled(root)).toBe(true)
    write('node_modules/.package-lock.json', lock({ 'node_modules/a': { version: '1.0.1' } }))
    expect(isInstalled(root)).toBe(false)
    write('node_modules/.package-lock.json', 'cut off')
    expect(isInstalled(root)).toBe(false)
  })
})

describe('the scripts of packages', () => {
  const lock = JSON.parse(readFileSync(join(here, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { hasInstallScript?: boolean; version?: string; optional?: boolean }>
  }

  it('do not run at installation, so that nothing is compiled and nothing is fetched past the lock', () => {
    expect(readFileSync(join(here, '.npmrc'), 'utf8')).toMatch(/^ignore-scripts=true$/mu)
    expect(readFileSync(join(here, 'build/enter.mjs'), 'utf8')).toContain("'--ignore-scripts'")
  })

  it('are needed by no package: each that has one works without it', () => {
    const withScript = Object.entries(lock.packages).filter(([, entry]) => entry.hasInstallScript === true)
    expect(withScript.map(([path]) => path)).toEqual([
      // Its binding comes built for each platform; the script that npm sees is its `binding.gyp`.
      'node_modules/better-sqlite3',
      // Packs Windows installers of a kind that the project does not make.
      'node_modules/electron-winstaller',
    ])
    const prebuilt = readdirSync(join(here, 'node_modules/better-sqlite3/prebuilds'))
    for (const platform of ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64', 'win32-x64']) {
      expect(prebuilt).toContain(`${platform}.node`)
    }
    expect(existsSync(join(here, 'node_modules/better-sqlite3/build'))).toBe(false)
  })
})

describe("the project's own Node", () => {
  it('is the binary of the package for this machine, or none where the packages are not installed', () => {
    expect(findNode(here)).toMatch(/node_modules.node-[a-z0-9-]+.bin.node/u)
    expect(findNode(root)).toBeNull()
    expect(() => projectNode(root)).toThrow('npm run setup')
  })

  it.each([
    ['freebsd', 'v24.21.0', process.execPath],
    ['freebsd', 'v20.0.0', null],
  ])('on %s, for which npm has none, is the Node that runs if that is new enough (%s)', (platform, version, path) => {
    const script = `Object.defineProperty(process, 'platform', { value: '${platform}' })
      Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version.slice(1)}' } })
      const { findNode } = await import(${JSON.stringify(pathToFileURL(join(here, 'build/project-node.mjs')).href)})
      console.log(JSON.stringify(findNode(${JSON.stringify(root)})))`
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
    expect(JSON.parse(stdout)).toBe(path)
  })
})

describe('the build', () => {
  it('is done again when a source changes, comes or goes, and only then', () => {
    write('shared/a.ts', 'a')
    write('out/sources.sha256', `${sourceHash(root)}\n`)
    expect(isBuilt(root)).toBe(true)
    write('shared/a.ts', 'b')
    expect(isBuilt(root)).toBe(false)
    write('shared/a.ts', 'a')
    write('renderer/deep/b.tsx', '')
    expect(isBuilt(root)).toBe(false)
    rmSync(join(root, 'renderer'), { recursive: true })
    expect(isBuilt(root)).toBe(true)
    expect(filesUnder(root, 'absent')).toEqual([])
  })
})

describe("Electron's binary", () => {
  /** An Electron package whose script does as given, and counts its calls. */
  function electronThat(does: string, version = '45.4.1'): () => number {
    write('node_modules/electron/package.json', JSON.stringify({ version }))
    const log = join(root, 'tries')
    write('node_modules/electron/install.js', `require('fs').appendFileSync(${JSON.stringify(log)}, 'x'); ${does}`)
    return () => readFileSync(log, 'utf8').length
  }

  beforeEach(() => {
    mkdirSync(join(root, 'node_modules'))
    // The set-up looks for the project's own Node among the packages of its root.
    const name = basename(dirname(dirname(projectNode(here))))
    symlinkSync(join(here, 'node_modules', name), join(root, 'node_modules', name))
    vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  })

  const RETRY = 'to try again: npm run setup -- --retry-electron'

  it('is tried once, and the answer is remembered until someone asks again or the version changes', async () => {
    const tries = electronThat("console.error('TypeError: fetch failed'); process.exit(1)")
    const answer = { reason: "Electron's binary could not be fetched (fetch failed)", todo: RETRY }
    expect([await electronBinary(root), tries()]).toMatchObject([answer, 1])
    expect([await electronBinary(root), tries()]).toMatchObject([answer, 1])
    expect([await electronBinary(root, { retry: true }), tries()]).toMatchObject([answer, 2])
    write('node_modules/electron/package.json', JSON.stringify({ version: '46.0.0' }))
    expect([await electronBinary(root), tries()]).toMatchObject([answer, 3])
  })

  const HOUR_MS = 3_600_000

  it.each([
    ['is not asked for again before a day is over', 23 * HOUR_MS, 0],
    ['is asked for again after a day', 25 * HOUR_MS, 1],
    ['is asked for again when the last try is in the future', -HOUR_MS, 1],
  ])('whose fetch failed %s', async (_, age, expected) => {
    electronThat("console.error('TypeError: fetch failed'); process.exit(1)")
    write('tries', '')
    const tried = new Date(Date.now() - age).toISOString()
    write('.cache/electron.json', JSON.stringify({ version: '45.4.1', reason: 'a reason of then', tried }))
    const { reason } = await electronBinary(root)
    expect(readFileSync(join(root, 'tries'), 'utf8')).toHaveLength(expected)
    expect(reason === 'a reason of then').toBe(expected === 0)
    // A start never waits for a second try.
    write('.cache/electron.json', JSON.stringify({ version: '45.4.1', reason: 'a reason of then', tried }))
    expect(await electronBinary(root, { later: true })).toEqual({
      reason: 'a reason of then',
      isOld: expected === 1,
      todo: RETRY,
    })
  })

  it('whose fetch takes long shows its progress until the patience is over, and the reason names how long that was', async () => {
    electronThat('setInterval(() => {}, 1000)')
    const said: string[] = []
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0)
    const { reason } = await electronBinary(root, { progress: 20, patience: 1000 })
    expect(reason).toBe("Electron's binary was not fetched within 1 s")
    expect(said[0]).toContain('fetching Electron 45.4.1 (Ctrl+C ends it; ')
    expect(said[1]).toBe('castellan: still fetching Electron 45.4.1 (0 s)\n')
    expect(said.length).toBeGreaterThan(3)
  })

  it('is used when it was fetched, and not asked for again', async () => {
    const copy = `const fs = require('fs'), { join } = require('path')
      fs.mkdirSync(join(__dirname, 'dist')); fs.copyFileSync('/bin/true', join(__dirname, 'dist/electron'))
      fs.writeFileSync(join(__dirname, 'dist/version'), 'v45.4.1'); fs.writeFileSync(join(__dirname, 'path.txt'), 'electron')`
    const tries = electronThat(copy)
    const path = join(root, 'node_modules/electron/dist/electron')
    expect([await electronBinary(root), tries()]).toEqual([{ path }, 1])
    expect([await electronBinary(root), tries()]).toEqual([{ path }, 1])
  })

  describe.runIf(process.platform === 'linux')('in the folder that ELECTRON_OVERRIDE_DIST_PATH names', () => {
    const OTHER = 'name another folder in ELECTRON_OVERRIDE_DIST_PATH, or unset it'

    beforeEach(() => {
      electronThat('')
      write('tries', '')
      vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', join(root, 'dist'))
    })

    const tries = (): number => readFileSync(join(root, 'tries'), 'utf8').length

    it('is used although the package holds none', async () => {
      write('dist/version', '45.4.1')
      write('dist/electron', '#!/bin/sh\n')
      expect([await electronBinary(root), tries()]).toEqual([{ path: join(root, 'dist/electron') }, 0])
      expect(findElectron(root)).toBe(join(root, 'dist/electron'))
    })

    it('is not used in another version, even where the package holds the right one', async () => {
      write('node_modules/electron/dist/version', '45.4.1')
      write('node_modules/electron/dist/electron', '#!/bin/sh\n')
      write('node_modules/electron/path.txt', 'electron')
      write('dist/version', 'v44.0.0')
      write('dist/electron', '#!/bin/sh\n')
      const reason = `ELECTRON_OVERRIDE_DIST_PATH names ${root}/dist, which contains Electron 44.0.0 and not 45.4.1`
      expect([await electronBinary(root), tries()]).toEqual([{ reason, todo: OTHER }, 0])
    })

    it('is missed without a fetch, which would put it elsewhere', async () => {
      const reason = `ELECTRON_OVERRIDE_DIST_PATH names ${root}/dist, which contains no Electron`
      expect([await electronBinary(root), tries()]).toEqual([{ reason, todo: OTHER }, 0])
    })
  })
})

describe.runIf(process.platform === 'linux')('the packages of the system', () => {
  it('are named when they are missing, as far as they are wanted', async () => {
    vi.stubEnv('PATH', root)
    vi.stubEnv('CASTELLAN_BROWSER', join(root, 'none'))
    expect(await missingPackages({ browser: true, tests: false, postgres: root })).toEqual(['chromium'])
    expect(await missingPackages({ browser: false, tests: true, postgres: root })).toEqual([
      'xvfb',
      'dbus',
      'gnome-keyring',
      'sqlite3',
      'khal',
      'zsh',
      'fish',
      'groff-base',
      'postgresql',
    ])
    write('15/bin/initdb', '')
    expect(await missingPackages({ browser: false, tests: true, postgres: root })).not.toContain('postgresql')
    expect(await missingPackages({ browser: false, tests: false })).toEqual([])
  })

  it.each([
    [
      'Debian by an ordinary user',
      1000,
      true,
      "Run: sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends xvfb'",
    ],
    ['a system without apt-get', 0, false, 'by their Debian names: xvfb. Install them'],
  ])('are not installed on %s, and what to do is printed', async (_, uid, apt, command) => {
    vi.stubEnv('PATH', root)
    if (apt) write('apt-get', '#!/bin/sh\nexit 9\n')
    if (apt) chmodSync(join(root, 'apt-get'), 0o755)
    vi.spyOn(process, 'getuid').mockReturnValue(uid)
    const said: string[] = []
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0)
    expect(await installPackages(['xvfb'], { browser: false, tests: true })).toBe(false)
    expect(said.join('')).toContain(command)
  })
})
