import { afterEach, describe, expect, it, vi } from 'vitest'

import { moveColumn, readLayout, writeLayout } from '../../../../renderer/ui/table/column-memory.ts'

afterEach(() => vi.unstubAllGlobals())

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
    expect(readLayout('people')).toEqual({ order: [], visible: {} })
    writeLayout('people', { order: ['b', 'a'], visible: { a: false } })
    expect(readLayout('people')).toEqual({ order: ['b', 'a'], visible: { a: false } })
  })

  it('are restored from storage, unless the stored value is not a layout', () => {
    const held = new Map([
      ['castellan-columns-keys', JSON.stringify({ order: ['x'], visible: {} })],
      ['castellan-columns-projects', '{"order": 7}'],
      ['castellan-columns-access', 'not json'],
    ])
    vi.stubGlobal('localStorage', { getItem: (key: string) => held.get(key) ?? null })
    expect(readLayout('keys').order).toEqual(['x'])
    expect(readLayout('projects').order).toEqual([])
    expect(readLayout('access').order).toEqual([])
  })

  it('move by one place and stop at the edge', () => {
    expect(moveColumn(['a', 'b', 'c'], 'b', -1)).toEqual(['b', 'a', 'c'])
    expect(moveColumn(['a', 'b', 'c'], 'b', 1)).toEqual(['a', 'c', 'b'])
    expect(moveColumn(['a', 'b', 'c'], 'a', -1)).toEqual(['a', 'b', 'c'])
    expect(moveColumn(['a', 'b', 'c'], 'z', 1)).toEqual(['a', 'b', 'c'])
  })
})
