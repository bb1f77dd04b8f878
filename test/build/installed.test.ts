import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { findInstallations, readPassed } from '../../build/steps/installed.mjs'

/** A program that writes the report of a self-test into the folder that it is given. */
const PROGRAM = `#!/bin/sh
for arg in "$@"; do case "$arg" in --self-test-keep=*) echo '{"passed":true}' > "\${arg#*=}/self-test.json"; esac; done
`

/** A folder with a tar.gz and an AppImage whose programs write a report, for this processor. */
function makeDist(): string {
  const dist = mkdtempSync(join(tmpdir(), 'd-'))
  const arch = process.arch === 'arm64' ? '-arm64' : ''
  mkdirSync(join(dist, 'castellan'))
  writeFileSync(join(dist, 'castellan/castellan-desktop'), PROGRAM, { mode: 0o755 })
  spawnSync('tar', ['-czf', join(dist, `castellan-0.1.0${arch}.tar.gz`), '-C', dist, 'castellan'])
  writeFileSync(join(dist, `Castellan-0.1.0${arch}.AppImage`), PROGRAM)
  chmodSync(join(dist, `Castellan-0.1.0${arch}.AppImage`), 0o644)
  return dist
}

describe.runIf(process.platform === 'linux')('the installation of each package before its self-test', () => {
  it('unpacks and starts what is there, and reads the report that it kept', () => {
    const dist = makeDist()
    const found = findInstallations(dist, join(dist, 'self-test'))
    expect(found.map(({ name, file }) => [name, file === null])).toEqual([
      ['deb', true],
      ['AppImage', false],
      ['tar.gz', false],
    ])
    for (const { install, start, keep } of found.filter(({ file }) => file !== null)) {
      expect(readPassed(keep)).toBeNull()
      for (const [program = '', ...args] of [...install, start]) expect(spawnSync(program, args).status).toBe(0)
      expect(readPassed(keep)).toBe(true)
      expect(readFileSync(join(keep, 'self-test.json'), 'utf8')).toContain('passed')
    }
    expect(existsSync(join(dist, 'self-test/tar.gz/application/castellan-desktop'))).toBe(true)
  })

  it.each([
    ['linux', ['castellan_0.1.0_amd64.deb', 'castellan_0.1.0_arm64.deb'], 'deb', '_amd64.deb'],
    ['darwin', ['Castellan-0.1.0.dmg', 'Castellan-0.1.0-arm64.dmg'], 'dmg', 'Castellan-0.1.0.dmg'],
    ['win32', ['Castellan Setup 0.1.0.exe', 'Castellan-0.1.0-win.zip'], 'installer', 'Castellan Setup 0.1.0.exe'],
  ] as const)('on %s takes of %j the package of this processor', (platform, names, name, ending) => {
    const dist = mkdtempSync(join(tmpdir(), 'd-'))
    for (const each of names) writeFileSync(join(dist, each), '')
    const found = findInstallations(dist, join(dist, 'self-test'), { platform, arch: 'x64' })
    const one = found.find((each) => each.name === name)
    expect(one?.file?.endsWith(ending)).toBe(true)
    expect(one?.install.length).toBeGreaterThan(0)
    expect(one?.start.slice(-2)).toEqual(['--self-test', `--self-test-keep=${one?.keep}`])
  })
})
