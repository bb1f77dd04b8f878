import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { nameFile } from '../../build/channels/release.mjs'
import { findInstallations, readPassed } from '../../build/steps/installed.mjs'

/** A program that writes the report of a self-test into the folder that it is given. */
const PROGRAM = `#!/bin/sh
for arg in "$@"; do case "$arg" in --self-test-keep=*) echo '{"passed":true}' > "\${arg#*=}/self-test.json"; esac; done
`

/** A folder with a tar.gz and an AppImage whose programs write a report, for this processor. */
function makeDist(): string {
  const dist = mkdtempSync(join(tmpdir(), 'd-'))
  const arch = process.arch === 'arm64' ? 'arm64' : 'x64'
  mkdirSync(join(dist, 'castellan'))
  writeFileSync(join(dist, 'castellan/AppRun'), PROGRAM, { mode: 0o755 })
  spawnSync('tar', ['-czf', join(dist, `Castellan-0.1.0-linux-${arch}.tar.gz`), '-C', dist, 'castellan'])
  writeFileSync(join(dist, `Castellan-0.1.0-linux-${arch}.AppImage`), PROGRAM)
  chmodSync(join(dist, `Castellan-0.1.0-linux-${arch}.AppImage`), 0o644)
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
    expect(existsSync(join(dist, 'self-test/tar.gz/application/AppRun'))).toBe(true)
  })

  it.each([
    ['linux', 'deb', 'deb-x64', 'deb-arm64'],
    ['darwin', 'dmg', 'dmg-x64', 'dmg-arm64'],
    ['win32', 'installer', 'nsis-x64', null],
  ] as const)('on %s takes as the %s the package of this processor', (platform, name, own, other) => {
    const product = { name: 'castellan', version: '0.1.0', productName: 'Castellan' }
    const ending = nameFile(product, own)
    const zip = platform === 'win32' ? 'Castellan-0.1.0-win-x64.zip' : 'notes.txt'
    const names = [...(other === null ? [] : [nameFile(product, other)]), zip, ending]
    const dist = mkdtempSync(join(tmpdir(), 'd-'))
    for (const each of names) writeFileSync(join(dist, each), '')
    const found = findInstallations(dist, join(dist, 'self-test'), { platform, arch: 'x64' })
    const one = found.find((each) => each.name === name)
    expect(one?.file?.endsWith(ending)).toBe(true)
    expect(one?.install.length).toBeGreaterThan(0)
    expect(one?.start.slice(-2)).toEqual(['--self-test', `--self-test-keep=${one?.keep}`])
  })
})
