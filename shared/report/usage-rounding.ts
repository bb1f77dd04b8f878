import { isNumber, roundCell, type DocumentCell, type DocumentTable, type NumberCell } from './usage-document.ts'

/**
 * The rows of a table as people see them. Each amount is rounded by itself, so that it is the same in every table and document, and the
 * total is rounded once; where what is shown does not add up to the total that is shown, a last row has the difference.
 */
export function* shownRows({ head, rows, total }: DocumentTable): Generator<readonly DocumentCell[]> {
  const shown = head.map(() => 0)
  const exact = head.map(() => 0)
  for (const row of rows) {
    for (const [column, cell] of row.entries()) {
      if (!isMoney(cell)) continue
      shown[column] = (shown[column] ?? 0) + roundCell(cell)
      exact[column] = (exact[column] ?? 0) + cell.value
    }
    yield row
  }
  // A column whose total is another sum, such as that of all budgets of a client, does not add up.
  const off = (total ?? []).map((cell, column): DocumentCell => {
    if (!isMoney(cell) || cell.value !== exact[column]) return null
    const value = roundCell(cell) - (shown[column] ?? 0)
    return value === 0 ? null : { unit: cell.unit, value }
  })
  if (off.some((cell) => cell !== null)) yield off.map((cell, column) => (column === 0 ? ROUNDING : cell))
}

/** The label of the row of what rounding left over. */
export const ROUNDING = 'Rounding'

function isMoney(cell: DocumentCell | undefined): cell is NumberCell {
  return cell !== undefined && isNumber(cell) && (cell.unit === 'usd' || cell.unit === 'difference')
}
