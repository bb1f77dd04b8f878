import { array, assert, boolean, constant, integer, oneof, property, record, string } from 'fast-check'
import { describe, expect, it } from 'vitest'

import { makePainter, rotationCell } from '../../../../../electron/cli/kit/text/paint.ts'
import { tableLines as makeLines } from '../../../../../electron/cli/kit/text/table.ts'
import { computeWidth } from '../../../../../electron/cli/kit/text/width.ts'

const tableLines = (...of: Parameters<typeof makeLines>): readonly string[] => [...makeLines(...of)]

const COLUMNS = [{ title: 'Person', flexible: true }, { title: 'Keys', align: 'right' as const }, { title: 'Role' }]

/** A row may lack cells. */
const ROW = { minLength: 1, maxLength: 3 }

describe('tableLines', () => {
  it('aligns by visible width, not by the number of characters', () => {
    const lines = tableLines(
      COLUMNS,
      [
        ['山田 花子', '1', 'owner'],
        ['Zoe\u0308', '12', 'member'],
        ['Noor 🦊', '3', 'reader'],
      ],
      null,
    )
    expect(lines).toEqual([
      'Person     Keys  Role',
      '山田 花子     1  owner',
      'Zoe\u0308          12  member',
      'Noor 🦊       3  reader',
    ])
  })

  it('cuts flexible columns to the screen, and nothing in a file', () => {
    const rows = [[`Maximiliane ${'x'.repeat(200)}`, '1', 'owner']]
    const narrow = tableLines(COLUMNS, rows, 40)
    expect(narrow.every((line) => computeWidth(line) <= 40)).toBe(true)
    expect(narrow[1]).toContain('…')
    expect(narrow[1]).toContain('owner')
    expect(tableLines(COLUMNS, rows, null)[1]).toContain('x'.repeat(200))
  })

  it('cuts a column no further than it may', () => {
    const columns = [
      { title: 'Key', flexible: true, keep: 24 },
      { title: 'Owner', flexible: true },
    ]
    const [, row] = tableLines(columns, [['k'.repeat(40), 'o'.repeat(40)]], 36)
    expect(row).toBe(`${'k'.repeat(23)}…  ${'o'.repeat(9)}…`)
  })

  it('leaves out optional columns first, then the rightmost, and names them below', () => {
    const columns = [
      { title: 'ID' },
      { title: 'Slug', whole: true },
      { title: 'Made', optional: true },
      { title: 'Due' },
      { title: 'State' },
    ]
    const row = ['1', 'heliotide-clinics', '2026-11-01', '2026-12-01', 'active']
    expect(tableLines(columns, [row], 42)).toEqual([
      'ID  Slug               Due         State',
      '1   heliotide-clinics  2026-12-01  active',
      'Too wide for this screen: Made.',
    ])
    expect(tableLines(columns, [row], 34)[1]).toBe('1   heliotide-clinics  2026-12-01')
    expect(tableLines(columns, [row], null)[0]).toBe('ID  Slug               Made        Due         State')
  })

  it('is never wider than a screen of 80 columns, whatever its columns and cells, unless one that is whole is', () => {
    const column = record({ title: string({ maxLength: 12 }), flexible: boolean(), optional: boolean() })
    assert(
      property(array(column, { minLength: 1, maxLength: 15 }), array(string({ maxLength: 60 })), (all, cells) => {
        const row = all.map((_, at) => (cells[at % Math.max(1, cells.length)] ?? '').replaceAll(/\P{L}/gu, 'x'))
        const named = all.map((one) => ({ ...one, title: one.title.replaceAll(/\P{L}/gu, 'x') }))
        for (const line of tableLines(named, [row], 80)) expect(computeWidth(line)).toBeLessThanOrEqual(80)
      }),
    )
  })

  it('does not widen the other lines for one overlong cell', () => {
    const lines = tableLines(
      COLUMNS,
      [
        ['x'.repeat(300), '1', 'owner'],
        ['Jane', '2', 'admin'],
      ],
      null,
    )
    expect(lines[2]?.length).toBeLessThan(80)
  })

  it('has every cell of every row, as one that keeps the rows as they are, whatever their number', () => {
    const cell = string({ unit: 'grapheme-ascii', maxLength: 60 })
    const rows = array(array(oneof(cell, record({ text: cell, paint: constant((text: string) => `<${text}>`) })), ROW))
    assert(
      property(rows, integer({ min: 1, max: 1200 }), (some, times) => {
        const all = Array.from({ length: times }, () => some).flat()
        const texts = some.map((row) => row.map((one) => (typeof one === 'string' ? one : one.text)))
        const widths = COLUMNS.map(({ title }, at) =>
          Math.max(title.length, ...texts.map((row) => Math.min(48, row[at]?.length ?? 0))),
        )
        const line = (row: (typeof some)[number]): string =>
          COLUMNS.map(({ align }, at) => {
            const one = row[at] ?? ''
            const [text, shown] = typeof one === 'string' ? [one, one] : [one.text, one.paint(one.text)]
            const space = ' '.repeat(Math.max(0, (widths[at] ?? 0) - text.length))
            return align === 'right' ? space + shown : shown + space
          })
            .join('  ')
            .trimEnd()
        expect(tableLines(COLUMNS, all, null).slice(1)).toEqual(all.map(line))
      }),
      { numRuns: 30 },
    )
  })

  it('takes more rows than a call has arguments', () => {
    const rows = Array.from({ length: 200_000 }, () => ['a', '1', 'b'])
    expect(tableLines(COLUMNS, rows, 80)).toHaveLength(200_001)
  })

  it('colours measured text, only on a terminal, and also writes the meaning in words', () => {
    const cell = (colour: boolean): string =>
      tableLines([{ title: 'Rotation' }], [[rotationCell(makePainter(colour), 'overdue', -12)]], null)[1] ?? ''
    expect(cell(false)).toBe('✗ overdue 12 d')
    expect(cell(true)).toBe('\u001b[31m✗ overdue 12 d\u001b[39m')
  })
})
