import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { isSameSearch, listOwnViews, pickSearch } from '../../../../renderer/entities/views/view-state.ts'
import { joinValues, manyParam, parseSearch, stringifySearch } from '../../../../renderer/data/search-params.ts'
import { splitValues } from '../../../../shared/nouns/params.ts'
import { z } from 'zod'

import type { SavedView } from '../../../../shared/contract/views.ts'

const PARAMS = ['q', 'environment', 'within', 'privileged', 'sort']

const searches = fc.record(
  {
    q: fc.string({ maxLength: 20 }),
    environment: fc.uniqueArray(fc.string({ minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 4 }),
    within: fc.nat(90),
    privileged: fc.boolean(),
  },
  { requiredKeys: [] },
)

describe('the search of a view', () => {
  it('keeps the filters and the sort, and no open panel', () => {
    expect(pickSearch({ q: 'prod', key: 7, client: 'acme', environment: [], sort: undefined }, PARAMS)).toEqual({
      q: 'prod',
    })
  })

  it('is the same whatever the order of its params and values', () => {
    expect(isSameSearch({ q: 'a', environment: ['x', 'y'] }, { environment: ['y', 'x'], q: 'a' })).toBe(true)
    expect(isSameSearch({ q: 'a' }, { q: 'b' })).toBe(false)
    expect(isSameSearch({ environment: ['x'] }, { environment: ['x', 'y'] })).toBe(false)
    expect(isSameSearch({}, {})).toBe(true)
  })

  it('is the same after it was kept, and changed when a value is added', () => {
    fc.assert(
      fc.property(searches, (search) => {
        const kept = pickSearch(search, PARAMS)
        expect(isSameSearch(kept, pickSearch({ ...kept, key: 3 }, PARAMS))).toBe(true)
        const more = { ...kept, environment: [...(search.environment ?? []), 'one that is not there!'] }
        expect(isSameSearch(kept, more)).toBe(false)
      }),
    )
  })
})

describe('several values in an address', () => {
  it('are written with a comma', () => {
    expect(stringifySearch({ environment: ['production', 'staging'] })).toBe('?environment=production,staging')
    expect(splitValues('production,staging')).toEqual(['production', 'staging'])
  })

  it('are read back, whatever they contain', () => {
    const schema = manyParam(z.string())
    const values = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 15 }), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(values, (environment) => {
        expect(splitValues(joinValues(environment))).toEqual(environment)
        const { environment: read } = parseSearch(stringifySearch({ environment })) as { environment: unknown }
        expect(schema.parse(read)).toEqual(environment)
      }),
    )
  })

  it('that the list does not know are left out', () => {
    const schema = manyParam(z.enum(['a', 'b']))
    expect(schema.parse('a,c,b')).toEqual(['a', 'b'])
    expect(schema.parse('c')).toBeUndefined()
    expect(schema.parse(undefined)).toBeUndefined()
  })
})

it('the saved views of a page are those of all clients and of its own, which come first by name', () => {
  const view = (viewId: number, name: string, slug: string | null): SavedView => ({
    viewId,
    list: 'keys',
    name,
    client: slug === null ? null : { slug, name: slug, colour: 'teal' },
    search: {},
    subjects: {},
    columns: null,
  })
  const saved = [view(1, 'Mine', 'acme'), view(2, 'Mine', 'borealis'), view(3, 'mine', null), view(4, 'Others', null)]
  const ids = (client?: string) => listOwnViews(saved, client).map(({ viewId }) => viewId)
  expect(ids()).toEqual([3, 4])
  expect(ids('acme')).toEqual([1, 4])
  expect(ids('corvid')).toEqual([3, 4])
})
