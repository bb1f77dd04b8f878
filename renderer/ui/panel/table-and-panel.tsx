import { Fragment, useRef, type ReactElement, type ReactNode } from 'react'

import { DataTable, type DataTableProps, type TableHandle } from '../table/data-table.tsx'
import { ListAndPanel } from './list-and-panel.tsx'

interface TableAndPanelProps<Row, Id> extends Omit<
  DataTableProps<Row>,
  'handle' | 'rowId' | 'openId' | 'onOpen' | 'onEscape'
> {
  readonly filters: ReactNode
  readonly rowId: (row: Row) => Id
  /** The row whose panel is open. */
  readonly opened: Id | undefined
  readonly open: (id: Id | undefined) => void
  readonly renderPanel: (id: Id, close: () => void) => ReactElement
}

/** A list, and beside it the panel of the open row. */
export function TableAndPanel<Row, Id extends string | number>(props: TableAndPanelProps<Row, Id>): ReactElement {
  const { filters, rowId, opened, open, renderPanel, ...rest } = props
  const table = useRef<TableHandle>(null)
  const close = (): void => open(undefined)
  return (
    <ListAndPanel
      filters={filters}
      focusList={() => table.current?.focus()}
      list={
        <DataTable
          handle={table}
          rowId={(row) => String(rowId(row))}
          openId={opened === undefined ? undefined : String(opened)}
          onOpen={(row) => open(rowId(row))}
          onEscape={close}
          {...rest}
        />
      }
      panel={opened === undefined ? null : <Fragment key={opened}>{renderPanel(opened, close)}</Fragment>}
    />
  )
}
