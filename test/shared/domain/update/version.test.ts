import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { namesVersion, packageArch, packageKind } from '../../../../shared/domain/update/package-kind.ts'
import { compareVersions, VERSION_FORM } from '../../../../shared/domain/update/version.ts'

/** The order of the example of semver.org §11, extended by numbers of two digits. */
const ORDER = [
  '0.1.0',
  '0.9.0',
  '0.10.0',
  '1.0.0-alpha',
  '1.0.0-alpha.1',
  '1.0.0-alpha.beta',
  '1.0.0-beta',
  '1.0.0-beta.2',
  '1.0.0-beta.11',
  '1.0.0-rc.1',
  '1.0.0',
  '1.0.1',
  '2.0.0',
  '10.0.0',
]

const part = fc.oneof(fc.nat(999).map(String), fc.stringMatching(/^[a-z][a-z0-9]{0,5}$/u))
const version = fc
  .tuple(fc.nat(99), fc.nat(99), fc.nat(99), fc.array(part, { maxLength: 3 }))
  .map(([a, b, c, pre]) => `${a}.${b}.${c}${pre.length === 0 ? '' : `-${pre.join('.')}`}`)

describe('the order of versions', () => {
  it('is the one of semver.org', () => {
    const shuffled = ORDER.toSorted((a, b) => (a < b ? 1 : -1))
    expect(shuffled.toSorted(compareVersions)).toEqual(ORDER)
    expect(ORDER.every((each) => VERSION_FORM.test(each))).toBe(true)
  })

  it('is total: a comparison turned around has the opposite sign, and 0 only for the same', () => {
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        const sign = Math.sign(compareVersions(a, b))
        expect(Math.sign(compareVersions(b, a)) + sign).toBe(0)
        expect(sign === 0).toBe(a === b)
        const [low, middle, high] = [a, b, c].toSorted(compareVersions)
        expect(compareVersions(low ?? '', middle ?? '')).toBeLessThanOrEqual(0)
        expect(compareVersions(low ?? '', high ?? '')).toBeLessThanOrEqual(0)
      }),
    )
  })

  it.each(['1', '1.0', '1.0.0.0', '01.0.0', '1.0.0-', '1.0.0+build', 'v1.0.0', '1.0.0\n', '1.0.0-a..b'])(
    '%j is not a version',
    (text) => {
      expect(VERSION_FORM.test(text)).toBe(false)
    },
  )
})

describe('the name of a package', () => {
  it.each([
    ['Castellan-0.2.0-linux-x86_64.AppImage', 'appimage', 'x64'],
    ['Castellan-0.2.0-linux-arm64.AppImage', 'appimage', 'arm64'],
    ['Castellan-0.2.0-linux-x64.tar.gz', 'tar', 'x64'],
    ['castellan_0.2.0_amd64.deb', 'deb', 'x64'],
    ['castellan_0.2.0_arm64.deb', 'deb', 'arm64'],
    ['Castellan-0.2.0-win-x64.exe', 'nsis', 'x64'],
    ['Castellan-0.2.0-win-arm64.exe', 'nsis', 'arm64'],
    ['Castellan-0.2.0-win-x64.zip', 'winzip', 'x64'],
    ['Castellan-0.2.0-mac-arm64.zip', 'zip', 'arm64'],
    ['Castellan-0.2.0-mac-x64.dmg', 'dmg', 'x64'],
  ])('%s has its kind, processor and version', (name, kind, arch) => {
    expect([packageKind(name), packageArch(name), namesVersion(name, '0.2.0')]).toEqual([kind, arch, true])
  })

  it.each([
    'Castellan-10.2.0.AppImage',
    'Castellan-0.2.01.deb',
    'Castellan-0.2.0.1.deb',
    'Castellan-0.2.0-beta.1.deb',
    'Castellan.deb',
    'Castellan-0.3.0.deb',
  ])('%s is not of 0.2.0', (name) => {
    expect(namesVersion(name, '0.2.0')).toBe(false)
  })

  it('of any other file has no kind', () => {
    const names = ['latest.yml', 'Castellan-0.2.0.AppImage.zsync', 'x.rpm', 'Castellan-0.2.0.zip']
    expect(names.map(packageKind)).toEqual([null, null, null, null])
    expect(packageArch('Castellan-0.2.0.exe')).toBeNull()
  })
})
