import { useEffect, useRef, useState, type ReactElement, type ReactNode } from 'react'

import { DataTable } from '../table/data-table.tsx'
import type { DataTableProps, OpenPlace, TableHandle } from '../table/table-props.ts'
import { ListAndPanel } from './list-and-panel.tsx'
import classes from './panel.module.css'
import { PanelStepsContext, type PanelSteps, type Step } from './panel-steps.ts'

interface TableAndPanelProps<Row, Id> extends Omit<
  DataTableProps<Row>,
  'handle' | 'rowId' | 'openId' | 'onOpen' | 'onEscape' | 'onMove' | 'onOpenPlace'
> {
  readonly filters: ReactNode
  /** Shown over the list beside the panel; both scroll together. */
  readonly above?: ReactNode
  readonly rowId: (row: Row) => Id
  /** The row whose panel is open. */
  readonly opened: Id | undefined
  /** Opens a row; `replace` adds no step to the history, as when the panel follows the list. */
  readonly open: (id: Id | undefined, replace?: boolean) => void
  readonly renderPanel: (id: Id, close: () => void) => ReactElement
}

/** How long the list must rest on a row until the panel follows it. */
const FOLLOW_MS = 120

/**
 * A list, and beside it the panel of the open row. While it is open, it follows the row that has the focus, and it can
 * step to the row before and after.
 */
export function TableAndPanel<Row, Id extends string | number>(props: TableAndPanelProps<Row, Id>): ReactElement {
  const { filters, above, rowId, opened, open, renderPanel, ...rest } = props
  const table = useRef<TableHandle>(null)
  const [place, setPlace] = useState<OpenPlace | null>(null)
  const focusNext = useRef<Step | 'none' | undefined>(undefined)
  const timer = useRef(0)
  useEffect(() => () => clearTimeout(timer.current), [])
  useEffect(() => {
    // Back closes the panel without `close`.
    if (opened === undefined) clearTimeout(timer.current)
  }, [opened])
  const stopFollowing = (): void => clearTimeout(timer.current)
  const close = (): void => {
    stopFollowing()
    open(undefined)
  }
  const follow = (): void => {
    stopFollowing()
    if (opened === undefined) return
    timer.current = window.setTimeout(() => {
      const row = table.current?.getFocused() as Row | undefined
      if (row === undefined) return
      focusNext.current = 'none'
      open(rowId(row), true)
    }, FOLLOW_MS)
  }
  const stepTo = async (by: Step): Promise<void> => {
    const row = await table.current?.step(by === 'next' ? 1 : -1).catch(() => null)
    if (row === null || row === undefined) return
    focusNext.current = by
    open(rowId(row as Row), true)
  }
  const steps: PanelSteps = {
    place: place === null ? null : { row: place.index + 1, total: place.total },
    step: (by) => void stepTo(by),
    takeFocus: () => {
      const where = focusNext.current
      focusNext.current = undefined
      return where
    },
  }
  return (
    <PanelStepsContext value={steps}>
      <ListAndPanel
        filters={filters}
        focusList={() => table.current?.focus()}
        list={
          <WithAbove above={above}>
            <DataTable
              handle={table}
              rowId={(row) => String(rowId(row))}
              openId={opened === undefined ? undefined : String(opened)}
              onOpen={(row) => {
                stopFollowing()
                open(rowId(row))
              }}
              onEscape={close}
              onMove={follow}
              onOpenPlace={setPlace}
              {...rest}
            />
          </WithAbove>
        }
        panel={opened === undefined ? null : <OpenPanel key={opened} id={opened} render={renderPanel} close={close} />}
      />
    </PanelStepsContext>
  )
}

interface OpenPanelProps<Id> {
  readonly id: Id
  readonly render: (id: Id, close: () => void) => ReactElement
  readonly close: () => void
}

function OpenPanel<Id>({ id, render, close }: OpenPanelProps<Id>): ReactElement {
  return render(id, close)
}

interface WithAboveProps {
  readonly above: ReactNode
  readonly children: ReactElement
}

function WithAbove({ above, children }: WithAboveProps): ReactElement {
  if (above === undefined) return children
  return (
    <div className={classes['stack']}>
      {above}
      <div className={classes['stacked-list']}>{children}</div>
    </div>
  )
}
