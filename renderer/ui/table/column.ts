import type { ReactNode } from 'react'

export interface DataColumn<Row> {
  readonly id: string
  readonly header: string
  /** Minimum width of its content in characters; columns with `grow` share the remaining width. */
  readonly ch: number
  readonly grow?: number
  /** Its content carries meaning when cut (dates, states, severities, numbers): it cannot be made narrower than `ch`. */
  readonly whole?: boolean
  /** Numbers are right-aligned. */
  readonly align?: 'start' | 'end'
  /** The word by which the service sorts; left out: the column cannot be sorted. */
  readonly sort?: string
  /** Hidden by default. */
  readonly hidden?: boolean
  readonly cell: (row: Row) => ReactNode
  /** The cell as plain text: for the clipboard, and on hover when the cell is cut. */
  readonly text: (row: Row) => string
  /** The cell of a column of numbers: it stays a number in a file. */
  readonly number?: (row: Row) => number
}
