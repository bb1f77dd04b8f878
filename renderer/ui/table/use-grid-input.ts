import type { KeyboardEvent, MouseEvent } from 'react'

import type { DataColumn } from './column.ts'
import type { Sort } from './grid-head.tsx'
import { moveBy, type Cell } from './keyboard.ts'
import { lineOfRow, type Group } from './row-layout.ts'
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
  readonly sort: Sort
  readonly onSort?: ((sort: Sort) => void) | undefined
  readonly onOpen?: ((row: Row) => void) | undefined
  readonly onEscape?: (() => void) | undefined
  readonly onKey?: ((event: KeyboardEvent, row: Row) => boolean) | undefined
}

export interface GridInput {
  readonly onKeyDown: (event: KeyboardEvent) => void
  readonly onClick: (event: MouseEvent) => void
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
    selection.fallback.current = cell.row
    if (cell.row >= 0) scroll.reveal(lineOfRow(cell.row, groups), where)
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
    else if (event.key === 'Home') stand({ ...active, row: 0 })
    else if (event.key === 'End') stand({ ...active, row: total - 1 })
    else return false
    return true
  }

  const onOther = (event: KeyboardEvent): boolean => {
    const row = active.row >= 0 ? rowAt(active.row) : undefined
    return row !== undefined && (options.onKey?.(event, row) ?? false)
  }

  const onPlain = (event: KeyboardEvent): boolean => {
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
    const next = moveBy(event.key, active, {
      rows: total,
      columns: shown.length,
      page: rowsPerPage(scroll.geometry),
    })
    if (next === null) return onOther(event)
    if (event.shiftKey && next.row >= 0 && next.row !== active.row) {
      selection.add(between(Math.max(0, active.row), next.row))
    }
    stand(next)
    return true
  }

  return {
    onSortBy,
    standOn: (index) => stand({ ...active, row: index }),
    goTo: (index) => {
      stand({ ...active, row: Math.min(Math.max(0, index), total - 1) }, 'top')
      options.focus()
    },
    onKeyDown: (event) => {
      if (event.target !== event.currentTarget || event.altKey) return
      const handled = event.ctrlKey || event.metaKey ? onCommand(event) : onPlain(event)
      if (handled) event.preventDefault()
    },
    onClick: (event) => {
      const place = findPlace(event.target)
      if (place === null) return
      if (event.shiftKey) selection.add(between(Math.max(0, active.row), place.row))
      else if (event.ctrlKey || event.metaKey || place.select) selection.toggle(place.row)
      else if (!getSelection()?.toString()) open(place.row)
      stand({ row: place.row, column: Math.max(0, place.column) })
    },
  }
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
