import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { BrokenCsv, newCsvRecords, newRecordLines } from '../../../../electron/service/usage/csv-records.ts'

interface Split {
  readonly cells: readonly string[]
  readonly line: number
}

/**
 * The records of bytes that arrive in pieces cut at the given places; each plain line is read by its bounds, or
 * refused.
 */
function split(
  bytes: Buffer,
  delimiter: string,
  cuts: readonly number[],
  takesPlain: (line: number) => boolean,
): Split[] {
  const records: Split[] = []
  const lines = newRecordLines(delimiter, {
    record: (cells, line) => void records.push({ cells: [...cells], line }),
    plain: (of, bounds, count, line) => {
      if (!takesPlain(line)) return false
      const cells = Array.from({ length: count }, (_, n) =>
        of.toString('latin1', (bounds[n] ?? 0) + 1, bounds[n + 1] ?? 0),
      )
      records.push({ cells, line })
      return true
    },
  })
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length]
  for (const [n, place] of places.entries()) lines.push(bytes.subarray(places[n - 1] ?? 0, place))
  lines.end()
  return records
}

function splitAsText(bytes: Buffer, delimiter: string): Split[] {
  const records: Split[] = []
  const csv = newCsvRecords(delimiter, (cells, line) => records.push({ cells: [...cells], line }))
  csv.push(new TextDecoder('utf-8').decode(bytes))
  csv.end()
  return records
}

const piece = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('a', ' ', '12', ',', ';', '\t', '\n', '\r\n', '"', '""', ',"', '",', '\r') },
  { weight: 1, arbitrary: fc.constantFrom('é', '😀', '\u{FEFF}', '\0') },
  { weight: 1, arbitrary: fc.string({ maxLength: 6 }) },
)

/** Any bytes are a file: what is not UTF-8 is read as replacement characters. */
const bytes = fc
  .array(fc.oneof({ weight: 20, arbitrary: piece.map((text) => Buffer.from(text)) }, fc.uint8Array({ maxLength: 3 })), {
    maxLength: 60,
  })
  .map((pieces) => Buffer.concat(pieces))

describe('the lines of a file', () => {
  it('are split by their bytes as their text is, wherever the pieces end', () => {
    fc.assert(
      fc.property(
        bytes,
        fc.constantFrom(',', ';', '\t'),
        fc.array(fc.nat(), { maxLength: 8 }),
        fc.integer({ min: 1, max: 3 }),
        (file, delimiter, cuts, nth) => {
          expect(split(file, delimiter, cuts, (line) => line % nth === 0)).toEqual(splitAsText(file, delimiter))
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('may hold more cells than are read by their bytes', () => {
    const file = Buffer.from(`${'x,'.repeat(5000)}"y,\n"\nz`)
    expect(split(file, ',', [], () => true)).toEqual(splitAsText(file, ','))
  })

  it('are refused where a quote is never closed, and do not fill the memory', () => {
    const lines = newRecordLines(',', { record: () => undefined, plain: () => true })
    lines.push(Buffer.from('a,b\n1,2\n"'))
    expect(() => {
      for (let n = 0; n < 20; n += 1) lines.push(Buffer.from(`${'x,'.repeat(65_536)}\n`))
    }).toThrow(new BrokenCsv('A quote that is opened on line 3 is not closed within a mebibyte.'))
  })
})
