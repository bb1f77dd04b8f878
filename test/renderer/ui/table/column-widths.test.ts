import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  computeMinWidth,
  computeNarrowest,
  makeTemplate,
  measureColumn,
  type ColumnSize,
} from '../../../../renderer/ui/table/column-widths.ts'

const NAME: ColumnSize = { id: 'name', header: 'Key', ch: 20, grow: 2, sort: 'name' }
const DUE: ColumnSize = { id: 'due', header: 'Due', ch: 11, whole: true }

describe('the widths of columns', () => {
  it('are counted in characters, and columns that grow share what remains', () => {
    expect(makeTemplate([NAME, DUE])).toBe('32px minmax(calc(20ch + 20px), 2fr) calc(11ch + 20px)')
    expect(computeMinWidth([NAME, DUE])).toBe('calc(31ch + 72px)')
  })

  it('are those that a person chose', () => {
    expect(makeTemplate([NAME, DUE], { name: 90, other: 7 })).toBe('32px 90px calc(11ch + 20px)')
    expect(computeMinWidth([NAME, DUE], { name: 90 })).toBe('calc(11ch + 142px)')
  })

  it('leave room for the header and the arrow of its sort', () => {
    expect(measureColumn({ id: 'x', header: 'Service accounts', ch: 5 })).toBe(15)
    expect(measureColumn({ id: 'x', header: 'Service accounts', ch: 5, sort: 'x' })).toBe(17)
  })

  it('never go below the content of a column that must not be cut', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.string({ maxLength: 20 }), fc.integer({ min: 6, max: 11 }), (ch, header, px) => {
        const sized = { id: 'x', header, ch, whole: true }
        expect(computeNarrowest(sized, px)).toBeGreaterThanOrEqual(ch * px + 20)
        expect(computeNarrowest({ ...sized, whole: false }, px)).toBe(5 * px + 20)
      }),
    )
  })
})
