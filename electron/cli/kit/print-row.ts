import { printLines, printObject, type Field } from './listing.ts'
import type { Run } from './run.ts'

/** One row of a list after it was changed: its values with --json, else a sentence. */
export async function printRow<Row>(
  run: Run,
  fields: readonly Field<Row>[],
  row: Row,
  sentence: string,
): Promise<void> {
  if (run.json) await printObject(run.terminal, Object.fromEntries(fields.map(({ key, json }) => [key, json(row)])))
  else await printLines(run.terminal, [sentence])
}
