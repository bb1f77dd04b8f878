import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { jsonPlaces } from '../../../../electron/providers/file/json-places.ts'

type Path = readonly (string | number)[]

function listPaths(value: unknown, path: Path = []): { readonly path: Path; readonly value: unknown }[] {
  const inner = typeof value === 'object' && value !== null ? Object.entries(value) : []
  return [
    ...(path.length === 0 ? [] : [{ path, value }]),
    ...inner.flatMap(([step, each]) => listPaths(each, [...path, Array.isArray(value) ? Number(step) : step])),
  ]
}

test('every value of any JSON is at its path, however it is formatted', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2), (json, indent) => {
      const text = JSON.stringify(json, null, indent)
      const all = listPaths(JSON.parse(text))
      const places = jsonPlaces(text, all.map(({ path }) => path)) // prettier-ignore
      for (const [n, { value }] of all.entries()) {
        const at = places[n] ?? -1
        const written = JSON.stringify(value)
        // A formatted list or object spans lines: only its first character is compared.
        expect(text.slice(at, at + (typeof value === 'object' && value !== null ? 1 : written.length))).toBe(
          typeof value === 'object' && value !== null ? written.charAt(0) : written,
        )
      }
    }),
  )
})

test('a missing value has the place of what it is missing from, and of a field that comes twice the last counts', () => {
  const text = '{"a": [{"b": 1}], "c": 2, "c": 3}'
  expect(jsonPlaces(text, [['a', 0, 'x'], ['a', 5], ['c'], ['z'], []])).toEqual([7, 6, 31, null, null]) // prettier-ignore
})
