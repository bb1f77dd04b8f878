import { parse } from 'csv-parse/sync'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { BrokenCsv, newCsvRecords } from '../../../../electron/service/usage/csv-records.ts'

/** The records of a text that arrives in pieces cut at the given places. */
function split(text: string, delimiter: string, cuts: readonly number[] = []): { cells: string[]; line: number }[] {
  const records: { cells: string[]; line: number }[] = []
  const csv = newCsvRecords(delimiter, (cells, line) => records.push({ cells: [...cells], line }))
  const places = [0, ...cuts.map((cut) => cut % (text.length + 1)).toSorted((a, b) => a - b), text.length]
  for (const [n, place] of places.entries()) csv.push(text.slice(places[n - 1] ?? 0, place))
  csv.end()
  return records
}

const cell = fc.oneof(
  fc.string({ maxLength: 12 }).map((text) => text.replaceAll('\r', '')),
  fc.constantFrom('', '"', '""', 'a"b', 'a,b', 'a;b', 'a\nb', ' x ', 'é', '😀'),
)

const written = (text: string): string => `"${text.replaceAll('"', '""')}"`

describe('CSV text', () => {
  it('is split as csv-parse splits it, wherever the pieces end', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.tuple(cell, fc.boolean()), { minLength: 2, maxLength: 5 }), { maxLength: 8 }),
        fc.constantFrom(',', ';', '\t'),
        fc.constantFrom('\n', '\r\n'),
        fc.array(fc.nat(), { maxLength: 6 }),
        (rows, delimiter, end, cuts) => {
          const text = rows
            .map((row) =>
              row
                .map(([value, always]) => (always || /["\n,;\t]/u.test(value) ? written(value) : value))
                .join(delimiter),
            )
            .join(end)
          const expected = parse(text, {
            delimiter,
            record_delimiter: [end],
            relax_column_count: true,
            skip_empty_lines: true,
          })
          expect(split(text, delimiter, cuts).map(({ cells }) => cells)).toEqual(expected)
        },
      ),
    )
  })

  it('names the line that a record begins on', () => {
    expect(split('a,b\n\n"1\n2",3\r\n4,5', ',')).toEqual([
      { cells: ['a', 'b'], line: 1 },
      { cells: ['1\n2', '3'], line: 3 },
      { cells: ['4', '5'], line: 5 },
    ])
  })

  it('with a quote that is never closed is refused, and does not fill the memory', () => {
    const csv = newCsvRecords(',', () => undefined)
    csv.push('a,b\n"')
    expect(() => {
      for (let n = 0; n < 40; n += 1) csv.push(`${'x,'.repeat(32_768)}\n`)
    }).toThrow(BrokenCsv)
  })
})
