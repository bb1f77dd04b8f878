import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { canonicalJson, type Json } from '../../../shared/domain/canonical-json.ts'

const someJson = fc.jsonValue({ stringUnit: 'binary' }) as fc.Arbitrary<Json>

/** The same value with the members of every object in another order. */
function shuffled(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(shuffled)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, member]) => [key, member === undefined ? undefined : shuffled(member)]),
  )
}

describe('canonical JSON', () => {
  it.each<[Json, string]>([
    [{ b: 1, a: [true, null] }, '{"a":[true,null],"b":1}'],
    [{ '\u20ac': 1, '\r': 2, '1': 3, '\ud83d\ude02': 4, '\u0080': 5 }, '{"\\r":2,"1":3,"\u0080":5,"€":1,"😂":4}'],
    [{ a: undefined, b: { c: undefined } }, '{"b":{}}'],
    [[-0, 1e21, 0.1, 1e-7], '[0,1e+21,0.1,1e-7]'],
    ['\u2028"\\\ud800', '"\u2028\\"\\\\\\ud800"'],
  ])('of %j', (value, text) => {
    expect(canonicalJson(value)).toBe(text)
  })

  it('does not depend on the order of members, and is read back as the same value', () => {
    fc.assert(
      fc.property(someJson, (value) => {
        const text = canonicalJson(value)
        expect(canonicalJson(shuffled(value))).toBe(text)
        // JSON has one zero; a generated value may have the other.
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    'refuses %s, which JSON cannot express',
    (n) => {
      expect(() => canonicalJson({ a: [n] })).toThrow(RangeError)
    },
  )
})
