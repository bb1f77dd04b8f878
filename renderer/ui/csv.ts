import { tsvCell } from './table/copy.ts'

/**
 * Rows as CSV (RFC 4180 with line feeds): texts are quoted, and what a spreadsheet could take for a formula gets an
 * apostrophe before it, as in every file that leaves the register.
 */
export function csvOf(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${row.map(csvCell).join(',')}\n`).join('')
}

function csvCell(value: string | number): string {
  return typeof value === 'number' ? String(value) : `"${tsvCell(value).replaceAll('"', '""')}"`
}
