import { tableHead, tableLine } from '../../../shared/report/markdown-table.ts'
import { toCells, printLines, type Listing, type Slices } from './listing.ts'
import type { Terminal } from './terminal.ts'

/** The list as a GFM table, unpadded, so that one changed row changes one line. */
export async function printMarkdown<Row>(
  terminal: Terminal,
  listing: Listing<Row>,
  slices: Slices<Row>,
): Promise<void> {
  const { columns, cells } = toCells(listing, slices)
  async function* eachLine(): AsyncGenerator<string> {
    yield* tableHead(
      columns.map((column) => column.title),
      (column) => columns[column]?.align === 'right',
    )
    for await (const row of cells) yield tableLine(row.map((cell) => (typeof cell === 'string' ? cell : cell.text)))
  }
  await printLines(terminal, eachLine())
}
