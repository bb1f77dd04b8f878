import type { Inputs, Outputs } from '../../../shared/contract/contract.ts'
import { counted } from '../../../shared/domain/counted.ts'
import { said } from '../../../shared/domain/text/said.ts'
import { tableHead, tableLine } from '../../../shared/report/markdown-table.ts'
import { markdownHeading, markdownLine } from '../../../shared/report/markdown-text.ts'
import { checkScope, type Context, getReader } from '../core/context.ts'
import { csvText } from '../files-out/csv-text.ts'
import { placeExport } from '../files-out/place-export.ts'
import { fileTarget } from '../files-out/target.ts'
import { stageFile } from '../files-out/write-file.ts'
import { invalid } from '../kit/refusal.ts'

type Input = Inputs['files']['exportTable']

/** Rows that are turned into text together. */
const PIECE = 500

/** Writes rows of a list to the place that a person chose. Throws `Refusal` INVALID or NOT_FOUND. */
export function exportTable(context: Context, input: Input): Outputs['files']['exportTable'] {
  const { client, title, format, header, rows, path, force } = input
  checkScope(context, { client })
  const unlike = rows.find((row) => row.length !== header.length)
  if (unlike !== undefined) {
    throw invalid(
      'rows',
      `A row has ${counted(unlike.length, 'cell')}, and the header ${header.length}.`,
      'Export the list again.',
    )
  }
  const pieces = format === 'csv' ? printCsv(input) : printMarkdown(input, readScopeName(context, client))
  return placeExport(context, stageFile(fileTarget(context, { path, force }), pieces), {
    action: 'table.exported',
    client: client ?? null,
    subject: title,
    body: { format, rows: rows.length },
  })
}

function readScopeName(context: Context, client: string | undefined): string {
  if (client === undefined) return 'All clients'
  return getReader(context).value<string>('SELECT name FROM client WHERE slug = ?', [client]) ?? client
}

function* printCsv({ header, rows }: Input): Generator<string> {
  yield csvText([header])
  for (let at = 0; at < rows.length; at += PIECE) yield csvText(rows.slice(at, at + PIECE))
}

/** A heading, what the rows are of, and a table with a line for each row. */
function* printMarkdown({ title, header, rows }: Input, scope: string): Generator<string> {
  yield `${markdownHeading(2, said(title))}\n\n${markdownLine(`${said(scope)}, ${counted(rows.length, 'row')}.`)}\n\n`
  yield `${tableHead(header).join('\n')}\n`
  for (const row of rows) yield `${tableLine(row.map((cell) => said(String(cell))))}\n`
}
