import { stringify, type Options } from 'csv-stringify/sync'

import { plainText } from '../../../shared/domain/text/visible-text.ts'

export type CsvValue = string | number | null

const OPTIONS: Options = {
  // A spreadsheet that splits at another character still sees one cell.
  quoted_string: true,
  escape_formulas: true,
}

/**
 * Records as CSV (RFC 4180 with line feeds); every CSV of Castellan is written by it, for a file, a pack or a terminal.
 *
 * - A text that a spreadsheet could take for a formula gets an apostrophe before it.
 * - Control and invisible characters are written as their names, as on a terminal: CSV has no way to escape them, and a file that
 *   is imported again keeps all that people see. JSON can escape them, and does.
 */
export function csvText(records: readonly (readonly CsvValue[])[], spelled = plainText): string {
  return stringify(
    records.map((record) => record.map((value) => toCell(value, spelled))),
    OPTIONS,
  )
}

/**
 * The library guards a text that begins with = + - @, a tab or a carriage return. Spreadsheets that trim would find the
 * sign behind white space too.
 */
function toCell(value: CsvValue, spelled: (text: string) => string): CsvValue {
  if (typeof value !== 'string') return value
  // A line ends by a line feed, in a cell too: a carriage return alone would write over the row on a terminal.
  const text = ORDINARY.test(value) ? value : spelled(value).replaceAll(/\r\n?/gu, '\n')
  return HIDDEN_FORMULA.test(text) ? `'${text}` : text
}

/** Most cells need no change. */
const ORDINARY = /^[\x20-\x7e]*$/u

const HIDDEN_FORMULA = /^[\s\p{C}\p{Z}]+[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\n\v\f]/u
