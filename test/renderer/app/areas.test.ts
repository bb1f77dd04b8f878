import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { AREAS, listGroup } from '../../../renderer/app/areas.ts'
import { parseSearch, stringifySearch } from '../../../renderer/data/search-params.ts'
import { frame } from '../../../renderer/data/areas.ts'
import { contract } from '../../../shared/contract/contract.ts'

const FEATURES = resolve(import.meta.dirname, '../../../renderer/features')

/** Shown over the frame or instead of it, without an address. */
const WITHOUT_ADDRESS = ['first-run']

/** Search params with an id that stay when the scope changes. */
const KEPT = [
  '/keys within',
  '/findings subject',
  '/usage/budgets edit',
  '/changes from',
  '/changes to',
  '/plans plan',
  '/plans other',
]

describe('areas', () => {
  it('the list of areas contains every feature', () => {
    const features = readdirSync(FEATURES).filter((name) => existsSync(join(FEATURES, name, 'area.ts')))
    // Effective access is a page of three areas.
    expect(features).toHaveLength(AREAS.length - 2)
    const others = readdirSync(FEATURES).filter((name) => !features.includes(name))
    expect(others).toEqual(WITHOUT_ADDRESS)
  })

  it('the rail has eleven areas in named groups, more on demand, and the others at the bottom', () => {
    const labels = (group: Parameters<typeof listGroup>[0]): readonly string[] =>
      listGroup(group).map(({ label }) => label)
    expect(labels('today')).toEqual(['Today'])
    expect(labels('access')).toEqual(['People', 'Keys', 'Projects'])
    expect(labels('govern')).toEqual(['Findings', 'Reviews', 'Rotation', 'Leavers', 'Remediation'])
    expect(labels('spend')).toEqual(['Usage'])
    expect(labels('more')).toEqual(['Changes', 'Plans', 'Import & export', 'Code snippets'])
    expect(labels('bottom')).toEqual(['Clients', 'Connections', 'Settings', 'Help'])
  })

  it('every part of the contract belongs to exactly one area, which refetches it', () => {
    const owned = [frame, ...AREAS].flatMap((area) => Object.keys(area.options.staticData.reads))
    expect(owned.toSorted()).toEqual(Object.keys(contract).toSorted())
  })

  it('a change of scope closes everything that a search param with an id opens', () => {
    const kept = AREAS.flatMap((area) => {
      const { path, staticData } = area.options as typeof area.options & { readonly path: string }
      const search = area.options.validateSearch as unknown as z.ZodObject
      const takes = (name: string, value: unknown): boolean => search.parse({ [name]: value })[name] !== undefined
      return Object.keys(search.shape)
        .filter((name) => (takes(name, 8) || takes(name, [8])) && !takes(name, 'x'))
        .filter((name) => !staticData.opens.includes(name))
        .map((name) => `${path} ${name}`)
    })
    expect(kept).toEqual(KEPT)
  })
})

describe('a search param with several values', () => {
  /** The params of an area that accept a list, each with a list that it accepts. */
  const params = AREAS.flatMap((area) => {
    const schema = area.options.validateSearch as z.ZodObject
    const { properties = {} } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
    return Object.entries(properties).flatMap(([name, property]) => {
      const forms = typeof property === 'boolean' ? [] : [property, ...(property.anyOf ?? [])]
      const list = forms.find((form) => typeof form !== 'boolean' && form.type === 'array')
      if (list === undefined || typeof list === 'boolean') return []
      const items = list.items as { readonly enum?: readonly string[] } | undefined
      const { path } = area.options as { readonly path?: string }
      return [{ path, name, schema, values: items?.enum?.slice(0, 2) ?? ['a', 'b'] }]
    })
  })

  it('is found by reflection: the kinds of changes are among them', () => {
    expect(params.map(({ path, name }) => `${path} ${name}`)).toEqual(
      expect.arrayContaining(['/changes kinds', '/keys environment']),
    )
  })

  it.each(params)('$name of $path is read from its address as it was written', ({ name, schema, values }) => {
    expect(schema.parse(parseSearch(stringifySearch({ [name]: values })))).toMatchObject({ [name]: values })
    expect(schema.parse(parseSearch(stringifySearch({ [name]: values.slice(0, 1) })))).toMatchObject({
      [name]: values.slice(0, 1),
    })
  })
})
