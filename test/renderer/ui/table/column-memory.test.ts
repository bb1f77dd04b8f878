import { afterEach, describe, expect, it, vi } from 'vitest'

import { dropColumn, moveColumn, readLayout, writeLayout } from '../../../../renderer/ui/table/column-memory.ts'

afterEach(() => vi.unstubAllGlobals())

// Tables of no screen: what was read of a table is held for all tests that share a process.
describe('remembered columns', () => {
  it('are kept in memory when the page has no storage', () => {
    vi.stubGlobal('localStorage', {
      getItem: () => {
        throw new DOMException('denied', 'SecurityError')
      },
      setItem: () => {
        throw new DOMException('denied', 'SecurityError')
      },
    })
    expect(readLayout('in-memory')).toEqual({ order: [], visible: {}, widths: {} })
    writeLayout('in-memory', { order: ['b', 'a'], visible: { a: false }, widths: { b: 120 } })
    expect(readLayout('in-memory')).toEqual({ order: ['b', 'a'], visible: { a: false }, widths: { b: 120 } })
  })

  it('are restored from storage, unless the stored value is not a layout', () => {
    const held = new Map([
      ['castellan-columns-stored', JSON.stringify({ order: ['x'], visible: {} })],
      ['castellan-columns-other-shape', '{"order": 7}'],
      ['castellan-columns-no-json', 'not json'],
    ])
    vi.stubGlobal('localStorage', { getItem: (key: string) => held.get(key) ?? null })
    expect(readLayout('stored').order).toEqual(['x'])
    expect(readLayout('stored').widths).toEqual({})
    expect(readLayout('other-shape').order).toEqual([])
    expect(readLayout('no-json').order).toEqual([])
  })

  it('move by one place and stop at the edge', () => {
    expect(moveColumn(['a', 'b', 'c'], 'b', -1)).toEqual(['b', 'a', 'c'])
    expect(moveColumn(['a', 'b', 'c'], 'b', 1)).toEqual(['a', 'c', 'b'])
    expect(moveColumn(['a', 'b', 'c'], 'a', -1)).toEqual(['a', 'b', 'c'])
    expect(moveColumn(['a', 'b', 'c'], 'z', 1)).toEqual(['a', 'b', 'c'])
  })

  it('take the place of the column that they are dropped on, from either side', () => {
    expect(dropColumn(['a', 'b', 'c', 'd'], 'a', 'c')).toEqual(['b', 'c', 'a', 'd'])
    expect(dropColumn(['a', 'b', 'c', 'd'], 'd', 'b')).toEqual(['a', 'd', 'b', 'c'])
    expect(dropColumn(['a', 'b'], 'z', 'b')).toEqual(['a', 'b'])
    expect(dropColumn(['a', 'b'], 'a', 'z')).toEqual(['a', 'b'])
  })
})
