import { useTable } from '@tanstack/react-table'
import {
  useCallback,
  useId,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
  type Ref,
} from 'react'

import { plural } from '../relative.ts'
import { Failed, Loading } from '../states.tsx'
import { useColumnLayout } from './column-memory.ts'
import { columnDefs, features, computeMinWidth, makeTemplate, type DataColumn } from './column.ts'
import { GridHead, type Sort } from './grid-head.tsx'
import { GridHeading, GridRow } from './grid-row.tsx'
import type { Cell } from './keyboard.ts'
import { lineAt, lineCount, lineOfRow, rowsOfLines, makeSlices, type Group } from './row-layout.ts'
import { countSelected, isSelected } from './selection.ts'
import { TableFoot } from './table-foot.tsx'
import classes from './table.module.css'
import { useGridInput } from './use-grid-input.ts'
import { useRowScroll } from './use-row-scroll.ts'
import { useSelection } from './use-selection.ts'
import { SLICE, useSliceLoader, useSlices, type ListSource } from './use-slices.ts'

/** The functions of a list that its page can call. */
export interface TableHandle {
  /** Returns the focus to its row. */
  readonly focus: () => void
  /** Moves the list to a row, given from 0, and scrolls it into view; the focus stays where it is. */
  readonly stand: (index: number) => void
}

/** The selection of a list. */
export interface Selected<Row> {
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
  /** Actions on the selected rows, in addition to Copy. */
  readonly renderActions?: ((selected: Selected<Row>) => ReactNode) | undefined
  /** Shown when the list is empty. */
  readonly empty: ReactNode
  readonly handle?: Ref<TableHandle>
}

const ROW_HEIGHT = 32
const HEAD_HEIGHT = 32
const START: Cell = { row: 0, column: 0 }
const NO_GROUPS: readonly Group[] = []
const NO_ROWS: never[] = []

/**
 * A list of any length: only the rows in view exist, and only their slices are requested, so jumping anywhere is one
 * small request. It has one tab stop; inside it arrows, Page Up/Down, Home/End move, Enter opens, Space selects, Ctrl+A
 * selects all rows that match the filter, Ctrl+C copies the selection as tab-separated text, Ctrl+G goes to a row.
 */
export function DataTable<Row>(props: DataTableProps<Row>): ReactElement {
  const { id, label, noun, source, columns, rowId, sort, groups = NO_GROUPS, openId, empty } = props
  const gridId = useId()
  const grid = useRef<HTMLTableElement>(null)
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
    rowHeight: ROW_HEIGHT,
    headerHeight: HEAD_HEIGHT,
    load: (lines) => load(makeSlices(rowsOfLines(lines, groups), SLICE)),
  })
  const { attach, onScroll, onScrollEnd } = scroll
  const offsets = makeSlices(rowsOfLines(scroll.lines, groups), SLICE)
  const slices = useSlices(source, offsets.length > 0 ? offsets : [0])
  const total = slices.total ?? 0
  if (total !== lastTotal) setLastTotal(total)

  const [stand, setStand] = useState({ key: source.key, cell: START })
  const active = stand.key === source.key ? stand.cell : START
  const setActive = (cell: Cell): void => setStand({ key: source.key, cell })
  const [goingTo, setGoingTo] = useState(false)
  const selection = useSelection({ source, total, rowId, rowAt: slices.rowAt, columns: shown, noun })
  const focus = useCallback(() => grid.current?.focus({ preventScroll: true }), [])
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
  })

  useImperativeHandle(props.handle, () => ({ focus, stand: input.standOn }))

  const count = countSelected(selection.value, total)
  const line = lineOfRow(active.row, groups)
  const drawn = active.row === -1 || (line >= scroll.lines.first && line < scroll.lines.end)
  const activeId = `${active.row === -1 ? `${gridId}-head` : `${gridId}-${active.row}`}-${active.column}`

  if (slices.total === null && slices.error === null) {
    return <Shell>{<Loading what={noun[1]} rows={14} />}</Shell>
  }
  if (slices.total === null) {
    return <Shell>{<Failed error={slices.error} retry={slices.retry} />}</Shell>
  }
  if (total === 0) return <Shell>{empty}</Shell>

  return (
    <div className={classes['table']}>
      <div className={classes['frame']}>
        {slices.error === null ? null : (
          <div className={classes['trouble']}>
            <Failed error={slices.error} retry={slices.retry} />
          </div>
        )}
        <div
          ref={attach}
          className={classes['scroller']}
          style={{
            ['--list-columns' as string]: makeTemplate(shown),
            ['--list-min-width' as string]: `${computeMinWidth(shown)}px`,
          }}
          onScroll={onScroll}
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
            onKeyDown={input.onKeyDown}
            onClick={input.onClick}
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
            />
            <tbody className={classes['body']} style={{ height: scroll.geometry.scrollHeight }}>
              {Array.from({ length: scroll.lines.end - scroll.lines.first }, (_, place) => {
                const at = scroll.lines.first + place
                const top = at * ROW_HEIGHT - scroll.base
                const what = lineAt(at, groups)
                if (what.type === 'heading') {
                  const { group } = what
                  return (
                    <GridHeading
                      key={`heading-${at - scroll.shift}`}
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
        <TableFoot
          noun={noun}
          total={total}
          seen={rowsOfLines(scroll.seen, groups)}
          selected={count}
          actions={count === 0 ? null : props.renderActions?.({ count, read: selection.read })}
          onClear={selection.clear}
          onCopy={selection.copy}
          goingTo={goingTo}
          setGoingTo={setGoingTo}
          goTo={input.goTo}
          columns={columns}
          order={table.getAllLeafColumns().map((column) => column.id)}
          shown={new Set(shown.map((column) => column.id))}
          changeLayout={changeLayout}
        />
      </div>
    </div>
  )
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
