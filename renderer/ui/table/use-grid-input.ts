import type { KeyboardEvent, MouseEvent } from 'react'

import type { DataColumn } from './column.ts'
import type { Sort } from './grid-head.tsx'
import { arrowOfLetter, IN_HEADING, moveBy, type Cell } from './keyboard.ts'
import { lineAt, lineCount, lineOfHeading, lineOfRow, type Group } from './row-layout.ts'
import { rowsPerPage } from './scroll-map.ts'
import { between } from './selection.ts'
import type { RowScroll } from './use-row-scroll.ts'
import type { SelectionControl } from './use-selection.ts'

interface GridInputOptions<Row> {
  /** Moves the focus into the list. */
  readonly focus: () => void
  /** Asks for the number of a row to go to. */
  readonly askWhere: () => void
  readonly shown: readonly DataColumn<Row>[]
  readonly total: number
  readonly active: Cell
  readonly setActive: (cell: Cell) => void
  readonly scroll: RowScroll
  readonly selection: SelectionControl<Row>
  readonly rowAt: (index: number) => Row | undefined
  readonly groups?: readonly Group[]
  readonly toggleGroup: (id: string, collapsed?: boolean) => void
  readonly sort: Sort
  readonly onSort?: ((sort: Sort) => void) | undefined
  readonly onOpen?: ((row: Row) => void) | undefined
  readonly onEscape?: (() => void) | undefined
  readonly onKey?: ((event: KeyboardEvent, row: Row) => boolean) | undefined
  /** Called when a key moved the focus to a row. */
  readonly onMove?: (() => void) | undefined
  /** Makes a column narrower or wider, or fits it to its content. */
  readonly resize: (id: string, by: -1 | 1 | 'fit') => void
  /** Opens the context menu of a row; `at` is the place of the pointer, left out for the keyboard. */
  readonly openMenu: (index: number, at?: { readonly x: number; readonly y: number }) => void
}

export interface GridInput {
  readonly onKeyDown: (event: KeyboardEvent) => void
  readonly onClick: (event: MouseEvent) => void
  readonly onContextMenu: (event: MouseEvent) => void
  readonly onSortBy: (by: string) => void
  /** Moves the focus to a row, given from 0, and scrolls it into view. */
  readonly goTo: (index: number) => void
  /** Makes a row, given from 0, the current one and scrolls it into view. */
  readonly standOn: (index: number) => void
}

