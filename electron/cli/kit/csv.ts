import { csvText } from '../../service/files-out/csv-text.ts'
import type { Listing, Slices } from './listing.ts'
import type { Terminal } from './terminal.ts'

/** The list as CSV, with its JSON keys as headings. */
export async function printCsv<Row>(terminal: Terminal, listing: Listing<Row>, slices: Slices<Row>): Promise<void> {
  await terminal.out(csvText([listing.fields.map((field) => field.key)]))
  for await (const rows of slices) {
    const records = rows.map((row) =>
      listing.fields.map((field) => {
        const value = field.json(row)
        return typeof value === 'boolean' ? String(value) : value
      }),
    )
    await terminal.out(csvText(records))
  }
}
