import { execFileSync } from 'node:child_process'
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { expectedBinaries } from '../../../build/pack/natives.mjs'
import { findHighestNeeds, findUnmetNeeds } from '../../../build/pack/needs/find-unmet.mjs'
import { readNeeds } from '../../../build/pack/needs/read-needs.mjs'
import { isProvided, SYSTEMS, toDebianDepends, toSystemsTable } from '../../../build/pack/needs/systems.mjs'
import { compareNumbers } from '../../../build/pack/needs/text.mjs'
import { findTarget } from '../../../build/pack/targets.mjs'
import { readConfiguration } from '../../../build/pack/configuration.mjs'
import { isOnPath } from '../../../build/steps/system-packages.mjs'

const root = resolve(import.meta.dirname, '../../..')
const prebuilds = join(root, 'node_modules/better-sqlite3/prebuilds')
const { binding, terminal } = findTarget('linux', 'x64')
const installed = [
  join(root, 'node_modules', binding),
  join(root, 'node_modules', terminal.node, 'bin/node'),
  ...readdirSync(prebuilds).map((file) => join(prebuilds, file)),
]
const isInstalled = process.platform === 'linux' && process.arch === 'x64'

function run(command: string, ...args: readonly string[]): string {
  return execFileSync(command, args, { encoding: 'utf8', maxBuffer: 64 * 2 ** 20 })
}

function sort(values: Iterable<string>): readonly string[] {
  return [...new Set(values)].toSorted()
}

describe.runIf(isInstalled)('the needs of a binary', () => {
  const elf = installed.filter((path) => readNeeds(path)?.platform === 'linux' && !path.includes('musl'))

  it.runIf(isOnPath('readelf')).each(elf)('for Linux are those that readelf lists: %s', (path) => {
    const needs = readNeeds(path)
    const listed = run('readelf', '-dW', path).matchAll(/\(NEEDED\).*\[(.+)\]/gu)
    expect(sort(needs?.libraries ?? [])).toEqual(sort([...listed].map(([, name = '']) => name)))
    const highest: Record<string, string> = {}
    for (const [, set = '', version = ''] of run('readelf', '-VW', path).matchAll(/Name: ([A-Z]+)_([\d.]+) /gu))
      if (highest[set] === undefined || compareNumbers(version, highest[set]) > 0) highest[set] = version
    expect(needs?.versions).toEqual(highest)
    expect(Object.keys(highest)).toContain('GLIBC')
  })

  it.runIf(isOnPath('objdump'))('for Windows are those that objdump lists', () => {
    const path = join(prebuilds, 'win32-x64.node')
    const listed = [...run('objdump', '-p', path).matchAll(/DLL Name: (\S+)/gu)].map(([, name = '']) =>
      name.toLowerCase(),
    )
    expect(readNeeds(path)).toEqual({ platform: 'win32', libraries: sort(listed), delayed: ['node.exe'] })
  })

  it.each([
    ['darwin-x64.node', '10.7'],
    ['darwin-arm64.node', '11.0'],
  ])('for macOS are its libraries and the lowest version, whichever command names it: %s', (file, minimum) => {
    const libraries = ['/usr/lib/libc++.1.dylib', '/usr/lib/libSystem.B.dylib']
    expect(readNeeds(join(prebuilds, file))).toEqual({ platform: 'darwin', libraries, minimum })
  })

  it('are not read from a file of another kind', () => {
    expect(readNeeds(join(root, 'package.json'))).toBeNull()
  })

  it('are at most the promised versions of Linux, and no less', () => {
    expect(findHighestNeeds(elf).linux.versions).toEqual(SYSTEMS.linux.versions)
  })
})

