import { useQueryClient } from '@tanstack/react-query'
import {
  type ColumnDef,
  columnOrderingFeature,
  columnVisibilityFeature,
  metaHelper,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { useCallback, useEffect, useId, useImperativeHandle, useMemo, useRef, useState, type RefObject } from 'react'

import { useColumnLayout, type ColumnLayout } from './column-memory.ts'
import type { DataColumn } from './column.ts'
import { ROW_HEIGHTS, useDensity } from './density.ts'
import type { Cell } from './keyboard.ts'
import type { Point, RowAction } from './row-actions.tsx'
import { lineCount, rowsOfLines, slicesOfLines, type Group } from './row-layout.ts'
import type { Range } from './scroll-map.ts'
import type { DataTableProps } from './table-props.ts'
import { useGridInput, type GridInput } from './use-grid-input.ts'
import { useGroups } from './use-groups.ts'
import { useHeadDrag, type HeadDrag } from './use-head-drag.ts'
import { useRowScroll, type RowScroll } from './use-row-scroll.ts'
import { useSelection, type SelectionControl } from './use-selection.ts'
import { readRange, SLICE, useSliceLoader, useSlices, type Slices } from './use-slices.ts'

const HEAD_HEIGHT = 32
const START: Cell = { row: 0, column: 0 }
const NO_GROUPS: readonly Group[] = []
const NO_ROWS: never[] = []

/** The part of a column that the header and the rows need, without its row type. */
interface ColumnMeta {
  readonly column: DataColumn<never>
}

/** The service slices, sorts and filters rows, so only the column model of the table library is used. */
const features = tableFeatures({
  columnVisibilityFeature,
  columnOrderingFeature,
  columnMeta: metaHelper<ColumnMeta>(),
})

/** The columns of a list as its user arranged them. */
interface ColumnState<Row> {
  /** The columns that are shown, in order. */
  readonly shown: readonly DataColumn<Row>[]
  readonly layout: ColumnLayout
  readonly changeLayout: (change: (layout: ColumnLayout) => ColumnLayout | null) => void
  /** Ids of all columns in their present order. */
  readonly order: readonly string[]
}

/** A list while it is shown: its columns, the rows in view, the focus and the selection. */
export interface ListState<Row> extends ColumnState<Row> {
  readonly gridId: string
  readonly grid: RefObject<HTMLTableElement | null>
  readonly scroller: RefObject<HTMLDivElement | null>
  /** The ref of the scrolling element. */
  readonly attachScroller: (element: HTMLDivElement | null) => void
  readonly rowHeight: number
  readonly groups: readonly Group[]
  readonly scroll: RowScroll
  readonly slices: Slices<Row>
  readonly total: number
  readonly active: Cell
  readonly selection: SelectionControl<Row>
  readonly drag: HeadDrag
  readonly input: GridInput
  /** Moves the focus into the list. */
  readonly focus: () => void
  /** True while the number of a row to go to is asked for. */
  readonly goingTo: boolean
  readonly setGoingTo: (goingTo: boolean) => void
  /** The context menu of a row; null while none is open. */
  readonly menu: { readonly at: Point; readonly actions: readonly RowAction[] } | null
  readonly closeMenu: () => void
  readonly openMenu: (index: number, at?: Point) => void
  readonly getActions: (index: number) => readonly RowAction[]
}

/** Keeps the state of a list, and connects its parts. */
export function useListState<Row>(props: DataTableProps<Row>): ListState<Row> {
  const { noun, source, rowId, rowActions } = props
  const gridId = useId()
  const grid = useRef<HTMLTableElement>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const rowHeight = ROW_HEIGHTS[useDensity()]
  const { groups, toggleGroup } = useGroups(props.groups ?? NO_GROUPS)
  const columns = useColumns(props)
  const { shown, layout, order, changeLayout } = columns

  const [lastTotal, setLastTotal] = useState(0)
  const load = useSliceLoader(source)
  const scroll = useRowScroll({
    key: source.key,
    count: lineCount(lastTotal, groups),
    rowHeight,
    headerHeight: HEAD_HEIGHT,
    load: (lines) => load(slicesOfLines(lines, groups, SLICE)),
  })
  const { attach } = scroll
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
  const selection = useSelection({ source, total, rowId, rowAt: slices.rowAt, columns: shown, noun })
  const focus = useCallback(() => grid.current?.focus({ preventScroll: true }), [])
  const drag = useHeadDrag({ scroller, columns: shown, layout, order, changeLayout })
  const [menu, setMenu] = useState<ListState<Row>['menu']>(null)
  const closeMenu = (): void => {
    setMenu(null)
    focus()
  }
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
  const rows = { slices, total, active, input, focus, drawn: rowsOfLines(scroll.lines, groups) }
  useOpenRow(props, rows)
  return {
    ...columns,
    gridId,
    grid,
    scroller,
    attachScroller,
    rowHeight,
    groups,
    scroll,
    slices,
    total,
    active,
    selection,
    drag,
    input,
    focus,
    goingTo,
    setGoingTo,
    menu,
    closeMenu,
    openMenu,
    getActions,
  }
}

function columnDefs<Row>(columns: readonly DataColumn<Row>[]): ColumnDef<typeof features, never>[] {
  return columns.map((column) => ({
    id: column.id,
    header: column.header,
    meta: { column: column },
  }))
}

function useColumns<Row>({ id, columns }: DataTableProps<Row>): ColumnState<Row> {
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
  return { shown, layout, changeLayout, order: table.getAllLeafColumns().map((column) => column.id) }
}

interface OpenRowOptions<Row> extends Pick<ListState<Row>, 'slices' | 'total' | 'active' | 'input' | 'focus'> {
  /** Rows that are drawn. */
  readonly drawn: Range
}

/** Reports the place of the row whose panel is open, and lets the page step from it to its neighbours. */
function useOpenRow<Row>(props: DataTableProps<Row>, rows: OpenRowOptions<Row>): void {
  const { source, rowId, openId, onOpenPlace, handle } = props
  const { slices, total, active, input, focus, drawn } = rows
  const client = useQueryClient()
  const isOpen = (index: number): boolean => {
    const row = slices.rowAt(index)
    return openId !== undefined && row !== undefined && rowId(row) === openId
  }
  const openIndex = findOpen(isOpen, active.row, drawn)
  useEffect(
    () => onOpenPlace?.(openIndex === null ? null : { index: openIndex, total }),
    [onOpenPlace, openIndex, total],
  )
  useImperativeHandle(handle, () => ({
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
