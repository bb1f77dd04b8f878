import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

import { createPackage } from '@electron/asar'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { expectedBinaries, findWrongBinaries } from '../../../build/pack/natives.mjs'
import { findTarget, TARGETS } from '../../../build/pack/targets.mjs'

const prebuilds = resolve(import.meta.dirname, '../../../node_modules/better-sqlite3/prebuilds')
const target = findTarget('linux', 'arm64')

let resources: string

/** Resources with a binary of its target at each expected place; any binary of that machine serves. */
beforeEach(async () => {
  resources = mkdtempSync(join(tmpdir(), 'castellan-natives-'))
  for (const [file, machine] of expectedBinaries(target)) put(file, `${machine.replace(' ', '-')}.node`)
  await archive({ 'out/main/main.js': '' })
})

afterEach(() => rmSync(resources, { recursive: true, force: true }))

function put(file: string, prebuild: string): void {
  mkdirSync(dirname(join(resources, file)), { recursive: true })
  copyFileSync(join(prebuilds, prebuild), join(resources, file))
}

async function archive(files: Readonly<Record<string, string>>): Promise<void> {
  const application = mkdtempSync(join(resources, 'application-'))
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(application, file)), { recursive: true })
    writeFileSync(join(application, file), text)
  }
  await createPackage(application, join(resources, 'app.asar'))
}

describe('the binaries of a packed application', () => {
  it('are right with those of its target, for the window and for the terminal', () => {
    expect([...expectedBinaries(target)]).toEqual([
      ['app.asar.unpacked/node_modules/better-sqlite3/prebuilds/linux-arm64.node', 'linux arm64'],
      ['app.asar.unpacked/node_modules/@napi-rs/keyring-linux-arm64-gnu/keyring.linux-arm64-gnu.node', 'linux arm64'],
      ['terminal/bin/node', 'linux arm64'],
      ['terminal/node_modules/better-sqlite3/prebuilds/linux-arm64.node', 'linux arm64'],
      ['terminal/node_modules/@napi-rs/keyring-linux-arm64-gnu/keyring.linux-arm64-gnu.node', 'linux arm64'],
    ])
    expect(findWrongBinaries(resources, target)).toEqual([])
  })

  it('are wrong where one is missing, of another machine, one too many, no binary, or in the archive', async () => {
    rmSync(join(resources, 'terminal/bin/node'))
    put('app.asar.unpacked/node_modules/better-sqlite3/prebuilds/linux-arm64.node', 'linux-x64.node')
    put('terminal/node_modules/better-sqlite3/prebuilds/linux-x64.node', 'linux-x64.node')
    writeFileSync(join(resources, 'terminal/node_modules/@napi-rs/other.node'), 'not a binary')
    await archive({ 'node_modules/a/b.node': 'x' })
    expect(findWrongBinaries(resources, target)).toEqual([
      'app.asar.unpacked/node_modules/better-sqlite3/prebuilds/linux-arm64.node is for linux x64, and not for linux arm64',
      'terminal/bin/node is missing',
      'terminal/node_modules/@napi-rs/other.node is one too many',
      'terminal/node_modules/better-sqlite3/prebuilds/linux-x64.node is one too many',
      'node_modules/a/b.node is in the archive',
    ])
  })

  it('are of x64 in the terminal program for Windows on ARM, for which npm has no Node 24', () => {
    const machines = [...expectedBinaries(findTarget('win32', 'arm64'))].map(
      ([file, is]) => `${file.split('/')[0]} ${is}`,
    )
    expect(new Set(machines)).toEqual(new Set(['app.asar.unpacked win32 arm64', 'terminal win32 x64']))
  })
})

describe('a target', () => {
  it('has its packages in the lock file, which names their hashes', async () => {
    const lock = (await import('../../../package-lock.json', { with: { type: 'json' } })).default.packages
    const entries = lock as Readonly<Record<string, { readonly integrity?: string } | undefined>>
    expect(TARGETS.map(({ name }) => name)).toEqual([
      'linux-x64',
      'linux-arm64',
      'darwin-x64',
      'darwin-arm64',
      'win32-x64',
      'win32-arm64',
    ])
    const names = TARGETS.flatMap(({ keyring, terminal }) => [keyring, terminal.keyring, terminal.node])
    expect(names.filter((name) => entries[`node_modules/${name}`]?.integrity?.startsWith('sha512-') !== true)).toEqual(
      [],
    )
  })

  it('is refused for a system or processor that no package is made for', () => {
    expect(() => findTarget('linux', 'ia32')).toThrow('No package is made for linux on ia32')
    expect(() => findTarget('freebsd', 'x64')).toThrow('the systems are linux, darwin, win32')
  })
})
