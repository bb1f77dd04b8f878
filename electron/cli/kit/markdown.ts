import { markdownCell } from '../../../shared/report/markdown-text.ts'
import { cellsOf, printLines, type Listing, type Slices } from './listing.ts'
import type { Terminal } from './terminal.ts'

/** The list as a GFM table, unpadded, so that one changed row changes one line. */
export async function printMarkdown<Row>(
  terminal: Terminal,
  listing: Listing<Row>,
  slices: Slices<Row>,
): Promise<void> {
  const { columns, rows } = await cellsOf(listing, slices)
  const line = (cells: readonly string[]): string => `| ${cells.map(markdownCell).join(' | ')} |`
  await printLines(terminal, [
    line(columns.map((column) => column.title)),
    `|${columns.map((column) => (column.align === 'right' ? ' ---: ' : ' --- ')).join('|')}|`,
    ...rows.map((cells) => line(cells.map((cell) => (typeof cell === 'string' ? cell : cell.text)))),
  ])
}
