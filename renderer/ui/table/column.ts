import { columnOrderingFeature, columnVisibilityFeature, metaHelper, tableFeatures } from '@tanstack/react-table'
import type { ColumnDef } from '@tanstack/react-table'
import type { ReactNode } from 'react'

/** One column of a list. */
export interface DataColumn<Row> {
  readonly id: string
  readonly header: string
  /** Minimum width in px; columns with `grow` share the remaining width. */
  readonly width: number
  readonly grow?: number
  /** Numbers are right-aligned. */
  readonly align?: 'start' | 'end'
  /** The word by which the service sorts; left out: the column cannot be sorted. */
  readonly sort?: string
  /** Hidden by default. */
  readonly hidden?: boolean
  readonly cell: (row: Row) => ReactNode
  /** The cell as plain text: for the clipboard, and on hover when the cell is cut. */
  readonly text: (row: Row) => string
}

/** The part of a column that the header and the rows need, without its row type. */
interface ColumnMeta {
  readonly column: DataColumn<never>
}

/** The service slices, sorts and filters rows, so only the column model of the table library is used. */
export const features = tableFeatures({
  columnVisibilityFeature,
  columnOrderingFeature,
  columnMeta: metaHelper<ColumnMeta>(),
})

export function columnDefs<Row>(columns: readonly DataColumn<Row>[]): ColumnDef<typeof features, never>[] {
  return columns.map((column) => ({
    id: column.id,
    header: column.header,
    meta: { column: column },
  }))
}

/** The grid template of some columns, after a narrow one for the selection mark. */
export function makeTemplate(columns: readonly Pick<DataColumn<never>, 'width' | 'grow'>[]): string {
  const tracks = columns.map(({ width, grow = 0 }) => (grow > 0 ? `minmax(${width}px, ${grow}fr)` : `${width}px`))
  return [`${SELECT_WIDTH}px`, ...tracks].join(' ')
}

export const SELECT_WIDTH = 32

/** The width below which a list scrolls sideways, in px. */
export function computeMinWidth(columns: readonly Pick<DataColumn<never>, 'width'>[]): number {
  return columns.reduce((sum, { width }) => sum + width, SELECT_WIDTH)
}
