import { type Cell, toText } from './cell.ts'
import { PackedRows } from './packed-rows.ts'
import { cutTo, computeWidth } from './width.ts'

export interface Column {
  readonly title: string
  readonly align?: 'left' | 'right'
  /** May be cut when the screen is narrow. */
  readonly flexible?: boolean
  /** The least width after a cut; 8 unless given. */
  readonly keep?: number
  /** Never cut, since people type it again: the slug of a client. */
  readonly whole?: boolean
  /** Left out before others where the screen is too narrow for all. */
  readonly optional?: boolean
}

const GAP = '  '
/** The most width of a column, so that one long name does not widen the whole table. */
const WIDEST = 48
/** The least width of a cut column: a flexible one, and any other. */
const NARROWEST = 8
const NARROWEST_FIXED = 24
/** The columns at the left that are never left out: the number and the name of a row. */
const ALWAYS = 2

/**
 * An aligned table: a title line, then one line for each row. `screen` is the width of the screen: cells are cut to it,
 * and where that is not enough, whole columns are left out and named below. Null (a file, a pipe) cuts and leaves out
 * nothing. Lines have no trailing space, and are made one by one.
 */
export function* tableLines(
  columns: readonly Column[],
  rows: Iterable<readonly Cell[]>,
  screen: number | null,
): Generator<string> {
  const table = new Table(columns)
  for (const row of rows) table.add(row)
  yield* table.lines(screen)
}

/** Rows of a table, kept until the last one is known, since any of them may widen a column. */
export class Table {
  readonly #columns: readonly Column[]
  readonly #widths: number[]
  readonly #rows: PackedRows

  constructor(columns: readonly Column[]) {
    this.#columns = columns
    this.#widths = columns.map((column) => computeWidth(column.title))
    this.#rows = new PackedRows(columns.length)
  }

  get isEmpty(): boolean {
    return this.#rows.isEmpty
  }

  add(cells: readonly Cell[]): void {
    for (let index = 0; index < this.#columns.length; index += 1) {
      const width = Math.min(WIDEST, computeWidth(toText(cells[index])))
      if (width > (this.#widths[index] ?? 0)) this.#widths[index] = width
    }
    this.#rows.add(cells)
  }

  /** As `tableLines`. */
  *lines(screen: number | null): Generator<string> {
    const columns = this.#columns
    const widths = this.#widths
    const kept = screen === null ? columns.map((_, index) => index) : keptOn(screen, columns, widths)
    const shownColumns = kept.map((index) => columns[index] ?? { title: '' })
    const shownWidths = kept.map((index) => widths[index] ?? 0)
    const fitted = screen === null ? shownWidths : fitTo(shownColumns, shownWidths, screen)
    const line = (cells: readonly (Cell | undefined)[]): string =>
      shownColumns
        .map((column, at) => place(cells[kept[at] ?? 0], column, fitted[at] ?? 0, screen !== null))
        .join(GAP)
        .trimEnd()
    const left = columns.filter((_, index) => !kept.includes(index)).map(({ title }) => title)
    yield line(columns.map((column) => column.title))
    for (const cells of this.#rows) yield line(cells)
    if (left.length > 0 && screen !== null) yield cutTo(`Too wide for this screen: ${left.join(', ')}.`, screen)
  }
}

/** The columns that fit at their narrowest: optional ones are left out first, each time the rightmost. */
function keptOn(screen: number, columns: readonly Column[], widths: readonly number[]): readonly number[] {
  const kept = columns.map((_, index) => index)
  const narrowest = (index: number): number => Math.min(widths[index] ?? 0, findFloor(columns[index]))
  const needed = (): number => kept.reduce((sum, index) => sum + narrowest(index) + GAP.length, -GAP.length)
  while (needed() > screen && kept.length > ALWAYS) {
    const optional = kept.findLastIndex((index) => columns[index]?.optional === true)
    const other = kept.findLastIndex((index, at) => at >= ALWAYS && columns[index]?.whole !== true)
    kept.splice(optional >= 0 ? optional : other >= 0 ? other : kept.length - 1, 1)
  }
  return kept
}

/** The width that a cut leaves a column. */
function findFloor(column: Column | undefined): number {
  if (column === undefined || column.whole) return Number.POSITIVE_INFINITY
  return column.flexible ? (column.keep ?? NARROWEST) : NARROWEST_FIXED
}

function place(cell: Cell | undefined, column: Column, width: number, cut: boolean): string {
  const text = cut ? cutTo(toText(cell), width) : toText(cell)
  const painted = typeof cell === 'object' ? cell.paint(text) : text
  const space = ' '.repeat(Math.max(0, width - computeWidth(text)))
  return column.align === 'right' ? space + painted : painted + space
}

/** Narrows the widest columns that may be cut until the line fits. */
function fitTo(columns: readonly Column[], widths: readonly number[], screen: number): readonly number[] {
  const fitted = [...widths]
  let over = fitted.reduce((sum, width) => sum + width, 0) + GAP.length * (columns.length - 1) - screen
  while (over > 0) {
    let widest = -1
    for (const [index, column] of columns.entries()) {
      const width = fitted[index] ?? 0
      if (width > findFloor(column) && width > (fitted[widest] ?? 0)) widest = index
    }
    if (widest < 0) return fitted
    fitted[widest] = (fitted[widest] ?? 0) - 1
    over -= 1
  }
  return fitted
}
