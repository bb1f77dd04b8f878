import { describe, expect, it } from 'vitest'

import { moveBy } from '../../../../renderer/ui/table/keyboard.ts'

const size = { rows: 1_000_000, columns: 4, page: 20 }

describe('keys in a grid', () => {
  it('move between rows and columns and stop at the edges', () => {
    expect(moveBy('ArrowDown', { row: 0, column: 1 }, size)).toEqual({ row: 1, column: 1 })
    expect(moveBy('ArrowDown', { row: 999_999, column: 1 }, size)).toEqual({ row: 999_999, column: 1 })
    expect(moveBy('ArrowLeft', { row: 0, column: 0 }, size)).toEqual({ row: 0, column: 0 })
    expect(moveBy('ArrowRight', { row: 0, column: 3 }, size)).toEqual({ row: 0, column: 3 })
  })

  it('move from the first row to the header and back', () => {
    expect(moveBy('ArrowUp', { row: 0, column: 2 }, size)).toEqual({ row: -1, column: 2 })
    expect(moveBy('ArrowDown', { row: -1, column: 2 }, size)).toEqual({ row: 0, column: 2 })
    expect(moveBy('PageDown', { row: -1, column: 2 }, size)).toEqual({ row: 20, column: 2 })
  })

  it('jump to the ends of a million rows', () => {
    expect(moveBy('End', { row: 3, column: 2 }, size)).toEqual({ row: 999_999, column: 2 })
    expect(moveBy('Home', { row: 500_000, column: 2 }, size)).toEqual({ row: 0, column: 2 })
    expect(moveBy('PageUp', { row: 5, column: 2 }, size)).toEqual({ row: 0, column: 2 })
  })

  it('stay in the header of an empty list, and ignore other keys', () => {
    expect(moveBy('ArrowDown', { row: -1, column: 0 }, { rows: 0, columns: 2, page: 1 })).toEqual({
      row: -1,
      column: 0,
    })
    expect(moveBy('x', { row: 0, column: 0 }, size)).toBeNull()
  })
})
