import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { layoutBars } from '../../../renderer/charts/bars-layout.ts'

describe('upright stacked bars', () => {
  it('are within the frame, in proportion, and under the highest tick, for any numbers and any width', () => {
    const values = fc.array(fc.integer({ min: -1000, max: 10 ** 12 }), { minLength: 31, maxLength: 31 })
    fc.assert(
      fc.property(
        fc.array(values, { maxLength: 9 }),
        fc.integer({ min: 240, max: 2400 }),
        fc.option(fc.nat(10 ** 12), { nil: undefined }),
        (series, width, line) => {
          const layout = layoutBars({ periods: 31, series, width, height: 300, line })
          for (const bar of layout.bars) {
            expect(bar.x >= layout.left && bar.x + bar.width <= layout.right + 1).toBe(true)
            expect(bar.y >= layout.top && bar.y + bar.height <= layout.bottom + 0.2).toBe(true)
          }
          expect(layout.ticks[0]).toEqual({ value: 0, y: layout.bottom })
          expect(layout.ticks.length).toBeGreaterThanOrEqual(2)
          expect(layout.ticks.length).toBeLessThanOrEqual(7)
          expect(layout.lineY ?? layout.top).toBeGreaterThanOrEqual(layout.top)
          const gaps = layout.labelled
            .slice(1)
            .map((at, n) => layout.columns[at]!.x - layout.columns[layout.labelled[n]!]!.x)
          for (const gap of gaps) expect(gap).toBeGreaterThan(40)
        },
      ),
      { numRuns: 50 },
    )
  })

  it('show nothing for a period without usage, and have its whole height as a target', () => {
    const layout = layoutBars({ periods: 2, series: [[0, 5]], width: 400, height: 300 })
    expect(layout.bars.map(({ period }) => period)).toEqual([1])
    expect(layout.columns).toHaveLength(2)
  })
})
