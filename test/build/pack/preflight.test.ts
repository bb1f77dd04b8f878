import { describe, expect, it } from 'vitest'

import { findAsked, findRefused } from '../../../build/pack/preflight.mjs'

const CONFIGURATION = {
  linux: { target: ['AppImage', 'deb'] },
  mac: { target: ['dmg', 'zip'] },
  win: { target: 'nsis' },
}

describe('the packages that are asked for', () => {
  it('are those after the flag of a system, else those of the configuration, else those of this machine', () => {
    expect(findAsked([], CONFIGURATION, 'linux')).toEqual([
      ['linux', 'AppImage'],
      ['linux', 'deb'],
    ])
    expect(findAsked(['--win', '--x64', '--linux', 'deb:arm64', 'zip'], CONFIGURATION, 'linux')).toEqual([
      ['win', 'nsis'],
      ['linux', 'deb'],
      ['linux', 'zip'],
    ])
    expect(findAsked(['-m', '--config', 'other'], CONFIGURATION, 'win32')).toEqual([
      ['mac', 'dmg'],
      ['mac', 'zip'],
    ])
  })
})

describe('a package is refused with what to do instead', () => {
  const linux = { host: 'linux', isOnPath: () => true } as const

  it('for macOS on another system, since Macs start only what is signed', () => {
    const asked: [string, string][] = [
      ['mac', 'dmg'],
      ['mac', 'zip'],
    ]
    expect(findRefused(asked, linux)).toEqual([
      expect.stringMatching(/^dmg for macOS: .*codesign.*Make it on macOS\.$/u),
      expect.stringMatching(/^zip for macOS: /u),
    ])
    expect(findRefused(asked, { ...linux, host: 'darwin' })).toEqual([])
  })

  it('where the program that makes it is missing, and for formats that are not made', () => {
    const asked: [string, string][] = [
      ['linux', 'deb'],
      ['linux', 'AppImage'],
      ['linux', 'rpm'],
      ['win', 'nsis'],
      ['win', 'zip'],
    ]
    expect(findRefused(asked, { host: 'linux', isOnPath: () => false }).map((reason) => reason.split(':')[0])).toEqual([
      'deb',
      'rpm',
      'nsis',
    ])
    expect(findRefused([['linux', 'deb']], { ...linux, host: 'win32' })).toHaveLength(1)
    expect(findRefused(asked.slice(0, 2), linux)).toEqual([])
  })
})
