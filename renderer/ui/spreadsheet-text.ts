import { visibleText } from './text.ts'

/** Text that a spreadsheet would run as a formula when it is pasted (OWASP, CSV injection). Plain numbers are safe. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/u
const NUMBER = /^-?\d+(?:\.\d+)?$/u

/**
 * A cell for tab-separated text: on one line, without hidden characters, and never a formula. A leading apostrophe is
 * what spreadsheets themselves use to mark text.
 */
export function tsvCell(text: string): string {
  const line = visibleText(text.replaceAll(/[\s\u2028\u2029]+/gu, ' ').trim())
  return FORMULA.test(line) && !NUMBER.test(line) ? `'${line}` : line
}

/**
 * Rows as CSV (RFC 4180 with line feeds): texts are quoted, and what a spreadsheet could run as a formula gets an
 * apostrophe before it, as in every file that leaves the register.
 */
export function toCsv(rows: readonly (readonly (string | number | null)[])[]): string {
  return rows.map((row) => `${row.map(csvCell).join(',')}\n`).join('')
}

function csvCell(value: string | number | null): string {
  if (value === null) return ''
  return typeof value === 'number' ? String(value) : `"${tsvCell(value).replaceAll('"', '""')}"`
}
