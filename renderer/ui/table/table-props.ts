import type { KeyboardEvent, ReactNode, Ref } from 'react'

import type { DataColumn } from './column.ts'
import type { Sort } from './grid-head.tsx'
import type { RowAction } from './row-actions.tsx'
import type { Group } from './row-layout.ts'
import type { ListSource } from './use-slices.ts'

/** The functions of a list that its page can call. */
export interface TableHandle {
  /** Returns the focus to its row. */
  readonly focus: () => void
  /** Moves the list to a row, given from 0, and scrolls it into view; the focus stays where it is. */
  readonly stand: (index: number) => void
  /** The row that has the focus; undefined until it is loaded. */
  readonly getFocused: () => unknown
  /** Moves to the row before (-1) or after (1) the open one, and returns it; null at the end of the list. */
  readonly step: (by: -1 | 1) => Promise<unknown>
}

export interface OpenPlace {
  /** From 0. */
  readonly index: number
  readonly total: number
}

export interface SelectedRows<Row> {
  readonly count: number
  /** The rows themselves, in the order of the list. */
  readonly read: () => Promise<readonly Row[]>
}

export interface DataTableProps<Row> {
  /** The name under which the columns are remembered. */
  readonly id: string
  /** The list's name for assistive technology. */
  readonly label: string
  /** The noun of a row, singular and plural: `['person', 'people']`. */
  readonly noun: readonly [one: string, many: string]
  readonly source: ListSource<Row>
  readonly columns: readonly DataColumn<Row>[]
  readonly rowId: (row: Row) => string
  readonly sort: Sort
  /** Left out: the order is fixed. */
  readonly onSort?: ((sort: Sort) => void) | undefined
  readonly groups?: readonly Group[]
  /** Id of the row whose panel is open. */
  readonly openId?: string | undefined
  /** Called for Enter or a click on a row; left out: rows cannot be opened. */
  readonly onOpen?: ((row: Row) => void) | undefined
  /** Escape without a selection. */
  readonly onEscape?: (() => void) | undefined
  /** A key that the list does not handle itself, with the row that has the focus; true when it was handled. */
  readonly onKey?: ((event: KeyboardEvent, row: Row) => boolean) | undefined
  /** Called when a key moved the focus to another row. */
  readonly onMove?: (() => void) | undefined
  /** Called when the place of the open row changes; null while the list does not know it. */
  readonly onOpenPlace?: ((place: OpenPlace | null) => void) | undefined
  /** Actions on one row, in its context menu; the first two also beside the row under the pointer or the focus. */
  readonly rowActions?: ((row: Row) => readonly RowAction[]) | undefined
  /** Actions on the selected rows, in addition to Copy. */
  readonly renderActions?: ((selected: SelectedRows<Row>) => ReactNode) | undefined
  /** Shown when the list is empty. */
  readonly empty: ReactNode
  readonly handle?: Ref<TableHandle>
}
