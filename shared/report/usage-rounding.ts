import { roundToCents } from '../domain/text/round-parts.ts'
import { makeRows, usd, type DocumentBlock, type DocumentCell, type DocumentTable } from './usage-document.ts'

/** The place of the total, after all amounts. */
const LAST = -1

/** The most micro-USD that are shown as less than a cent. */
const BELOW_A_CENT = 4_999

/**
 * A table whose shown amounts add up to the shown totals, to the cent: columns of USD whose total is their sum are
 * rounded by the largest remainders. Other columns stay as they are.
 */
export function addingUp(table: DocumentTable): DocumentTable {
  const { rows, total } = table
  if (total === null) return table
  const columns = readAmounts(table).map((amounts, column) =>
    amounts === null ? null : roundColumn(amounts, getUsd(total[column] ?? null)),
  )
  const put = (cells: readonly DocumentCell[], at: number): DocumentCell[] =>
    cells.map((cell, column) => {
      const rounded = columns[column]
      return rounded === null || rounded === undefined || cell === null ? cell : usd(rounded.at(at) ?? 0)
    })
  return { ...table, rows: makeRows(rows, put), total: put(total, LAST) }
}

/** The amounts of each column in one pass over the rows, zero where there is none; null for a column without any. */
function readAmounts({ head, rows }: DocumentTable): readonly (readonly number[] | null)[] {
  const columns = head.map(() => ({ amounts: [] as number[], hasAny: false }))
  for (const row of rows) {
    for (const [at, column] of columns.entries()) {
      const amount = getUsd(row[at] ?? null)
      column.amounts.push(amount ?? 0)
      column.hasAny ||= amount !== null
    }
  }
  return columns.map(({ amounts, hasAny }) => (hasAny ? amounts : null))
}

/** The amounts of a column and then its total in whole cents; null for a column that does not add up to its total. */
function roundColumn(amounts: readonly number[], sum: number | null): readonly number[] | null {
  if (sum === null || amounts.reduce((all, amount) => all + amount, 0) !== sum) return null
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
