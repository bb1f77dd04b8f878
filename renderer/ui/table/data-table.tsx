import { useQueryClient } from '@tanstack/react-query'
import { useTable } from '@tanstack/react-table'
import {
  useCallback,
  useEffect,
  useId,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
  type ReactElement,
  type ReactNode,
} from 'react'

import { EmptyTopic, useListTopics } from '../help/topics.ts'
import { plural } from '../relative.ts'
import { Failed, Loading } from '../states.tsx'
import { useColumnLayout } from './column-memory.ts'
import { columnDefs, features, type DataColumn } from './column.ts'
import { computeMinWidth, makeTemplate } from './column-widths.ts'
import { ROW_HEIGHTS, useDensity } from './density.ts'
import { toTable } from './export.ts'
import { GridHead } from './grid-head.tsx'
import { GridHeading, GridRow } from './grid-row.tsx'
import { IN_HEADING, type Cell } from './keyboard.ts'
import { RowMenu, type Point, type RowAction } from './row-actions.tsx'
import { RowBeside } from './row-beside.tsx'
import { lineAt, lineCount, rowsOfLines, slicesOfLines, type Group } from './row-layout.ts'
import type { Range } from './scroll-map.ts'
import { countSelected, isSelected } from './selection.ts'
import { TableFoot } from './table-foot.tsx'
import classes from './table.module.css'
import { toLine, useGridInput } from './use-grid-input.ts'
import { useHeadDrag } from './use-head-drag.ts'
import type { DataTableProps } from './table-props.ts'
import { useGroups } from './use-groups.ts'
import { useRowScroll } from './use-row-scroll.ts'
import { useSelection } from './use-selection.ts'
import { readRange, SLICE, useSliceLoader, useSlices } from './use-slices.ts'

const HEAD_HEIGHT = 32
const START: Cell = { row: 0, column: 0 }
const NO_GROUPS: readonly Group[] = []
const NO_ROWS: never[] = []

/**
 * A list of any length: only the rows in view exist, and only their slices are requested, so jumping anywhere is one
 * small request. It has one tab stop; inside it arrows, `j` and `k`, Page Up/Down, Home/End move, Enter opens, Space
 * selects, Ctrl+A selects all rows that match the filter, Ctrl+C copies the selection as tab-separated text, Ctrl+G goes
 * to a row, Shift+F10 opens the menu of a row. In the header Shift+Left/Right resize a column, Shift+Enter fits it.
 */
