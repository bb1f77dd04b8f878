import type { DataColumn } from './column.ts'

/** The facts of a column on which its width depends. */
export type ColumnSize = Pick<DataColumn<never>, 'id' | 'ch' | 'grow' | 'whole' | 'header' | 'sort'>

/** Widths that a person chose, in px by column. */
export type Widths = Readonly<Record<string, number>>

export const SELECT_WIDTH = 32

/** The space beside the content of a cell, in px. */
const PADDING = 20

/** Room for the arrow of the sort, in characters. */
const ARROW = 2

/** The narrowest a column of plain text can be made, in characters. */
const NARROWEST = 5

/** Bold letters of a header are smaller than those of a cell; a letter is on average narrower than a digit. */
const HEADER_LETTER = 0.92

/** The characters that a column needs: those of its content, or of its header where that is longer. */
export function measureColumn({ ch, header, sort }: ColumnSize): number {
  const head = Math.ceil(header.length * HEADER_LETTER) + (sort === undefined ? 0 : ARROW)
  return Math.max(ch, head)
}

/** The narrowest a person can make a column, in px, where a character is `chPx` wide. */
export function computeNarrowest(column: ColumnSize, chPx: number): number {
  return Math.ceil((column.whole === true ? measureColumn(column) : NARROWEST) * chPx) + PADDING
}

/** The grid template of some columns, after a narrow one for the selection mark. */
export function makeTemplate(columns: readonly ColumnSize[], widths: Widths = {}): string {
  const tracks = columns.map((column) => {
    const chosen = widths[column.id]
    if (chosen !== undefined) return `${chosen}px`
    const least = `calc(${measureColumn(column)}ch + ${PADDING}px)`
    return (column.grow ?? 0) > 0 ? `minmax(${least}, ${column.grow}fr)` : least
  })
  return [`${SELECT_WIDTH}px`, ...tracks].join(' ')
}

/** The width below which a list scrolls sideways, as a CSS length. */
export function computeMinWidth(columns: readonly ColumnSize[], widths: Widths = {}): string {
  let px = SELECT_WIDTH
  let ch = 0
  for (const column of columns) {
    const chosen = widths[column.id]
    if (chosen === undefined) {
      ch += measureColumn(column)
      px += PADDING
    } else px += chosen
  }
  return `calc(${ch}ch + ${px}px)`
}
