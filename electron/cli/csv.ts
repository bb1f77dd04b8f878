import { stringify, type Options } from 'csv-stringify/sync'

import { csvCell } from '../service/files-out/csv.ts'
import type { Listing, Slices } from './listing.ts'
import type { Terminal } from './terminal.ts'

const OPTIONS: Options = { quoted_string: true, escape_formulas: true }

/** The list as CSV under the names that it has in JSON; a text that a spreadsheet could take for a formula is guarded. */
export async function printCsv<Row>(terminal: Terminal, listing: Listing<Row>, slices: Slices<Row>): Promise<void> {
  await terminal.out(stringify([listing.fields.map((field) => field.key)], OPTIONS))
  for await (const rows of slices) {
    const records = rows.map((row) =>
      listing.fields.map((field) => {
        const value = field.json(row)
        return typeof value === 'boolean' ? String(value) : csvCell(value)
      }),
    )
    await terminal.out(stringify(records, OPTIONS))
  }
}
