import { SLICE, type Slice } from '../../ui/table/use-slices.ts'

/** Reads the rows of a list from an offset that is a multiple of `SLICE`. */
export type ReadSlice<Row> = (offset: number) => Promise<Slice<Row>>

export interface RowAt<Row> {
  readonly index: number
  readonly row: Row
}

/**
 * The first matching row at or after an index, continuing from the beginning; null when no row matches. Rows are read
 * slice by slice, so that finding a near row costs one slice however long the list is.
 */
export async function firstFrom<Row>(
  read: ReadSlice<Row>,
  from: number,
  matches: (row: Row) => boolean,
): Promise<RowAt<Row> | null> {
  const start = Math.max(0, from)
  return (await scan(read, start, Number.POSITIVE_INFINITY, matches)) ?? (await scan(read, 0, start, matches))
}

async function scan<Row>(
  read: ReadSlice<Row>,
  first: number,
  end: number,
  matches: (row: Row) => boolean,
): Promise<RowAt<Row> | null> {
  for (let offset = readSlice(first); offset < end; offset += SLICE) {
    // One after the other: the next slice is only read when this one has no match.
    const { rows, total } = await read(offset)
    const index = rows.findIndex((row, place) => offset + place >= first && offset + place < end && matches(row))
    const row = rows[index]
    if (row !== undefined) return { index: offset + index, row }
    if (offset + SLICE >= total) return null
  }
  return null
}

/** The row at an index; null beyond either end. */
export async function rowAt<Row>(read: ReadSlice<Row>, index: number): Promise<RowAt<Row> | null> {
  if (index < 0) return null
  const offset = readSlice(index)
  const row = (await read(offset)).rows[index - offset]
  return row === undefined ? null : { index, row }
}

function readSlice(index: number): number {
  return Math.floor(index / SLICE) * SLICE
}
