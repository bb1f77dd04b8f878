import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  lineAt,
  lineCount,
  lineOfRow,
  lineOfHeading,
  rowsOfLines,
  makeSlices,
  slicesOfLines,
  type Group,
} from '../../../../renderer/ui/table/row-layout.ts'

const group = (id: string, count: number): Group => ({ id, label: id, count })

const GROUPS = [group('overdue', 2), group('week', 0), group('month', 3)]

describe('lines of a grouped list', () => {
  it('have a heading before each non-empty group, and the rest after the last', () => {
    const shown = Array.from({ length: lineCount(6, GROUPS) }, (_, line) => {
      const at = lineAt(line, GROUPS)
      return at.type === 'heading' ? at.group.id : at.index
    })
    expect(shown).toEqual(['overdue', 0, 1, 'month', 2, 3, 4, 5])
  })

  it('are the rows themselves without groups', () => {
    expect(lineCount(7, [])).toBe(7)
    expect(lineAt(3, [])).toEqual({ type: 'row', index: 3 })
    expect(lineOfRow(3, [])).toBe(3)
  })

  it('map to each row and back', () => {
    const groups = fc.array(fc.nat(40), { maxLength: 6 }).map((counts) => counts.map((n, i) => group(`g${i}`, n)))
    fc.assert(
      fc.property(groups, fc.nat(50), (groups, rest) => {
        const total = groups.reduce((sum, { count }) => sum + count, 0) + rest
        for (let index = 0; index < total; index += 1) {
          expect(lineAt(lineOfRow(index, groups), groups)).toEqual({ type: 'row', index })
        }
        const headings = Array.from({ length: lineCount(total, groups) }, (_, line) => lineAt(line, groups)).filter(
          (line) => line.type === 'heading',
        )
        expect(headings).toHaveLength(groups.filter(({ count }) => count > 0).length)
      }),
    )
  })

  it('give the rows among some lines', () => {
    expect(rowsOfLines({ first: 0, end: 1 }, GROUPS)).toEqual({ first: 0, end: 0 })
    expect(rowsOfLines({ first: 0, end: 3 }, GROUPS)).toEqual({ first: 0, end: 2 })
    expect(rowsOfLines({ first: 2, end: 5 }, GROUPS)).toEqual({ first: 1, end: 3 })
    expect(rowsOfLines({ first: 4, end: 4 }, GROUPS)).toEqual({ first: 0, end: 0 })
  })
})

describe('slices', () => {
  it('are aligned and contain every requested row', () => {
    expect(makeSlices({ first: 0, end: 0 }, 100)).toEqual([])
    expect(makeSlices({ first: 5, end: 100 }, 100)).toEqual([0])
    expect(makeSlices({ first: 99, end: 101 }, 100)).toEqual([0, 100])
    expect(makeSlices({ first: 999_950, end: 1_000_000 }, 100)).toEqual([999_900])
  })
})

describe('collapsed groups', () => {
  const collapsed = GROUPS.map((each) => ({ ...each, collapsed: each.id === 'overdue' }))

  it('have a heading and no rows', () => {
    const shown = Array.from({ length: lineCount(6, collapsed) }, (_, line) => {
      const at = lineAt(line, collapsed)
      return at.type === 'heading' ? at.group.id : at.index
    })
    expect(shown).toEqual(['overdue', 'month', 2, 3, 4, 5])
    expect(lineOfHeading('month', collapsed)).toBe(1)
    expect(lineOfRow(1, collapsed)).toBe(0)
  })

  it('map each line to one row or heading and back, and ask for no slice of a hidden row', () => {
    const groups = fc.array(fc.record({ count: fc.nat(300), collapsed: fc.boolean() }), { maxLength: 6 })
    fc.assert(
      fc.property(groups, fc.nat(50), (counts, rest) => {
        const all = counts.map((each, at) => ({ ...each, id: `g${at}`, label: `g${at}` }))
        const total = all.reduce((sum, { count }) => sum + count, 0) + rest
        const lines = lineCount(total, all)
        const shown = Array.from({ length: lines }, (_, line) => lineAt(line, all))
        const back = shown.map((what) =>
          what.type === 'row' ? lineOfRow(what.index, all) : lineOfHeading(what.group.id, all),
        )
        expect(back).toEqual(shown.map((_, line) => line))
        const offsets = new Set(
          shown.flatMap((what) => (what.type === 'row' ? [Math.floor(what.index / 100) * 100] : [])),
        )
        expect([...slicesOfLines({ first: 0, end: lines }, all, 100)]).toEqual([...offsets].sort((a, b) => a - b))
      }),
    )
  })
})