export function DataTable<Row>(props: DataTableProps<Row>): ReactElement {
  const { id, label, noun, source, columns, rowId, sort, openId, empty, rowActions, onOpenPlace } = props
  const gridId = useId()
  const topics = useListTopics()
  const client = useQueryClient()
  const grid = useRef<HTMLTableElement>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const rowHeight = ROW_HEIGHTS[useDensity()]
  const { groups, toggleGroup } = useGroups(props.groups ?? NO_GROUPS)
  const [layout, changeLayout] = useColumnLayout(id)
  const defs = useMemo(() => columnDefs(columns), [columns])
  const columnVisibility = useMemo(() => computeVisibility(columns, layout.visible), [columns, layout.visible])
  const table = useTable({
    features,
    columns: defs,
    data: NO_ROWS,
    state: { columnOrder: layout.order, columnVisibility },
  })
  const leaves = table.getVisibleLeafColumns()
  const shown = useMemo(
    () =>
      leaves.flatMap(({ columnDef }) => (columnDef.meta ? [columnDef.meta.column as unknown as DataColumn<Row>] : [])),
    [leaves],
  )

  const [lastTotal, setLastTotal] = useState(0)
  const load = useSliceLoader(source)
  const scroll = useRowScroll({
    key: source.key,
    count: lineCount(lastTotal, groups),
    rowHeight,
    headerHeight: HEAD_HEIGHT,
    load: (lines) => load(slicesOfLines(lines, groups, SLICE)),
  })
  const { attach, onScroll, onScrollEnd } = scroll
  const attachScroller = useCallback(
    (element: HTMLDivElement | null) => {
      scroller.current = element
      attach(element)
    },
    [attach],
  )
  const offsets = slicesOfLines(scroll.lines, groups, SLICE)
  const slices = useSlices(source, offsets.length > 0 ? offsets : [0])
  const total = slices.total ?? 0
  if (total !== lastTotal) setLastTotal(total)

  const [stand, setStand] = useState({ key: source.key, cell: START })
  const active = stand.key === source.key ? stand.cell : START
  const setActive = (cell: Cell): void => setStand({ key: source.key, cell })
  const [goingTo, setGoingTo] = useState(false)
  /** True if the list is used with the keyboard at the moment. */
  const [byKeys, setByKeys] = useState(false)
  const selection = useSelection({ source, total, rowId, rowAt: slices.rowAt, columns: shown, noun })
  const focus = useCallback(() => grid.current?.focus({ preventScroll: true }), [])
  const order = table.getAllLeafColumns().map((column) => column.id)
  const drag = useHeadDrag({ scroller, columns: shown, layout, order, changeLayout })
  const [menu, setMenu] = useState<{ readonly at: Point; readonly actions: readonly RowAction[] } | null>(null)
  const getActions = (index: number): readonly RowAction[] => {
    const row = slices.rowAt(index)
    return row === undefined ? [] : (rowActions?.(row) ?? [])
  }
  const openMenu = (index: number, at?: Point): void => {
    const actions = getActions(index)
    if (actions.length > 0) setMenu({ at: at ?? findAnchor(`${gridId}-${index}`), actions })
  }
  const input = useGridInput<Row>({
    ...props,
    focus,
    askWhere: () => setGoingTo(true),
    shown,
    total,
    active,
    setActive,
    scroll,
    selection,
    rowAt: slices.rowAt,
    groups,
    toggleGroup,
    openMenu,
    resize: (column, by) => (by === 'fit' ? drag.fit(column) : drag.step(column, by)),
  })

  const isOpen = (index: number): boolean => {
    const row = slices.rowAt(index)
    return openId !== undefined && row !== undefined && rowId(row) === openId
  }
  const openIndex = findOpen(isOpen, active.row, rowsOfLines(scroll.lines, groups))
  useEffect(
    () => onOpenPlace?.(openIndex === null ? null : { index: openIndex, total }),
    [onOpenPlace, openIndex, total],
  )

  useImperativeHandle(props.handle, () => ({
    focus,
    stand: input.standOn,
    getFocused: () => (active.row >= 0 ? slices.rowAt(active.row) : undefined),
    step: async (by) => {
      const index = openIndex === null ? -1 : openIndex + by
      if (index < 0 || index >= total) return null
      input.standOn(index)
      const row = slices.rowAt(index)
      return row ?? (await readRange(client, source, { first: index, end: index + 1 }))[0] ?? null
    },
  }))

  const count = countSelected(selection.value, total)
  const line = toLine(active, groups)
  const drawn = line === -1 || (line >= scroll.lines.first && line < scroll.lines.end)
  const activeId =
    active.heading === undefined
      ? `${active.row === -1 ? `${gridId}-head` : `${gridId}-${active.row}`}-${active.column}`
      : `${gridId}-group-${active.heading}`

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

  return (
    <div className={classes['table']}>
      <div className={classes['frame']}>
        {slices.error === null ? null : (
          <div className={classes['trouble']}>
            <Failed error={slices.error} retry={slices.retry} />
          </div>
        )}
        <div className={classes['viewport']}>
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
              onScroll()
            }}
            onScrollEnd={onScrollEnd}
          >
            <table
              ref={grid}
              // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- ARIA allows a table to be a grid
              role="grid"
              tabIndex={0}
              aria-label={label}
              aria-rowcount={lineCount(total, groups) + 1}
              aria-colcount={shown.length + 1}
              aria-multiselectable="true"
              aria-busy={slices.fetching}
              aria-activedescendant={drawn && total > 0 ? activeId : undefined}
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
                sort={sort}
                onSort={input.onSortBy}
                activeColumn={active.row === -1 ? active.column : null}
                selected={count === 0 ? 'none' : count === total ? 'all' : 'some'}
                onSelectAll={selection.toggleAll}
                drag={drag}
                topicOf={(heading) => topics.column(id, heading)}
              />
              <tbody className={classes['body']} style={{ height: scroll.geometry.scrollHeight }}>
                {Array.from({ length: scroll.lines.end - scroll.lines.first }, (_, place) => {
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
                })}
              </tbody>
            </table>
          </div>
          {rowActions === undefined ? null : (
            <RowBeside
              scroller={scroller}
              focused={byKeys && menu === null && active.row >= 0 ? active.row : null}
              getActions={getActions}
              openMenu={openMenu}
            />
          )}
        </div>
        {menu === null ? null : (
          <RowMenu
            at={menu.at}
            label={`Actions on the ${noun[0]}`}
            actions={menu.actions}
            close={() => {
              setMenu(null)
              focus()
            }}
          />
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
          goingTo={goingTo}
          setGoingTo={setGoingTo}
          goTo={input.goTo}
          columns={columns}
          order={order}
          shown={new Set(shown.map((column) => column.id))}
          changeLayout={changeLayout}
          topicOf={(heading) => topics.column(id, heading)}
        />
      </div>
    </div>
  )
}

/** Where the menu of a row opens without a pointer: under the beginning of the row. */
function findAnchor(rowId: string): Point {
  const box = document.querySelector(`[id="${rowId}"]`)?.getBoundingClientRect()
  return { x: (box?.left ?? 0) + 40, y: box?.bottom ?? 0 }
}

/** The place of the open row: the focused row, or one that is drawn; null for one that is elsewhere in the list. */
function findOpen(isOpen: (index: number) => boolean, active: number, drawn: Range): number | null {
  if (active >= 0 && isOpen(active)) return active
  for (let index = drawn.first; index < drawn.end; index += 1) if (isOpen(index)) return index
  return null
}

function computeVisibility(
  columns: readonly Pick<DataColumn<never>, 'id' | 'hidden'>[],
  chosen: Readonly<Record<string, boolean>>,
): Record<string, boolean> {
  return Object.fromEntries(columns.map(({ id, hidden = false }) => [id, chosen[id] ?? !hidden]))
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