/** Handles keys and clicks in a list. */
export function useGridInput<Row>(options: GridInputOptions<Row>): GridInput {
  const { shown, total, active, setActive, scroll, selection, rowAt, groups = [], sort, onSort, onOpen } = options

  const stand = (cell: Cell, where: 'near' | 'top' = 'near'): void => {
    setActive(cell)
    if (cell.row >= 0) selection.fallback.current = cell.row
    const line = toLine(cell, groups)
    if (line >= 0) scroll.reveal(line, where)
    scroll.revealColumn(cell.column + 2)
  }

  const open = (index: number): void => {
    const row = rowAt(index)
    if (row !== undefined) onOpen?.(row)
  }

  const onSortBy = (by: string): void => {
    onSort?.({ by, direction: by === sort.by && sort.direction === 'asc' ? 'desc' : 'asc' })
  }

  const onCommand = (event: KeyboardEvent): boolean => {
    if (event.key === 'a') selection.selectAll()
    else if (event.key === 'g') options.askWhere()
    else if (event.key === 'Home') stand({ row: 0, column: active.column })
    else if (event.key === 'End') stand({ row: total - 1, column: active.column })
    else return false
    return true
  }

  const onOther = (event: KeyboardEvent): boolean => {
    const row = active.row >= 0 ? rowAt(active.row) : undefined
    return row !== undefined && (options.onKey?.(event, row) ?? false)
  }

  const move = (key: string, selecting: boolean): boolean => {
    const lines = lineCount(total, groups)
    const next = moveBy(
      key,
      { row: toLine(active, groups), column: active.column },
      { rows: lines, columns: shown.length, page: rowsPerPage(scroll.geometry) },
    )
    if (next === null) return false
    const cell = toCell(next, groups, key === 'Home')
    if (selecting && cell.row >= 0 && cell.row !== active.row) {
      selection.add(between(Math.max(0, active.row), cell.row))
    }
    stand(cell)
    if (cell.row >= 0 && cell.row !== active.row) options.onMove?.()
    return true
  }

  const onPlain = (event: KeyboardEvent): boolean => {
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      if (active.row >= 0) options.openMenu(active.row)
      return true
    }
    if (pressInHead(event, options)) return true
    if (event.key === 'Enter') {
      const by = shown[active.column]?.sort
      if (active.row >= 0) open(active.row)
      else if (by !== undefined) onSortBy(by)
      return true
    }
    if (event.key === ' ') {
      if (active.row >= 0) selection.toggle(active.row)
      else selection.toggleAll()
      return true
    }
    if (event.key === 'Escape') {
      if (selection.value.mode === 'all' || selection.value.rows.size > 0) selection.clear()
      else options.onEscape?.()
      return true
    }
    if (move(event.key, event.shiftKey) || onOther(event)) return true
    const arrow = arrowOfLetter(event.key)
    return arrow !== null && move(arrow, false)
  }

  return {
    onSortBy,
    standOn: (index) => stand({ row: index, column: active.column }),
    goTo: (index) => {
      stand({ row: Math.min(Math.max(0, index), total - 1), column: active.column }, 'top')
      options.focus()
    },
    onKeyDown: (event) => {
      if (event.target !== event.currentTarget || event.altKey) return
      const handled = event.ctrlKey || event.metaKey ? onCommand(event) : onPlain(event)
      if (handled) event.preventDefault()
    },
    onClick: (event) => {
      const heading = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-group]') : null
      if (heading) {
        const id = heading.dataset['group'] ?? ''
        setActive({ row: IN_HEADING, column: active.column, heading: id })
        options.toggleGroup(id)
        return
      }
      const place = findPlace(event.target)
      if (place === null) return
      if (event.shiftKey) selection.add(between(Math.max(0, active.row), place.row))
      else if (event.ctrlKey || event.metaKey || place.select) selection.toggle(place.row)
      else if (!getSelection()?.toString()) open(place.row)
      stand({ row: place.row, column: Math.max(0, place.column) })
    },
    onContextMenu: (event) => {
      const place = findPlace(event.target)
      // Without a row under it, it comes from the keyboard.
      const row = place?.row ?? (event.target === event.currentTarget ? active.row : -1)
      if (row < 0) return
      event.preventDefault()
      if (place) stand({ row, column: Math.max(0, place.column) })
      options.openMenu(row, place ? { x: event.clientX, y: event.clientY } : undefined)
    },
  }
}

/** Handles the keys that only the header and the headings of groups have; true when it did. */
function pressInHead<Row>(event: KeyboardEvent, options: GridInputOptions<Row>): boolean {
  const { active, shown, toggleGroup, resize } = options
  const { heading } = active
  if (heading !== undefined) {
    if (event.key === 'Enter' || event.key === ' ') toggleGroup(heading)
    else if (event.key === 'ArrowLeft') toggleGroup(heading, true)
    else if (event.key === 'ArrowRight') toggleGroup(heading, false)
    else return false
    return true
  }
  const column = shown[active.column]
  if (active.row !== -1 || !event.shiftKey || column === undefined) return false
  if (event.key === 'ArrowLeft') resize(column.id, -1)
  else if (event.key === 'ArrowRight') resize(column.id, 1)
  else if (event.key === 'Enter') resize(column.id, 'fit')
  else return false
  return true
}

/** The line of the focus; -1 in the header. */
export function toLine(cell: Cell, groups: readonly Group[]): number {
  if (cell.heading !== undefined) return lineOfHeading(cell.heading, groups)
  return cell.row < 0 ? -1 : lineOfRow(cell.row, groups)
}

/** The focus on a line; the start of a list is its first row, not its first heading. */
function toCell(at: Cell, groups: readonly Group[], toStart: boolean): Cell {
  if (at.row < 0) return at
  const first = lineAt(at.row, groups)
  const what = toStart && first.type === 'heading' && first.group.collapsed !== true ? lineAt(1, groups) : first
  return what.type === 'row'
    ? { row: what.index, column: at.column }
    : { row: IN_HEADING, column: at.column, heading: what.group.id }
}

/** The row and column under a click; column -1 is the selection mark. */
function findPlace(
  target: EventTarget,
): { readonly row: number; readonly column: number; readonly select: boolean } | null {
  if (!(target instanceof Element)) return null
  const row = target.closest<HTMLElement>('[data-index]')
  const cell = target.closest('td')
  if (!row || !cell) return null
  const column = Number(cell.getAttribute('aria-colindex')) - 2
  return { row: Number(row.dataset['index']), column, select: column < 0 }
}
