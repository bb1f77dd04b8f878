import { describe, expect, it } from 'vitest'

import {
  addRange,
  between,
  countSelected,
  everything,
  isSelected,
  noSelection,
  pickedRows,
  toggle,
  type Selection,
} from '../../../../renderer/ui/table/selection.ts'

const start: Selection<string> = noSelection()
const self = (row: string): string => row

describe('a selection', () => {
  it('adds and removes rows, and returns them in the order of the list', () => {
    const two = toggle(toggle(start, 'b', 9, 'b'), 'a', 2, 'a')
    expect(countSelected(two, 100)).toBe(2)
    expect(two.mode === 'some' && pickedRows(two.rows)).toEqual(['a', 'b'])
    expect(isSelected(toggle(two, 'b', 9, 'b'), 'b')).toBe(false)
  })

  it('of everything counts rows that are not loaded, without deselected ones', () => {
    const all = everything<string>()
    const less = toggle(toggle(all, 'a', 0, 'a'), 'b', 1, 'b')
    expect(countSelected(less, 1_000_000)).toBe(999_998)
    expect(isSelected(less, 'a')).toBe(false)
    expect(isSelected(less, 'zz')).toBe(true)
    expect(countSelected(toggle(less, 'a', 0, 'a'), 1_000_000)).toBe(999_999)
  })

  it('grows by a range, in either direction', () => {
    expect(between(7, 3)).toEqual({ first: 3, end: 8 })
    const some = addRange(start, 3, ['d', 'e'], self)
    expect(some.mode === 'some' && [...some.rows.keys()]).toEqual(['d', 'e'])
    const back = addRange(toggle(everything<string>(), 'd', 3, 'd'), 3, ['d', 'e'], self)
    expect(isSelected(back, 'd')).toBe(true)
  })
})
