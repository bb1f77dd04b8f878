import { stringify, type Options } from 'csv-stringify/sync'

import { type Decimal, decimalText } from '../../../shared/domain/text/decimal.ts'
import { looksSecret } from '../../../shared/domain/secrets/find-secrets.ts'
import { plainText } from '../../../shared/domain/text/visible-text.ts'

/** Numbers are numbers or exact decimals; every text is words, and is guarded. */
export type CsvValue = string | number | Decimal | null

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
export function csvText(records: readonly (readonly CsvValue[])[]): string {
  let text = ''
  for (const record of records) {
    for (let at = 0; at < record.length; at += 1) {
      if (at > 0) text += ','
      text += csvCell(record[at] ?? null)
    }
    text += '\n'
  }
  return text
}

/** One cell of `csvText`, for a writer of many records that share cells. */
export function csvCell(value: CsvValue): string {
  if (value === null) return ''
  if (typeof value === 'object') return decimalText(value)
  if (typeof value === 'number') return String(value)
  return ORDINARY.test(value) && !looksSecret(value) ? `"${value}"` : writtenCell(value)
}

/** Visible ASCII without a quote, which begins with no sign of a formula and no space. Most cells; a property test compares the two. */
const ORDINARY = /^[!#-*,./0-<>?A-~][ !#-~]*$/u

/** The library's answer, which is the authority. */
function writtenCell(value: string): string {
  // The library ends a record with a line feed.
  return stringify([[toCell(value)]], OPTIONS).slice(0, -1)
}

/**
 * The library guards a text that begins with = + - @, a tab or a carriage return. Spreadsheets that trim would find the
 * sign behind white space too.
 */
function toCell(value: string): string {
  // A line ends by a line feed, in a cell too: a carriage return alone would write over the row on a terminal.
  const text = PLAIN.test(value) && !looksSecret(value) ? value : plainText(value).replaceAll(/\r\n?/gu, '\n')
  return HIDDEN_FORMULA.test(text) ? `'${text}` : text
}

/** Nothing in it has to be spelled. */
const PLAIN = /^[\x20-\x7e]*$/u

const HIDDEN_FORMULA = /^[\s\p{C}\p{Z}]+[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\n\v\f]/u
