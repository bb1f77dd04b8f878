import { describe, expect, it } from 'vitest'

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
