import { cutTo, widthOf } from './width.ts'

export interface Column {
  readonly title: string
  readonly align?: 'left' | 'right'
  /** May be cut when the screen is narrow. */
  readonly flexible?: boolean
  /** Columns that a cut leaves it at least; 8 unless told. */
  readonly keep?: number
}

/** A cell's text, already fit to be shown, and the paint that goes over it after it was measured. */
export type Cell = string | { readonly text: string; readonly paint: (text: string) => string }

const GAP = '  '
/** A single overlong name does not push the columns after it off every other line. */
const WIDEST = 48
/** A column that is cut keeps this much. */
const NARROWEST = 8

/**
 * An aligned table: a title line, then one line for each row. `columns` is the width of the screen; null (a file, a pipe)
 * cuts nothing. Lines carry no trailing space.
 */
export function tableLines(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  screen: number | null,
): readonly string[] {
  const widths = columns.map((column, index) => widthOfColumn(column, rows, index))
  const fitted = screen === null ? widths : fitTo(columns, widths, screen)
  const line = (cells: readonly (Cell | undefined)[]): string =>
    columns
      .map((column, index) => place(cells[index], column, fitted[index] ?? 0, screen !== null))
      .join(GAP)
      .trimEnd()
  return [line(columns.map((column) => column.title)), ...rows.map(line)]
}

function widthOfColumn(column: Column, rows: readonly (readonly Cell[])[], index: number): number {
  let width = widthOf(column.title)
  for (const row of rows) width = Math.max(width, Math.min(WIDEST, widthOf(textOf(row[index]))))
  return width
}

function place(cell: Cell | undefined, column: Column, width: number, cut: boolean): string {
  const text = cut ? cutTo(textOf(cell), width) : textOf(cell)
  const painted = typeof cell === 'object' ? cell.paint(text) : text
  const space = ' '.repeat(Math.max(0, width - widthOf(text)))
  return column.align === 'right' ? space + painted : painted + space
}

function textOf(cell: Cell | undefined): string {
  return typeof cell === 'object' ? cell.text : (cell ?? '')
}

/** Takes from the widest flexible columns first until the line fits. */
function fitTo(columns: readonly Column[], widths: readonly number[], screen: number): readonly number[] {
  const fitted = [...widths]
  let over = fitted.reduce((sum, width) => sum + width, 0) + GAP.length * (columns.length - 1) - screen
  while (over > 0) {
    let widest = -1
    for (const [index, column] of columns.entries()) {
      const width = fitted[index] ?? 0
      if (column.flexible && width > (column.keep ?? NARROWEST) && width > (fitted[widest] ?? 0)) widest = index
    }
    if (widest < 0) return fitted
    fitted[widest] = (fitted[widest] ?? 0) - 1
    over -= 1
  }
  return fitted
}