describe.each(['linux-x64', 'darwin-arm64', 'win32-x64'])('a packed application for %s', (name) => {
  const [platform = '', arch = ''] = name.split('-')
  const target = findTarget(platform, arch)
  const module = `app.asar.unpacked/node_modules/${target.prebuild}`
  let program: string
  let resources: string

  beforeEach(() => {
    program = mkdtempSync(join(tmpdir(), 'castellan-needs-'))
    resources = join(program, 'resources')
    for (const file of expectedBinaries(target).keys()) {
      mkdirSync(dirname(join(resources, file)), { recursive: true })
      copyFileSync(join(prebuilds, `${name}.node`), join(resources, file))
    }
  })

  afterEach(() => rmSync(program, { recursive: true, force: true }))

  /** Writes another text of the same length over each place of one in a binary. */
  function replace(from: string, to: string): void {
    const bytes = readFileSync(join(resources, module))
    for (let at = bytes.indexOf(from); at !== -1; at = bytes.indexOf(from, at + 1)) bytes.write(to, at, 'latin1')
    writeFileSync(join(resources, module), bytes)
  }

  it('is right where its systems have what its binaries need', () => {
    expect(findUnmetNeeds(program, resources, target)).toEqual([])
  })

  it('is right with links to its files and folders, which the framework of Electron on macOS has', () => {
    symlinkSync('resources', join(program, 'Current'))
    symlinkSync(`resources/${module}`, join(program, 'Framework'))
    expect(findUnmetNeeds(program, resources, target)).toEqual([])
  })

  it('is refused with a library that its system does not bring', () => {
    const [from, to] = {
      'linux-x64': ['libstdc++.so.6', 'libstrange.so6'],
      'darwin-arm64': ['/usr/lib/libc++.1.dylib', '/opt/lib/libc++.1.dylib'],
      'win32-x64': ['KERNEL32.dll', 'MSVCP140.dll'],
    }[name] as [string, string]
    replace(from, to)
    expect(findUnmetNeeds(program, resources, target)).toContain(
      `resources/${module} needs ${platform === 'win32' ? to.toLowerCase() : to}, which the system does not bring`,
    )
  })

  it.runIf(name === 'linux-x64')('is refused with a newer version of a library than is promised', () => {
    replace('GLIBC_2.34', 'GLIBC_2.99')
    expect(findUnmetNeeds(program, resources, target)).toEqual([
      expect.stringContaining(`${module} needs GLIBC_2.99, and 2.34 is the most that is promised`),
    ])
  })

  it.runIf(name === 'darwin-arm64')('is refused where it needs a later macOS than is promised', () => {
    const bytes = readFileSync(join(resources, module))
    bytes.writeUInt32LE(15 * 0x10000, bytes.indexOf(Buffer.from([0x32, 0, 0, 0, 0x20, 0, 0, 0])) + 12)
    writeFileSync(join(resources, module), bytes)
    expect(findUnmetNeeds(program, resources, target)).toEqual([
      expect.stringContaining(`${module} needs macOS 15.0, and 13.5 is the most that is promised`),
    ])
  })
})

describe('the supported systems', () => {
  it('are in the table of docs/install.md, and in the settings of the packages', () => {
    expect(readFileSync(join(root, 'docs/install.md'), 'utf8')).toContain(`\n${toSystemsTable()}\n`)
    const { builder } = readConfiguration(root)
    expect(builder.mac.minimumSystemVersion).toBe(SYSTEMS.darwin.minimum)
    expect(builder.deb.depends.filter((each: string) => /^lib(?:c6|stdc)/u.test(each))).toEqual([])
  })

  it('have the Visual C++ runtime named to people, and no other part of it', () => {
    expect(isProvided('win32', 'vcruntime140.dll')).toBe(true)
    expect(isProvided('win32', 'vcruntime140_1.dll')).toBe(false)
    expect(readFileSync(join(root, 'build/pack/nsis/installer.nsh'), 'utf8')).toContain('$SYSDIR\\vcruntime140.dll')
  })

  it('give a Debian package its dependencies, and an unknown version of the library of C++ an error', () => {
    expect(toDebianDepends({ GLIBC: '2.34', GLIBCXX: '3.4.29' })).toEqual(['libc6 (>= 2.34)', 'libstdc++6 (>= 11)'])
    expect(toDebianDepends({})).toEqual([])
    expect(() => toDebianDepends({ GLIBCXX: '3.4.99' })).toThrow('GLIBCXX_3.4.99 is not in the table')
  })

  it('have versions that are compared as numbers', () => {
    expect(compareNumbers('2.4', '2.34')).toBeLessThan(0)
    expect(compareNumbers('13.5', '13.5.0')).toBe(0)
  })
})
