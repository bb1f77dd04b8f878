import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { newJsonArray, newJsonRecords, type JsonRecords } from '../../../../electron/service/usage/json-records.ts'

function readAll(make: typeof newJsonArray, pieces: readonly string[]) {
  const [given, refused] = [[] as (readonly string[])[], [] as [number, string][]]
  const lines: number[] = []
  const records: JsonRecords = make(
    (cells, line) => {
      given.push(cells)
      lines.push(line)
    },
    (line, reason) => void refused.push([line, reason]),
  )
  for (const piece of pieces) records.push(piece)
  records.end()
  return { given, refused, lines }
}

const word = fc.oneof(fc.string(), fc.constantFrom('[', ']', '{', '}', ',', '"', '\\', '\\"', ']}', '\n'))
const record = fc.record({
  timestamp: word,
  feature: word,
  cost: fc.double({ noNaN: true, noDefaultInfinity: true }),
  usage: fc.record({ input_tokens: fc.nat(), note: fc.array(word, { maxLength: 2 }) }),
})

describe('a JSON array of usage records', () => {
  it('is read as the same records on lines of their own, however it is written and wherever its bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(record), fc.constantFrom(0, 2, '\t'), fc.array(fc.nat(400)), (records, space, cuts) => {
        const text = JSON.stringify(records, null, space)
        const places = [...cuts.filter((at) => at < text.length).toSorted((a, b) => a - b), text.length]
        const pieces = places.map((at, n) => text.slice(places[n - 1] ?? 0, at))
        const lines = records.map((each) => JSON.stringify(each)).join('\n')
        expect(readAll(newJsonArray, pieces)).toMatchObject({
          given: readAll(newJsonRecords, [lines]).given,
          refused: [],
        })
      }),
    )
  })

  it('has the line of each of its records, and of what is not an object', () => {
    const { lines, refused } = readAll(newJsonArray, ['[\n  {"a": 1},\n  {\n    "a": 2\n  },\n  7,\n  {"a":3}\n]\n'])
    expect([lines, refused]).toEqual([[2, 3, 7], [[6, 'The entry of the array is not a JSON object.']]])
  })

  it('that ends too early keeps its complete records and names where it broke off', () => {
    const { lines, refused } = readAll(newJsonArray, ['[{"a": 1},\n{"a": 2'])
    expect([lines, refused]).toEqual([[1], [[2, 'The file ends before the array does.']]])
  })

  it('refuses a record that is longer than a mebibyte, once, and reads the next', () => {
    const { lines, refused } = readAll(newJsonArray, [
      '[{"a": "',
      ...Array<string>(40).fill('x'.repeat(100_000)),
      '"},\n{"a": 1}]',
    ])
    expect([lines, refused]).toEqual([[2], [[1, 'The record is longer than a mebibyte.']]])
  })
})
