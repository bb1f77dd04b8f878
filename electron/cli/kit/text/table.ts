import { type Cell, toText } from './cell.ts'
import { PackedRows } from './packed-rows.ts'
import { breakText, cutTo, computeWidth } from './width.ts'

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
  /** Known from the command of the row: left out before a sentence is narrow. */
  readonly id?: boolean
  /** Read as a whole: broken into lines where the screen is narrow, and never cut or left out. */
  readonly sentence?: boolean
  /** Pasted as a whole: on a line of its own below the row where the screen is narrow. */
  readonly command?: boolean
}

const GAP = '  '
/** The most width of a column, so that one long name does not widen the whole table. */
const WIDEST = 48
/** The least width of a cut column: a flexible one, and any other. */
const NARROWEST = 8
const NARROWEST_FIXED = 24
const NARROWEST_SENTENCE = 28
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
  /** The widths of the longest cells, of the columns that are never cut. */
  readonly #longest: number[]
  readonly #rows: PackedRows

  constructor(columns: readonly Column[]) {
    this.#columns = columns
    this.#widths = columns.map((column) => computeWidth(column.title))
    this.#longest = [...this.#widths]
    this.#rows = new PackedRows(columns.length)
  }

  get isEmpty(): boolean {
    return this.#rows.isEmpty
  }

  add(cells: readonly Cell[]): void {
    for (let index = 0; index < this.#columns.length; index += 1) {
      const whole = computeWidth(toText(cells[index]))
      const width = Math.min(WIDEST, whole)
      if (width > (this.#widths[index] ?? 0)) this.#widths[index] = width
      if (whole > (this.#longest[index] ?? 0)) this.#longest[index] = whole
    }
    this.#rows.add(cells)
  }

  /** As `tableLines`. */
  *lines(screen: number | null): Generator<string> {
    const columns = this.#columns
    const all = columns.map((_, index) => index)
    if (screen === null) {
      yield* this.#rowsOf(all, this.#widths, false)
      return
    }
    const widths = columns.map(
      ({ command, sentence }, index) =>
        (command === true || sentence === true ? this.#longest[index] : this.#widths[index]) ?? 0,
    )
    const needs = widths.reduce((sum, width) => sum + width + GAP.length, -GAP.length)
    const below = needs > screen ? columns.findIndex(({ command }) => command === true) : -1
    const beside = all.filter((index) => index !== below)
    const kept = keptOn(screen, beside, columns, widths)
    const fitted = fitTo(kept, columns, widths, screen)
    yield* this.#rowsOf(kept, fitted, true, below)
    const left = beside.filter((index) => !kept.includes(index)).map((index) => columns[index]?.title)
    if (left.length > 0) {
      const says = `Too wide for this screen: ${left.join(', ')}.`
      const hint = ' See all: -o wide.'
      yield computeWidth(says + hint) <= screen ? says + hint : cutTo(says, screen)
    }
  }

  /** The title line and the rows, of the columns `kept`; with the cell of the column `below` under each row. */
  *#rowsOf(kept: readonly number[], widths: readonly number[], isScreen: boolean, below = -1): Generator<string> {
    const columns = kept.map((index) => this.#columns[index] ?? { title: '' })
    const line = (cells: readonly (Cell | undefined)[]): string =>
      columns
        .map((column, at) => place(cells[at], column, widths[kept[at] ?? 0] ?? 0, isScreen))
        .join(GAP)
        .trimEnd()
    yield line(columns.map(({ title }) => title))
    for (const cells of this.#rows) {
      const own = kept.map((index) => cells[index])
      const parts = isScreen
        ? breakCells(
            own,
            columns,
            kept.map((index) => widths[index] ?? 0),
          )
        : [own]
      for (const part of parts) yield line(part)
      const under = below < 0 ? '' : toText(cells[below])
      if (under !== '' && under !== '-') yield `    ${under}`
    }
  }
}

/** The lines of a row: a sentence goes on below its beginning, beside empty cells. */
function breakCells(
  cells: readonly (Cell | undefined)[],
  columns: readonly Column[],
  widths: readonly number[],
): readonly (readonly (Cell | undefined)[])[] {
  const broken = cells.map((cell, at) =>
    columns[at]?.sentence === true ? breakText(toText(cell), widths[at] ?? 0) : null,
  )
  const count = Math.max(1, ...broken.map((lines) => lines?.length ?? 1))
  return Array.from({ length: count }, (_, n) => cells.map((cell, at) => broken[at]?.[n] ?? (n === 0 ? cell : '')))
}

/** The columns that fit at their narrowest: optional ones are left out first, each time the rightmost. */
function keptOn(
  screen: number,
  all: readonly number[],
  columns: readonly Column[],
  widths: readonly number[],
): readonly number[] {
  const kept = [...all]
  const narrowest = (index: number): number => Math.min(widths[index] ?? 0, findFloor(columns[index]))
  const needed = (): number => kept.reduce((sum, index) => sum + narrowest(index) + GAP.length, -GAP.length)
  // A sentence that is read at ease is worth more than an id.
  const atEase = kept.reduce((sum, index) => {
    const ease = columns[index]?.sentence === true ? Math.min(widths[index] ?? 0, WIDEST) : narrowest(index)
    return sum + ease + GAP.length
  }, -GAP.length)
  const firstId = kept.findIndex((index) => columns[index]?.id === true)
  if (firstId >= 0 && atEase > screen) kept.splice(firstId, 1)
  while (needed() > screen && kept.length > ALWAYS) {
    const last = (may: (column: Column, at: number) => boolean): number =>
      kept.findLastIndex((index, at) => may(columns[index] ?? { title: '' }, at))
    const [first = kept.length - 1] = [
      last(({ optional }) => optional === true),
      last(({ whole, sentence }, at) => at >= ALWAYS && whole !== true && sentence !== true),
      last(({ sentence }) => sentence !== true),
    ].filter((at) => at >= 0)
    kept.splice(first, 1)
  }
  return kept
}

/** The width that a cut leaves a column. */
function findFloor(column: Column | undefined): number {
  if (column === undefined || column.whole) return Number.POSITIVE_INFINITY
  if (column.sentence) return column.keep ?? NARROWEST_SENTENCE
  return column.flexible ? (column.keep ?? NARROWEST) : NARROWEST_FIXED
}

function place(cell: Cell | undefined, column: Column, width: number, cut: boolean): string {
  const text = cut ? cutTo(toText(cell), width) : toText(cell)
  const painted = typeof cell === 'object' ? cell.paint(text) : text
  const space = ' '.repeat(Math.max(0, width - computeWidth(text)))
  return column.align === 'right' ? space + painted : painted + space
}

/** The widths by column, after the widest of those that may be cut are narrowed until the line fits. */
function fitTo(
  kept: readonly number[],
  columns: readonly Column[],
  widths: readonly number[],
  screen: number,
): readonly number[] {
  const fitted = [...widths]
  const widthOf = (index: number): number => fitted[index] ?? 0
  let over = kept.reduce((sum, index) => sum + widthOf(index) + GAP.length, -GAP.length) - screen
  while (over > 0) {
    const may = kept.filter((index) => widthOf(index) > findFloor(columns[index]))
    if (may.length === 0) return fitted
    const widest = may.reduce((best, index) => (widthOf(index) > widthOf(best) ? index : best))
    fitted[widest] = widthOf(widest) - 1
    over -= 1
  }
  return fitted
}
