import { Misuse } from './failure.ts'
import type { Layout } from './layout.ts'
import { type Field, type Listing, printJson, printTable, type Slices } from './listing.ts'
import { getEmpty } from './narrowing.ts'
import type { Run } from './run.ts'

/** The list in the format, and with the columns, that the command line asks for. */
export async function printListing<Row>(run: Run, listing: Listing<Row>, slices: Slices<Row>): Promise<void> {
  const { terminal, layout } = run
  const chosen = { fields: chooseFields(listing.fields, layout), empty: getEmpty(run, listing.empty) }
  if (layout.format === 'json') return printJson(terminal, chosen, slices)
  if (layout.format === 'csv') return (await import('./csv.ts')).printCsv(terminal, chosen, slices)
  if (layout.format === 'md') return (await import('./markdown.ts')).printMarkdown(terminal, chosen, slices)
  const columns = layout.isWide || layout.keys !== null ? null : terminal.columns
  await printTable({ ...terminal, columns }, chosen, slices)
}

/** The fields of a list that are named, each with a column. Throws `Misuse` for a key that this list does not have. */
function chooseFields<Row>(fields: readonly Field<Row>[], { keys }: Layout): readonly Field<Row>[] {
  if (keys === null) return fields
  return keys.map((key) => {
    const field = fields.find((each) => each.key === key)
    if (field === undefined) {
      const known = fields.map((each) => each.key).join(', ')
      throw new Misuse(`This list has no column ${key}.`, `Give one or more of ${known}.`)
    }
    return field.column === undefined ? { ...field, column: { title: key } } : field
  })
}
