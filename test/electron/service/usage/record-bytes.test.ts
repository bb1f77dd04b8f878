import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import {
  costOfBytes,
  countOfBytes,
  newByteDays,
  parseCost,
  parseCount,
  dayOfMoment,
} from '../../../../electron/service/usage/record-values.ts'
import { newByteWords, requestNumber, requestNumberOfBytes } from '../../../../electron/service/usage/record-numbers.ts'

const ascii = fc.string({ unit: 'binary-ascii', maxLength: 24 })
const digits = fc.oneof(fc.nat().map(String), fc.bigInt({ min: 0n, max: 10n ** 22n }).map(String))
const number = fc.oneof(
  ascii,
  digits,
  fc.tuple(digits, digits).map((parts) => parts.join('.')),
  fc.double().map(String),
  fc.constantFrom(
    '',
    '.',
    '.5',
    '5.',
    '-1',
    '+1',
    '1e3',
    '1.2e-05',
    '0x10',
    '007',
    '9007199254740991',
    '9007199254740993',
  ),
)
const date = fc.date({ min: new Date(0), max: new Date('2100-01-01T00:00:00Z'), noInvalidDate: true })
const moment = fc.oneof(
  ascii,
  date.map((at) => at.toISOString()),
  fc.tuple(date, fc.nat(30)).map(([at, length]) => at.toISOString().slice(0, length)),
  fc
    .tuple(date, fc.constantFrom('', 'Z', '+02:00', '-0530', '-09', '.123456Z', ' x'))
    .map(([at, zone]) => `${at.toISOString().slice(0, 19).replace('T', ' ')}${zone}`),
  date.map((at) => String(at.getTime())),
  date.map((at) => String(at.getTime() / 1000)),
  fc.constantFrom('2026-02-29', '2026-13-01T00:00:00Z', '2026-11-03', 'yesterday', '1999-12-31T24:00'),
)

/** The text among other bytes, and its position. */
function laid(text: string): readonly [bytes: Buffer, from: number, to: number] {
  return [Buffer.from(`9-${text}-9`), 2, 2 + text.length]
}

it('numbers are read from bytes as from their text', () => {
  fc.assert(
    fc.property(number, (text) => {
      expect(countOfBytes(...laid(text))).toBe(parseCount(text))
      expect(costOfBytes(...laid(text))).toEqual(parseCost(text))
    }),
    { numRuns: 3000 },
  )
})

it('days are read from bytes as from the text of their timestamp, one after the other', () => {
  fc.assert(
    fc.property(fc.array(moment, { minLength: 1, maxLength: 8 }), (moments) => {
      const findDay = newByteDays()
      const twice = moments.flatMap((text) => [text, text])
      expect(twice.map((text) => findDay(...laid(text)))).toEqual(twice.map(dayOfMoment))
    }),
    { numRuns: 1000 },
  )
})

it('a request has the number of its text', () => {
  fc.assert(
    fc.property(ascii, fc.integer({ min: 1, max: 500 }), (text, seed) => {
      const [into, ofBytes] = [new Uint32Array(4), new Uint32Array(4)]
      requestNumber(text, seed, into, 1)
      requestNumberOfBytes(...laid(text), seed, ofBytes, 1)
      expect(ofBytes).toEqual(into)
    }),
  )
})

it('words have the numbers of their texts, also where there are more than are remembered', () => {
  const numbers = new Map<string, number>()
  const words = newByteWords((word) => {
    if (!numbers.has(word)) numbers.set(word, numbers.size)
    return numbers.get(word) ?? -1
  })
  const some = ['', ' ', 'a', 'b', 'x'.repeat(64), 'x'.repeat(65), 'x'.repeat(500)]
  const all = [...some, ...Array.from({ length: 50_000 }, (_, n) => `key_${n}`), ...some]
  for (let turn = 0; turn < 2; turn += 1) {
    const read = all.map((word) => words.computeNumber(...laid(word)))
    expect(read).toEqual(all.map((word) => numbers.get(word)))
  }
  expect(numbers.size).toBe(50_000 + some.length)
})
