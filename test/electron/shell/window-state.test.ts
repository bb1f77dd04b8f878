import { assert, constantFrom, double, integer, jsonValue, oneof, property, record } from 'fast-check'
import { describe, expect, it } from 'vitest'

import { boundsFrom } from '../../../electron/shell/window-state.ts'

const screens = [
  { x: 0, y: 0, width: 1920, height: 1040 },
  { x: 1920, y: 200, width: 1280, height: 800 },
]

describe('where the window opens', () => {
  it('is where it was', () => {
    const kept = { x: 2000, y: 250, width: 1000, height: 700, maximized: true }
    expect(boundsFrom(kept, screens)).toEqual({
      bounds: { x: 2000, y: 250, width: 1000, height: 700 },
      maximized: true,
    })
  })

  it('is placed by the system when the screen is missing', () => {
    const kept = { x: 2000, y: 250, width: 1000, height: 700, maximized: false }
    expect(boundsFrom(kept, screens.slice(0, 1))).toEqual({ bounds: { width: 1000, height: 700 }, maximized: false })
  })

  it('is valid whatever the file contains', () => {
    const number = oneof(integer(), double(), constantFrom(null, 'x', undefined))
    const stored = oneof(jsonValue(), record({ x: number, y: number, width: number, height: number }))
    assert(
      property(stored, (value) => {
        const { bounds } = boundsFrom(value, screens)
        expect(Number.isSafeInteger(bounds.width) && bounds.width >= 900).toBe(true)
        expect(Number.isSafeInteger(bounds.height) && bounds.height >= 600).toBe(true)
      }),
    )
  })
})
