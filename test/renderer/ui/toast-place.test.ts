import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { isCovered, type WindowArea } from '../../../renderer/ui/toast-place.ts'

const place = fc.record({
  left: fc.nat(60),
  top: fc.nat(60),
  width: fc.integer({ min: 1, max: 20 }),
  height: fc.integer({ min: 1, max: 20 }),
})

/** Pixel by pixel. */
function coveredPixels(thing: WindowArea, over: WindowArea): number {
  let pixels = 0
  for (let x = thing.left; x < thing.left + thing.width; x += 1) {
    for (let y = thing.top; y < thing.top + thing.height; y += 1) {
      const isOver = x >= over.left && x < over.left + over.width && y >= over.top && y < over.top + over.height
      if (isOver) pixels += 1
    }
  }
  return pixels
}

describe('what has the focus', () => {
  it('is covered by messages when half of its pixels or more are under them', () => {
    fc.assert(
      fc.property(place, place, (thing, over) => {
        const pixels = coveredPixels(thing, over)
        expect(isCovered(thing, over)).toBe(pixels > 0 && pixels * 2 >= thing.width * thing.height)
      }),
    )
  })
})
