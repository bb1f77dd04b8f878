import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { tsvCell } from '../../../../renderer/ui/spreadsheet-text.ts'
import { toTsv } from '../../../../renderer/ui/table/use-selection.ts'
import { anyString } from '../../../any-string.ts'

describe('rows as tab-separated text', () => {
  it('have a header line and one line each', () => {
    const columns = [
      { header: 'Name', text: (row: { name: string; keys: number }) => row.name },
      { header: 'Keys', text: (row: { name: string; keys: number }) => String(row.keys) },
    ]
    expect(toTsv(columns, [{ name: 'Ada', keys: 2 }])).toBe('Name\tKeys\nAda\t2')
    expect(toTsv(columns, [])).toBe('Name\tKeys')
  })

  it('contain no formula, and numbers unchanged', () => {
    expect(tsvCell('=HYPERLINK("http://x")')).toBe(`'=HYPERLINK("http://x")`)
    expect(tsvCell(' @SUM(A1)')).toBe(`'@SUM(A1)`)
    expect(tsvCell('-12')).toBe('-12')
    expect(tsvCell('-12+A1')).toBe(`'-12+A1`)
  })

  it('keep their columns and lines whatever a name contains', () => {
    const columns = [
      { header: 'A', text: (row: readonly string[]) => row[0] ?? '' },
      { header: 'B', text: (row: readonly string[]) => row[1] ?? '' },
    ]
    const text = anyString()
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { maxLength: 8 }), (rows) => {
        const lines = toTsv(columns, rows).split(/[\r\n\u2028\u2029]/u)
        expect(lines).toHaveLength(rows.length + 1)
        for (const line of lines) expect(line.split('\t')).toHaveLength(2)
      }),
    )
  })
})
