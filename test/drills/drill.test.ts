import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

import { describe, expect, it } from 'vitest'

import { drawn, drill } from './drill.ts'
import { drillLine, DRILLS, SAMPLE_SEED } from './drills.ts'

const WHOLE = { CASTELLAN_DRILLS: 'whole' }

describe('a drill', () => {
  it('tries its sample by one seed unless it is asked for the whole', () => {
    expect(drill('kill-syncs', {})).toEqual({ count: DRILLS['kill-syncs'].sample, seed: SAMPLE_SEED })
    expect(drill('kill-syncs', WHOLE)).toEqual({ count: 200, seed: SAMPLE_SEED })
    expect(drill('kill-syncs', { ...WHOLE, CASTELLAN_DRILL_COUNT: '3', CASTELLAN_DRILL_SEED: '0' })).toEqual({
      count: 3,
      seed: 0,
    })
  })

  it.each([
    ['CASTELLAN_DRILL_COUNT', '0'],
    ['CASTELLAN_DRILL_COUNT', 'many'],
    ['CASTELLAN_DRILL_SEED', '-1'],
    ['CASTELLAN_DRILL_SEED', '1.5'],
  ])('with %s=%s is refused', (name, value) => {
    expect(() => drill('kill-syncs', { [name]: value })).toThrow(`${name} is not a whole number`)
  })

  it('draws as many cases as it tries, the same ones by the same seed, and every one when it is run whole', () => {
    const cases = Array.from({ length: 30 }, (_, n) => n)
    const { sample } = DRILLS['kill-plans']
    const first = drawn('kill-plans', cases, {})
    expect(first).toHaveLength(sample)
    expect(first.toSorted((a, b) => a - b)).toEqual(first)
    expect(drawn('kill-plans', cases, {})).toEqual(first)
    const others = new Set(
      [2, 3, 4].map((seed) => drawn('kill-plans', cases, { CASTELLAN_DRILL_SEED: String(seed) }).join(' ')),
    )
    expect(others.size).toBeGreaterThan(1)
    expect(drawn('kill-plans', cases, WHOLE)).toEqual(cases)
  })

  it('is announced with its count and seed', () => {
    expect(drillLine('tamper-packs', 60, 1)).toBe('tamper-packs: 60 tamperings of an evidence pack, seed 1')
    expect(drillLine('kill-plans', DRILLS['kill-plans'].whole, 7)).toMatch(/^kill-plans: all kills .*, seed 7$/u)
  })

  it.each(Object.entries(DRILLS))('%s is in a test file, and its sample is smaller than the whole', (_, one) => {
    expect(existsSync(resolve(import.meta.dirname, '../..', one.file))).toBe(true)
    expect(one.sample).toBeLessThan(one.whole)
  })
})
