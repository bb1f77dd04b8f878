import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { CLIENT_COLOURS, freeSlug, toSlug } from '../../../shared/domain/client.ts'
import { anyString } from '../../any-string.ts'

/** A slug that the contract accepts. */
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/u

describe('slugs', () => {
  it.each([
    ['Acme Corp', 'acme-corp'],
    ['  Ångström & Søn  ', 'angstrom-s-n'],
    ['Crème-Brûlée GmbH', 'creme-brulee-gmbh'],
    ['../../etc/passwd', 'etc-passwd'],
    ['日本', ''],
    ['', ''],
    ['---', ''],
  ])('of %j is %j', (name, slug) => {
    expect(toSlug(name)).toBe(slug)
  })

  it('are valid in a URL and a command line, whatever the name', () => {
    fc.assert(
      fc.property(anyString({ maxLength: 200 }), (name) => {
        const slug = toSlug(name)
        expect(slug === '' || SLUG.test(slug)).toBe(true)
        expect(slug.length).toBeLessThanOrEqual(60)
        expect(toSlug(slug)).toBe(slug)
      }),
    )
  })

  it('get the first free number', () => {
    expect(freeSlug('acme', new Set())).toBe('acme')
    expect(freeSlug('acme', new Set(['acme', 'acme-2', 'acme-4']))).toBe('acme-3')
    expect(freeSlug('', new Set())).toBe('client')
    fc.assert(
      fc.property(fc.constantFrom('', 'a', 'client'), fc.uniqueArray(fc.nat(9)), (base, numbers) => {
        const taken = new Set(numbers.map((n) => (n < 2 ? base || 'client' : `${base || 'client'}-${n}`)))
        const slug = freeSlug(base, taken)
        expect(taken.has(slug)).toBe(false)
        expect(SLUG.test(slug)).toBe(true)
      }),
    )
  })
})

describe('client colours', () => {
  it('are distinct, and in the form that the contract accepts', () => {
    expect(new Set(CLIENT_COLOURS).size).toBe(CLIENT_COLOURS.length)
    for (const colour of CLIENT_COLOURS) expect(colour).toMatch(/^#[0-9a-f]{6}$/u)
  })
})
