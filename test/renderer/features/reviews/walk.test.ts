import { array, assert, asyncProperty, integer, nat } from 'fast-check'
import { describe, expect, it } from 'vitest'

import { firstFrom, rowAt, type ReadSlice } from '../../../../renderer/features/reviews/walk.ts'
import { SLICE } from '../../../../renderer/ui/table/use-slices.ts'

interface Rows {
  readonly read: ReadSlice<number>
  readonly offsets: number[]
}

function getList(rows: readonly number[]): Rows {
  const offsets: number[] = []
  return {
    offsets,
    read: (offset) => {
      offsets.push(offset)
      return Promise.resolve({ total: rows.length, rows: rows.slice(offset, offset + SLICE) })
    },
  }
}

const list = array(integer({ min: 0, max: 9 }), { maxLength: SLICE * 4 })

describe('the walk through a list in slices', () => {
  it('finds the first matching row from an index on, then from the beginning', async () => {
    await assert(
      asyncProperty(list, nat({ max: SLICE * 5 }), integer({ min: 0, max: 9 }), async (rows, from, wanted) => {
        const behind = rows.findIndex((row, index) => index >= from && row === wanted)
        const index = behind === -1 ? rows.indexOf(wanted) : behind
        expect(await firstFrom(getList(rows).read, from, (row) => row === wanted)).toEqual(
          index === -1 ? null : { index, row: wanted },
        )
      }),
    )
  })

  it('requests whole slices, and no more than needed', async () => {
    const rows = getList(Array.from({ length: SLICE * 50 }, (_, index) => index))
    await firstFrom(rows.read, SLICE * 20 + 3, (row) => row >= SLICE * 20 + 3)
    expect(rows.offsets).toEqual([SLICE * 20])
  })

  it('reads the row at an index, if there is one', async () => {
    await assert(
      asyncProperty(list, integer({ min: -2, max: SLICE * 5 }), async (rows, at) => {
        const row = rows[at]
        expect(await rowAt(getList(rows).read, at)).toEqual(row === undefined ? null : { index: at, row })
      }),
    )
  })
})
