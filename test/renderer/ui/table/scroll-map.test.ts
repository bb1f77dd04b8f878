import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  baseAfterScroll,
  baseAt,
  computeGeometry,
  maxScrollHeight,
  maxScrollTop,
  maxTrueTop,
  revealTop,
  rowsPerPage,
  computeScrollTop,
  computeTrueTop,
  visibleRange,
  type Geometry,
} from '../../../../renderer/ui/table/scroll-map.ts'

const anyGeometry: fc.Arbitrary<Geometry> = fc
  .tuple(
    fc.integer({ min: 0, max: 20_000_000 }),
    fc.integer({ min: 20, max: 60 }),
    fc.integer({ min: 0, max: 3000 }),
    fc.integer({ min: 5000, max: 30_000_000 }),
  )
  .map(([rows, rowHeight, viewport, highest]) => computeGeometry(rows, rowHeight, viewport, highest))

describe('the largest height of a browser', () => {
  it('shrinks with the pixel ratio and stays within 2^24 physical pixels', () => {
    for (const ratio of [0.5, 1, 1.25, 2, 3, 4]) {
      expect(maxScrollHeight(ratio) * Math.max(1, ratio)).toBeLessThanOrEqual(2 ** 24)
    }
    expect(maxScrollHeight(2)).toBeLessThan(maxScrollHeight(1))
  })

  it('is the true height for a list that fits, and is cut for ten million rows', () => {
    expect(computeGeometry(1000, 32, 600, maxScrollHeight(1)).scrollHeight).toBe(32_000)
    const long = computeGeometry(10_000_000, 32, 600, maxScrollHeight(1))
    expect(long.trueHeight).toBe(320_000_000)
    expect(long.scrollHeight).toBe(maxScrollHeight(1))
  })
})

describe('the map between scrollbar and rows', () => {
  it('reaches both ends exactly', () => {
    fc.assert(
      fc.property(anyGeometry, (geometry) => {
        expect(computeTrueTop(0, geometry)).toBe(0)
        expect(computeTrueTop(maxScrollTop(geometry), geometry)).toBe(
          maxScrollTop(geometry) === 0 ? 0 : maxTrueTop(geometry),
        )
        expect(computeScrollTop(maxTrueTop(geometry), geometry)).toBe(maxScrollTop(geometry))
      }),
    )
  })

  it('returns to the same position', () => {
    fc.assert(
      fc.property(anyGeometry, fc.double({ min: 0, max: 1, noNaN: true }), (geometry, part) => {
        const top = part * maxTrueTop(geometry)
        const pixel = maxScrollTop(geometry) === 0 ? 0 : maxTrueTop(geometry) / maxScrollTop(geometry)
        expect(Math.abs(computeTrueTop(computeScrollTop(top, geometry), geometry) - top)).toBeLessThanOrEqual(
          pixel / 2 + 0.001,
        )
      }),
    )
  })

  it('can bring any row to the top, except those of the last page', () => {
    const geometry = computeGeometry(10_000_000, 32, 600, maxScrollHeight(2))
    for (const row of [0, 1, 4_999_999, 9_999_000]) {
      const scrollTop = computeScrollTop(row * 32, geometry)
      expect(visibleRange(scrollTop + baseAt(scrollTop, geometry), geometry, 0).first).toBeCloseTo(row, -1)
    }
  })

  it('moves rows by the distance of the wheel, and jumps when the scrollbar is dragged', () => {
    const geometry = computeGeometry(10_000_000, 32, 600, maxScrollHeight(1))
    const at = maxScrollTop(geometry) / 2
    const base = baseAt(at, geometry)
    const wheel = baseAfterScroll(base, at, at + 120, geometry)
    expect(at + 120 + wheel - (at + base)).toBeCloseTo(120, 6)
    const far = maxScrollTop(geometry) * 0.75
    expect(
      Math.abs(far + baseAfterScroll(base, at, far, geometry) - computeTrueTop(far, geometry)),
    ).toBeLessThanOrEqual(0.5)
  })

  it('never leaves the list', () => {
    fc.assert(
      fc.property(
        anyGeometry,
        fc.array(fc.tuple(fc.boolean(), fc.double({ min: -1, max: 1, noNaN: true })), { maxLength: 40 }),
        (geometry, moves) => {
          let top = 0
          let base = 0
          for (const [far, way] of moves) {
            const to = Math.min(
              maxScrollTop(geometry),
              Math.max(0, top + way * (far ? maxScrollTop(geometry) : geometry.viewport)),
            )
            base = baseAfterScroll(base, top, to, geometry)
            top = to
            expect(top + base).toBeGreaterThanOrEqual(-0.5)
            expect(top + base).toBeLessThanOrEqual(maxTrueTop(geometry) + 0.5)
          }
        },
      ),
    )
  })

  it('has no base while the height is not cut', () => {
    const geometry = computeGeometry(100_000, 32, 600, maxScrollHeight(1))
    expect(baseAfterScroll(0, 0, 2_000_000, geometry)).toBe(0)
    expect(baseAt(1_234_567, geometry)).toBeCloseTo(0, 6)
  })
})

describe('rows in view', () => {
  it('cover the viewport within the list', () => {
    fc.assert(
      fc.property(anyGeometry, fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(30), (geometry, part, overscan) => {
        const top = part * maxTrueTop(geometry)
        const { first, end } = visibleRange(top, geometry, overscan)
        expect(first).toBeGreaterThanOrEqual(0)
        expect(end).toBeLessThanOrEqual(geometry.rows)
        if (geometry.rows === 0) return
        expect(first * geometry.rowHeight).toBeLessThanOrEqual(top)
        expect(end * geometry.rowHeight).toBeGreaterThanOrEqual(
          Math.min(top + geometry.viewport, geometry.trueHeight) - 0.001,
        )
        expect(end - first).toBeLessThanOrEqual(Math.ceil(geometry.viewport / geometry.rowHeight) + 2 * overscan + 2)
      }),
    )
  })

  it('a revealed row is completely in view, and nothing moves when it already is', () => {
    const geometry = computeGeometry(1000, 32, 320, maxScrollHeight(1))
    expect(revealTop(5, 0, geometry)).toBe(0)
    expect(revealTop(10, 0, geometry)).toBe(32)
    expect(revealTop(3, 320, geometry)).toBe(96)
    expect(revealTop(999, 0, geometry)).toBe(1000 * 32 - 320)
    expect(rowsPerPage(geometry)).toBe(9)
  })
})
