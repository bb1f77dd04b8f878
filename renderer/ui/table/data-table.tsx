import { useState, type ReactElement, type ReactNode } from 'react'

import { EmptyTopic, useListTopics } from '../help/topics.ts'
import { Failed, Loading } from '../states.tsx'
import { toTable } from './export.ts'
import { RowMenu } from './row-actions.tsx'
import { RowBeside } from './row-beside.tsx'
import { rowsOfLines, lineAt, lineCount } from './row-layout.ts'
import { countSelected, isSelected } from './selection.ts'
import { TableFoot } from './table-foot.tsx'
import classes from './table.module.css'
import type { DataTableProps } from './table-props.ts'
import { useListState, type ListState } from './use-list-state.ts'
import { plural } from '../relative.ts'
import { computeMinWidth, makeTemplate } from './column-widths.ts'
import { GridHead } from './grid-head.tsx'
import { GridHeading, GridRow } from './grid-row.tsx'
import { IN_HEADING, type Cell } from './keyboard.ts'
import { toLine } from './use-grid-input.ts'

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

interface GridProps<Row> {
  readonly list: DataTableProps<Row>
  readonly state: ListState<Row>
  /** Called when the list is used with the keyboard, and when it no longer is. */
  readonly setByKeys: (byKeys: boolean) => void
  /** The paragraph of the guide about a column. */
  readonly topicOf: (heading: string) => string | null
}

/** The header of a list and its rows in view. */
function Grid<Row>({ list, state, setByKeys, topicOf }: GridProps<Row>): ReactElement {
  const { gridId, grid, attachScroller, rowHeight, shown, layout, scroll, slices, total, active, groups } = state
  const { selection, input, drag } = state
  const count = countSelected(selection.value, total)
  const line = toLine(active, groups)
  const drawn = line === -1 || (line >= scroll.lines.first && line < scroll.lines.end)
  return (
    <div
      ref={attachScroller}
      className={classes['scroller']}
      style={{
        ['--row-height' as string]: `${rowHeight}px`,
        ['--list-columns' as string]: makeTemplate(shown, layout.widths),
        ['--list-min-width' as string]: computeMinWidth(shown, layout.widths),
      }}
      onScroll={(event) => {
        event.currentTarget.toggleAttribute('data-scrolled', event.currentTarget.scrollLeft > 0)
        scroll.onScroll()
      }}
      onScrollEnd={scroll.onScrollEnd}
    >
      <table
        ref={grid}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- ARIA allows a table to be a grid
        role="grid"
        tabIndex={0}
        aria-label={list.label}
        aria-rowcount={lineCount(total, groups) + 1}
        aria-colcount={shown.length + 1}
        aria-multiselectable="true"
        aria-busy={slices.fetching}
        aria-activedescendant={drawn && total > 0 ? toElementId(gridId, active) : undefined}
        className={classes['grid']}
        onFocus={(event) => setByKeys(event.currentTarget.matches(':focus-visible'))}
        onBlur={() => setByKeys(false)}
        onPointerDown={() => setByKeys(false)}
        onKeyDown={(event) => {
          setByKeys(true)
          input.onKeyDown(event)
        }}
        onClick={input.onClick}
        onContextMenu={input.onContextMenu}
        onCopy={selection.onCopy}
      >
        <GridHead
          id={`${gridId}-head`}
          columns={shown}
          sort={list.sort}
          onSort={input.onSortBy}
          activeColumn={active.row === -1 ? active.column : null}
          selected={count === 0 ? 'none' : count === total ? 'all' : 'some'}
          onSelectAll={selection.toggleAll}
          drag={drag}
          topicOf={topicOf}
        />
        <tbody className={classes['body']} style={{ height: scroll.geometry.scrollHeight }}>
          {renderLines(list, state)}
        </tbody>
      </table>
    </div>
  )
}

/** The rows and headings in view. Elements keep their keys while scrolling, so that they are not made again. */
function renderLines<Row>(list: DataTableProps<Row>, state: ListState<Row>): readonly ReactElement[] {
  const { rowId, noun, openId } = list
  const { gridId, shown, scroll, rowHeight, slices, active, groups, selection } = state
  return Array.from({ length: scroll.lines.end - scroll.lines.first }, (_, place) => {
    const at = scroll.lines.first + place
    const top = at * rowHeight - scroll.base
    const what = lineAt(at, groups)
    if (what.type === 'heading') {
      const { group } = what
      return (
        <GridHeading
          key={`heading-${at - scroll.shift}`}
          id={`${gridId}-group-${group.id}`}
          group={group.id}
          collapsed={group.collapsed === true}
          active={active.row === IN_HEADING && active.heading === group.id}
          label={group.label}
          count={plural(group.count, noun[0], noun[1])}
          line={at}
          top={top}
          span={shown.length + 1}
        />
      )
    }
    const row = slices.rowAt(what.index)
    const key = row === undefined ? null : rowId(row)
    return (
      <GridRow
        key={at - scroll.shift}
        id={`${gridId}-${what.index}`}
        row={row}
        columns={shown}
        index={what.index}
        line={at}
        top={top}
        selected={key !== null && isSelected(selection.value, key)}
        open={key !== null && key === openId}
        activeColumn={what.index === active.row ? active.column : null}
        stale={slices.stale}
      />
    )
  })
}

/** The id of the element that has the focus of the list. */
function toElementId(gridId: string, { row, column, heading }: Cell): string {
  if (heading !== undefined) return `${gridId}-group-${heading}`
  return `${row === -1 ? `${gridId}-head` : `${gridId}-${row}`}-${column}`
}
