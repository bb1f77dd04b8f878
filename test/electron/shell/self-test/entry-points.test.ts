import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { describe, expect, it } from 'vitest'

import { bundles, listEntryPoints } from '../../../../build/bundles.mjs'
import { tickEntryPoints } from '../../../../electron/shell/self-test/entry-points.ts'
import { explainNoSandbox, readSandbox } from '../../../../electron/shell/self-test/sandbox.ts'

const root = resolve(import.meta.dirname, '../../../..')

describe('the entry points that the self-test ticks off', () => {
  it('are those of the bundles of the desktop application, each with a file', () => {
    const names = listEntryPoints(bundles(root, join(root, 'out')))
    expect(names.toSorted()).toEqual([
      'file-importer',
      'frozen-reader',
      'list-reader',
      'main',
      'pack-reader',
      'pack-writer',
      'preload',
      'register-copier',
      'register-exporter',
      'self-test-secrets',
      'service',
      'usage-reader',
    ])
    const files = names.map((name) => (name === 'preload' ? 'preload/preload.cjs' : `main/${name}.js`))
    expect(files.filter((file) => !existsSync(join(root, 'out', file)))).toEqual([])
  })

  it('fail by name when one did not run, and when the build has no list', () => {
    expect(tickEntryPoints(['main', 'service'], new Set(['main', 'service', 'other']))).toBe('all 2 ran: main, service')
    expect(() => tickEntryPoints(['main', 'service'], new Set(['main']))).toThrow('These did not run: service.')
    expect(() => tickEntryPoints([], new Set(['main']))).toThrow('npm run build')
  })
})

describe('the sandbox in the report of the self-test', () => {
  it('is on where the kernel filters calls, off with the reason of a switch, and off without one', () => {
    expect(readSandbox('Name:\tcastellan\nSeccomp:\t2\nSeccomp_filters:\t3\n')).toMatchObject({ isOn: true })
    expect(readSandbox('Name:\tcastellan\nSeccomp:\t0\n')).toEqual({ isOn: false, why: null })
    expect(explainNoSandbox(true)).toEqual({
      isOn: false,
      why: 'Chromium has none for root, and --no-sandbox was given',
    })
    expect(explainNoSandbox(false)).toEqual({ isOn: false, why: '--no-sandbox was given' })
  })
})
