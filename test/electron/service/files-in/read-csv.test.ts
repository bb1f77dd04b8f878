import { stringify } from 'csv-stringify/sync'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { detectDelimiter, DELIMITERS } from '../../../../electron/service/files-in/delimiter.ts'
import { readCsv } from '../../../../electron/service/files-in/read-csv.ts'

describe('the delimiter', () => {
  test('is the one that splits the rows alike, also where others are in quotes', () => {
    expect(detectDelimiter('Name;Role\n"Smith, Jane";Owner\n"Doe, John";Admin')).toBe(';')
    expect(detectDelimiter('Name,Projects\nJane,"A; B; C; D"\nJohn,"A; B"')).toBe(',')
    expect(detectDelimiter('Name\tRole\nJane, PhD\tOwner')).toBe('\t')
    expect(detectDelimiter('Namé;Role\r\nJané;Owner')).toBe(';')
    expect(detectDelimiter('Name\nJane')).toBe(',')
    expect(detectDelimiter('')).toBe(',')
  })
})

describe('reading CSV', () => {
  test('returns any cells that a library wrote, with the line of each row', () => {
    // A guarded formula has a test of its own: its apostrophe is not returned.
    const cell = fc
      .oneof(fc.string({ maxLength: 8 }), fc.constantFrom('a;b', 'a,b', 'a\tb', '"', 'x\ny', 'é', ' '))
      .filter((text) => !/^'[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/u.test(text))
    const table = fc
      .tuple(fc.integer({ min: 2, max: 5 }), fc.constantFrom(...DELIMITERS), fc.constantFrom('\n', '\r\n'))
      .chain(([width, delimiter, end]) =>
        fc.record({
          delimiter: fc.constant(delimiter),
          end: fc.constant(end),
          // A first cell that is never empty, so that no row is a blank line.
          rows: fc.array(fc.tuple(fc.constant('x'), fc.array(cell, { minLength: width - 1, maxLength: width - 1 })), {
            minLength: 1,
            maxLength: 6,
          }),
          width: fc.constant(width),
        }),
      )
    fc.assert(
      fc.property(table, ({ delimiter, end, rows, width }) => {
        const header = Array.from({ length: width }, (_, at) => `Column name ${at}`)
        const cells = rows.map(([first, rest]) => [first, ...rest])
        // Ten plain rows settle the delimiter; for a few odd cells it would be ambiguous.
        const plain = Array.from({ length: 10 }, () => header.map(() => 'p'))
        const text = stringify([header, ...plain, ...cells], { delimiter, record_delimiter: end, quoted: true })
        const read = readCsv(text)
        expect(read).toMatchObject({ ok: true, delimiter })
        if (!read.ok) return
        expect(read.table.rows.slice(10).map((row) => row.cells)).toEqual(cells)
        const lines = text.split(/\r\n|\n|\r/u)
        for (const row of read.table.rows.slice(10)) expect(lines[row.line - 1]?.startsWith('"x"')).toBe(true)
      }),
    )
  })

  test('skips blank lines and counts them', () => {
    const read = readCsv('Name,Role\n\nJane,Owner\n"John\nDoe",Admin\n\n\nAlice,Member\n')
    expect(read.ok && read.table.rows.map((row) => [row.line, row.cells[0]])).toEqual([
      [3, 'Jane'],
      [4, 'John\nDoe'],
      [8, 'Alice'],
    ])
  })

  test('removes the apostrophe that keeps a spreadsheet from running a cell', () => {
    const read = readCsv("Name,Role\n'=1+1,'-\n'quoted',O'Neil\n")
    expect(read.ok && read.table.rows.map((row) => row.cells)).toEqual([
      ['=1+1', '-'],
      ["'quoted'", "O'Neil"],
    ])
  })

  test('applies the line that Excel puts first', () => {
    const read = readCsv('sep=;\r\nName;Role\r\nJane, PhD;Owner\r\n')
    expect(read).toMatchObject({ ok: true, delimiter: ';', table: { line: 2, rows: [{ line: 3 }] } })
  })

  test('names columns that have no name, or a duplicate one', () => {
    const read = readCsv('Name,,Name\na,b,c\n')
    expect(read.ok && read.table.columns).toEqual(['Name', 'Column 2', 'Name (2)'])
  })

  test('reports where a quote is wrong and what to do', () => {
    expect(readCsv('Name,Role\nJane,"Owner\nJohn,Admin\n')).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/^Line \d: a quote is opened and never closed/u) as string,
    })
    expect(readCsv('Name,Role\nJane,"Own"er\n')).toMatchObject({
      ok: false,
      reason: 'Line 2: a quote is in the middle of a cell.',
    })
  })

  test('refuses a header that contains a secret, without repeating it', () => {
    const read = readCsv('sk-proj-abcdefghijklmnopqrstuvwxyz0123456789,Role\nJane,Owner\n')
    expect(read.ok).toBe(false)
    expect(JSON.stringify(read)).not.toContain('abcdefghij')
  })

  test('never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('"', ',', ';', '\n', '\r', 'a', '\t') })),
        (text) => {
          expect(typeof readCsv(text).ok).toBe('boolean')
        },
      ),
    )
  })
})
