import { said } from '../domain/text/said.ts'
import { markdownCell, markdownLine } from './markdown-text.ts'

/** The columns of a table by their titles, each with its cell for a row; null is an empty cell. */
export type MarkdownColumns<Row> = Readonly<Record<string, (row: Row) => string | null>>

/** A GFM table with a line for each row. Cells are not padded, so that one changed row is one line of a diff. */
export function markdownTable<Row>(columns: MarkdownColumns<Row>, rows: readonly Row[]): string {
  return [...markdownTableLines(columns, rows)].join('\n')
}

/** The lines of the same, made while the rows are read. */
export function* markdownTableLines<Row>(columns: MarkdownColumns<Row>, rows: Iterable<Row>): Generator<string> {
  const cells = Object.values(columns)
  yield* tableHead(Object.keys(columns))
  for (const row of rows) yield tableLine(cells.map((cell) => said(cell(row) ?? '')))
}

/** The titles of a table and the line below them; `right` decides which columns contain numbers. */
export function tableHead(titles: readonly string[], right: (column: number) => boolean = () => false): string[] {
  return [tableLine(titles), `|${titles.map((_, column) => (right(column) ? ' ---: ' : ' --- ')).join('|')}|`]
}

export function tableLine(cells: readonly string[]): string {
  return `| ${cells.map(markdownCell).join(' | ')} |`
}

/** The line below a list that was cut; none if it was not. */
export function moreLines(more: number): string[] {
  return more === 0 ? [] : [markdownLine(`${more} more are not listed.`)]
}
