import { CsvError, parse } from 'csv-parse/sync'

import { FILE_LIMITS, limitText } from '../../../shared/domain/file-limits.ts'
import { looksSecret } from '../../../shared/domain/secrets/find-secrets.ts'
import { uniqueColumns, type SourceRow, type SourceTable } from '../../../shared/domain/import/table.ts'
import { detectDelimiter, type Delimiter } from './delimiter.ts'
import { refuseFile, type FileRefusal } from './refusal.ts'

export interface CsvRead {
  readonly ok: true
  readonly table: SourceTable
  readonly delimiter: Delimiter
}

const { rows: MOST_ROWS, columns: MOST_COLUMNS, cells: MOST_CELLS, rowCharacters } = FILE_LIMITS

/** Ends the reading of a file that exceeds a limit. */
class Excess extends Error {
  override readonly name = 'Excess'
}

/**
 * Adds the row of each record as it is read, so that no second list of all cells is held; blank ones are left out. Reading
 * stops when a file has too much: the header and blank rows count as well. `before` is the number of lines before the first record.
 */
function addTo(into: SourceRow[], before: number): (record: readonly string[]) => null {
  let [rows, cells, line] = [0, 0, 1 + before]
  return (record) => {
    rows += 1
    cells += record.length
    if (rows > MOST_ROWS) throw new Excess(`more than ${limitText(MOST_ROWS)} rows`)
    if (cells > MOST_CELLS) throw new Excess(`more than ${limitText(MOST_CELLS)} cells`)
    const row = { line, cells: record.map(withoutFormulaGuard) }
    line += 1 + record.reduce((breaks, cell) => breaks + lineBreaks(cell), 0)
    if (row.cells.some((cell) => cell.trim() !== '')) into.push(row)
    return null
  }
}

/** Reads CSV text: header, rows and the line of each. `sep=;` on the first line, as Excel writes it, is applied. */
export function readCsv(text: string): CsvRead | FileRefusal {
  const reported = /^sep=([,;\t])\r?\n/iu.exec(text)
  const body = reported ? text.slice(reported[0].length) : text
  const delimiter = (reported?.[1] as Delimiter | undefined) ?? detectDelimiter(body)
  const offset = reported ? 1 : 0
  try {
    const rows: SourceRow[] = []
    parse(body, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      // A quote that is never closed would swallow the rest of the file.
      max_record_size: rowCharacters,
      on_record: addTo(rows, offset),
    })
    return getTable(rows, delimiter)
  } catch (error) {
    if (error instanceof Excess)
      return refuseFile(`The file has ${error.message}; no more are read.`, 'Split the file.')
    if (error instanceof CsvError) return csvRefusal(error, offset)
    throw error
  }
}

function lineBreaks(cell: string): number {
  return cell.includes('\n') || cell.includes('\r') ? (cell.match(/\r\n|\n|\r/gu)?.length ?? 0) : 0
}

/** CSV writers put an apostrophe before what a spreadsheet would run as a formula. */
function withoutFormulaGuard(cell: string): string {
  return /^'[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/u.test(cell) ? cell.slice(1) : cell
}

function getTable(rows: readonly SourceRow[], delimiter: Delimiter): CsvRead | FileRefusal {
  const [header, ...rest] = rows
  if (!header) return refuseFile('The file holds no rows.', 'The first line must hold the headings; the rows follow.')
  if (header.cells.some(looksSecret)) {
    return refuseFile(
      `Line ${header.line} contains what looks like a complete secret key.`,
      'Remove it from the file, revoke that key at the provider, and make the first line the headings.',
    )
  }
  if (header.cells.length > MOST_COLUMNS) {
    return refuseFile(
      `The header has ${header.cells.length} columns; at most ${MOST_COLUMNS} are read.`,
      'Leave columns out.',
    )
  }
  const columns = uniqueColumns(header.cells)
  if (rest.length === 0) {
    return refuseFile('The file holds a header and no rows.', 'Add rows below the headings, or choose another file.')
  }
  return { ok: true, delimiter, table: { columns, line: header.line, rows: rest } }
}

function csvRefusal(error: CsvError, offset: number): FileRefusal {
  const lines = Number((error as { lines?: unknown }).lines)
  const line = Number.isFinite(lines) ? lines + offset : null
  const where = line === null ? 'The file' : `Line ${line}`
  const reported = WHAT_IS_WRONG[error.code]
  return reported
    ? refuseFile(`${where}: ${reported[0]}`, reported[1])
    : refuseFile(`${where} cannot be read as CSV.`, 'Save the sheet as CSV again.')
}

const IN_THE_MIDDLE = [
  'a quote is in the middle of a cell.',
  'Put the whole cell in quotes and write a quote inside it twice.',
] as const

const WHAT_IS_WRONG: Readonly<Partial<Record<CsvError['code'], readonly [reason: string, hint: string]>>> = {
  CSV_QUOTE_NOT_CLOSED: [
    'a quote is opened and never closed.',
    'Close the quote, or write a quote inside a text twice.',
  ],
  INVALID_OPENING_QUOTE: IN_THE_MIDDLE,
  CSV_INVALID_CLOSING_QUOTE: IN_THE_MIDDLE,
  CSV_MAX_RECORD_SIZE: [
    `one row is longer than ${limitText(rowCharacters)} characters.`,
    'A quote before it may never be closed.',
  ],
}
