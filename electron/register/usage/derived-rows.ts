import { ROLLUP_SOURCES, USAGE_ROLLUPS, type UsageRollup } from '../../../shared/domain/usage/rollups.ts'
import { type CellRows, PLACES, ROW_WIDTH } from './cells.ts'
import { orderBy } from './order-by.ts'

/** The rows of all roll-ups that are added up from those of another one, each in the order of the register's table. */
export function derivedRows(source: CellRows): readonly CellRows[] {
  return ROLLUP_SOURCES.flatMap((from, face) => (from === source.face ? [derive(source, face)] : []))
}

function derive(source: CellRows, face: number): CellRows {
  const dimensions: UsageRollup['by'] = USAGE_ROLLUPS[source.face]?.by ?? []
  const by: UsageRollup['by'] = USAGE_ROLLUPS[face]?.by ?? []
  // The first is the period.
  const places = [0, ...by.map((dimension) => 1 + dimensions.indexOf(dimension))]
  const columns = places.map((place) => {
    const column = new Float64Array(source.count)
    for (let row = 0; row < source.count; row += 1) column[row] = source.rows[row * ROW_WIDTH + place] ?? 0
    return column
  })
  const rows = new Float64Array(source.count * ROW_WIDTH)
  let last = -ROW_WIDTH
  for (const row of orderBy(columns, source.count)) {
    if (last < 0 || columns.some((column, n) => column[row] !== rows[last + n])) {
      last += ROW_WIDTH
      for (const [n, column] of columns.entries()) rows[last + n] = column[row] ?? 0
    }
    for (let n = PLACES; n < ROW_WIDTH; n += 1) {
      rows[last + n] = (rows[last + n] ?? 0) + (source.rows[row * ROW_WIDTH + n] ?? 0)
    }
  }
  return { face, count: last / ROW_WIDTH + 1, rows }
}
