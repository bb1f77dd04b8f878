import { roundToCents } from '../domain/text/round-parts.ts'
import { usd, type DocumentBlock, type DocumentCell, type DocumentTable } from './usage-document.ts'

/** The most micro-USD that are shown as less than a cent. */
const BELOW_A_CENT = 4_999

/**
 * A table whose shown amounts add up to the shown totals, to the cent: columns of USD whose total is their sum are
 * rounded by the largest remainders. Other columns stay as they are.
 */
export function addingUp(table: DocumentTable): DocumentTable {
  const { rows, total } = table
  if (total === null) return table
  const columns = table.head.map((_, column) => roundColumn(table, column))
  const put = (cells: readonly DocumentCell[], at: number): DocumentCell[] =>
    cells.map((cell, column) => {
      const rounded = columns[column]
      return rounded === null || rounded === undefined || cell === null ? cell : usd(rounded[at] ?? 0)
    })
  return { ...table, rows: rows.map(put), total: put(total, rows.length) }
}

/** The cells of a column and its total in whole cents; null for a column that does not add up to its total. */
function roundColumn({ rows, total }: DocumentTable, column: number): readonly number[] | null {
  const values = rows.map((row) => getUsd(row[column] ?? null))
  const sum = getUsd(total?.[column] ?? null)
  if (sum === null || values.every((value) => value === null)) return null
  const amounts = values.map((value) => value ?? 0)
  if (amounts.reduce((all, amount) => all + amount, 0) !== sum) return null
  const cents = roundToCents(amounts)
  return [...cents.map((cent, at) => keepTrace(cent, amounts[at] ?? 0)), cents.reduce((all, cent) => all + cent, 0)]
}

/** Something that is rounded to nothing is still shown as less than a cent. */
function keepTrace(cents: number, exact: number): number {
  return cents === 0 && exact > 0 ? Math.min(exact, BELOW_A_CENT) : cents
}

function getUsd(cell: DocumentCell): number | null {
  return cell !== null && typeof cell === 'object' && cell.unit === 'usd' ? cell.value : null
}

/** The same for all tables of a document. */
export function withTablesAddingUp(blocks: readonly DocumentBlock[]): DocumentBlock[] {
  return blocks.map((block) => (block.type === 'table' ? addingUp(block) : block))
}

/** Days by names, in whole cents that add up in both directions: each name over its days, and all names of each day. */
export function roundDays(days: readonly (readonly number[])[], names: number): readonly (readonly number[])[] {
  const columns = Array.from({ length: names }, (_, at) => days.map((day) => day[at] ?? 0))
  const sums = roundToCents(columns.map((column) => column.reduce((sum, value) => sum + value, 0)))
  const rounded = columns.map((column, at) => roundToCents(column, sums[at]))
  return days.map((_, day) => rounded.map((column) => column[day] ?? 0))
}
