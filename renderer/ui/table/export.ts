import { createContext } from 'react'

import type { TableFormat } from '../../../shared/contract/files.ts'
import type { DataColumn } from './column.ts'

/** Rows of a list as people see them. */
export interface ExportedTable {
  /** The name of the list. */
  readonly title: string
  readonly format: TableFormat
  readonly header: string[]
  readonly rows: (string | number)[][]
}

/** Asks where to save a table and writes it there: the file's path, or null when no place was chosen. */
export type ExportTable = (table: ExportedTable) => Promise<string | null>

/** How lists are exported; every list has the one that the frame gives. Null: lists cannot be exported. */
export const ExportTableContext = createContext<ExportTable | null>(null)

/** The header and the cells of rows, in the columns that are shown. */
export function toTable<Row>(
  columns: readonly Pick<DataColumn<Row>, 'header' | 'text' | 'number'>[],
  rows: readonly Row[],
): Pick<ExportedTable, 'header' | 'rows'> {
  return {
    header: columns.map(({ header }) => header),
    rows: rows.map((row) => columns.map(({ text, number }) => number?.(row) ?? text(row))),
  }
}
