import { columnOrderingFeature, columnVisibilityFeature, metaHelper, tableFeatures } from '@tanstack/react-table'
import type { ColumnDef } from '@tanstack/react-table'
import type { ReactNode } from 'react'

/** One column of a list. */
export interface DataColumn<Row> {
  readonly id: string
  readonly header: string
  /** Least width in px; `grow` shares out what is left. */
  readonly width: number
  readonly grow?: number
  /** Numbers stand at the end. */
  readonly align?: 'start' | 'end'
  /** The word by which the service sorts; left out: the column does not sort. */
  readonly sort?: string
  /** Not shown until it is chosen. */
  readonly hidden?: boolean
  readonly cell: (row: Row) => ReactNode
  /** The cell as plain text: for the clipboard, and on hover where the cell is cut. */
  readonly text: (row: Row) => string
}

/** What the header and the rows need of a column, without its row type. */
interface ColumnMeta {
  readonly column: DataColumn<never>
}

/** Rows are sliced, sorted and filtered by the service, so of the table library only the columns' model is used. */
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

/** The grid template of some columns, after a narrow one for the mark of selection. */
export function makeTemplate(columns: readonly Pick<DataColumn<never>, 'width' | 'grow'>[]): string {
  const tracks = columns.map(({ width, grow = 0 }) => (grow > 0 ? `minmax(${width}px, ${grow}fr)` : `${width}px`))
  return [`${SELECT_WIDTH}px`, ...tracks].join(' ')
}

export const SELECT_WIDTH = 32

/** The width below which a list scrolls sideways, in px. */
export function computeMinWidth(columns: readonly Pick<DataColumn<never>, 'width'>[]): number {
  return columns.reduce((sum, { width }) => sum + width, SELECT_WIDTH)
}
