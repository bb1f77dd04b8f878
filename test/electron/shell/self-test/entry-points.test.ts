import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { describe, expect, it } from 'vitest'

import { bundles, listEntryPoints } from '../../../../build/bundles.mjs'
import { tickEntryPoints } from '../../../../electron/shell/self-test/entry-points.ts'

const root = resolve(import.meta.dirname, '../../../..')

describe('the entry points that the self-test ticks off', () => {
  it('are those of the bundles of the desktop application, each with a file', () => {
    const names = listEntryPoints(bundles(root, join(root, 'out')))
    expect(names.toSorted()).toEqual(['main', 'preload', 'self-test-secrets', 'service', 'thread'])
    const files = names.map((name) => (name === 'preload' ? 'preload/preload.cjs' : `main/${name}.js`))
    expect(files.filter((file) => !existsSync(join(root, 'out', file)))).toEqual([])
  })

  it('fail by name when one did not run, and when the build has no list', () => {
    expect(tickEntryPoints(['main', 'service'], new Set(['main', 'service', 'other']))).toBe('all 2 ran: main, service')
    expect(() => tickEntryPoints(['main', 'service'], new Set(['main']))).toThrow('These did not run: service.')
    expect(() => tickEntryPoints([], new Set(['main']))).toThrow('npm run build')
  })
})
