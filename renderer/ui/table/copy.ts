import type { DataColumn } from './column.ts'
import { tsvCell } from '../spreadsheet-text.ts'

/** More rows than this need a file instead of the clipboard. */
export const MAX_COPY_ROWS = 20_000

/** Rows as tab-separated text with a header line, which spreadsheets can paste. */
export function toTsv<Row>(columns: readonly Pick<DataColumn<Row>, 'header' | 'text'>[], rows: readonly Row[]): string {
  const lines = rows.map((row) => columns.map((column) => tsvCell(column.text(row))).join('\t'))
  return [columns.map((column) => tsvCell(column.header)).join('\t'), ...lines].join('\n')
}
