import { useState, type ReactElement, type ReactNode } from 'react'

import { EmptyTopic, useListTopics } from '../help/topics.ts'
import { Failed, Loading } from '../states.tsx'
import { toTable } from './export.ts'
import { Grid } from './grid.tsx'
import { RowMenu } from './row-actions.tsx'
import { RowBeside } from './row-beside.tsx'
import { rowsOfLines } from './row-layout.ts'
import { countSelected } from './selection.ts'
import { TableFoot } from './table-foot.tsx'
import classes from './table.module.css'
import type { DataTableProps } from './table-props.ts'
import { useListState } from './use-list-state.ts'

/**
 * A list of any length: only the rows in view exist, and only their slices are requested, so jumping anywhere is one
 * small request. It has one tab stop; inside it arrows, `j` and `k`, Page Up/Down, Home/End move, Enter opens, Space
 * selects, Ctrl+A selects all rows that match the filter, Ctrl+C copies the selection as tab-separated text, Ctrl+G goes
 * to a row, Shift+F10 opens the menu of a row. In the header Shift+Left/Right resize a column, Shift+Enter fits it.
 */
export function DataTable<Row>(props: DataTableProps<Row>): ReactElement {
  const { id, label, noun, columns, empty, rowActions } = props
  const topics = useListTopics()
  const state = useListState(props)
  const { slices, total, shown, selection, scroll, groups, active, menu } = state
  /** True if the list is used with the keyboard at the moment. */
  const [byKeys, setByKeys] = useState(false)
  const topicOf = (heading: string): string | null => topics.column(id, heading)

  if (slices.total === null && slices.error === null) {
    return <Shell>{<Loading what={noun[1]} rows={14} />}</Shell>
  }
  if (slices.total === null) {
    return <Shell>{<Failed error={slices.error} retry={slices.retry} />}</Shell>
  }
  if (total === 0) {
    return (
      <Shell>
        <EmptyTopic value={topics.empty(id)}>{empty}</EmptyTopic>
      </Shell>
    )
  }

  const count = countSelected(selection.value, total)
  return (
    <div className={classes['table']}>
      <div className={classes['frame']}>
        {slices.error === null ? null : (
          <div className={classes['trouble']}>
            <Failed error={slices.error} retry={slices.retry} />
          </div>
        )}
        <div className={classes['viewport']}>
          <Grid list={props} state={state} setByKeys={setByKeys} topicOf={topicOf} />
          {rowActions === undefined ? null : (
            <RowBeside
              scroller={state.scroller}
              focused={byKeys && menu === null && active.row >= 0 ? active.row : null}
              getActions={state.getActions}
              openMenu={state.openMenu}
            />
          )}
        </div>
        {menu === null ? null : (
          <RowMenu at={menu.at} label={`Actions on the ${noun[0]}`} actions={menu.actions} close={state.closeMenu} />
        )}
        <TableFoot
          noun={noun}
          total={total}
          seen={rowsOfLines(scroll.seen, groups)}
          selected={count}
          actions={count === 0 ? null : props.renderActions?.({ count, read: selection.read })}
          onClear={selection.clear}
          onCopy={selection.copy}
          readTable={async () => ({ title: label, ...toTable(shown, await selection.read()) })}
          goingTo={state.goingTo}
          setGoingTo={state.setGoingTo}
          goTo={state.input.goTo}
          columns={columns}
          order={state.order}
          shown={new Set(shown.map((column) => column.id))}
          changeLayout={state.changeLayout}
          topicOf={topicOf}
        />
      </div>
    </div>
  )
}

/** A list without rows. */
function Shell({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <div className={classes['table']}>
      <div className={classes['frame']}>
        <div className={classes['state']}>{children}</div>
      </div>
    </div>
  )
}
