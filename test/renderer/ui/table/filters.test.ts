import { describe, expect, it } from 'vitest'

import { computeMinWidth, makeTemplate } from '../../../../renderer/ui/table/column.ts'
import { cleared, filteredBy, textOrNone } from '../../../../renderer/ui/table/filters.ts'

describe('filters in the address', () => {
  it('count as set even when false', () => {
    expect(filteredBy({ q: undefined, external: undefined, sort: 'name' }, ['q', 'external'])).toBe(false)
    expect(filteredBy({ q: undefined, external: false }, ['q', 'external'])).toBe(true)
  })

  it('are cleared by name', () => {
    expect(cleared(['q', 'level'])).toEqual({ q: undefined, level: undefined })
    expect(Object.keys(cleared(['q', 'level']))).toEqual(['q', 'level'])
    expect(textOrNone('')).toBeUndefined()
    expect(textOrNone('x')).toBe('x')
  })
})

describe('columns', () => {
  const columns = [{ width: 100, grow: 2 }, { width: 60 }]

  it('share the remaining width and scroll below their minimum', () => {
    expect(makeTemplate(columns)).toBe('32px minmax(100px, 2fr) 60px')
    expect(computeMinWidth(columns)).toBe(192)
  })
})
