import { tableHead, tableLine } from '../../../shared/report/markdown-table.ts'
import { toCells, printLineSlices, type Listing, type Slices } from './listing.ts'
import type { Terminal } from './terminal.ts'
import { toText } from './text/cell.ts'

/** The list as a GFM table, unpadded, so that one changed row changes one line. */
export async function printMarkdown<Row>(
  terminal: Terminal,
  listing: Listing<Row>,
  slices: Slices<Row>,
): Promise<void> {
  const { columns, cells } = toCells(listing)
  async function* eachSlice(): AsyncGenerator<Iterable<string>> {
    yield tableHead(
      columns.map((column) => column.title),
      (column) => columns[column]?.align === 'right',
    )
    for await (const rows of slices) yield rows.map((row) => tableLine(cells(row).map(toText)))
  }
  await printLineSlices(terminal, eachSlice())
}
