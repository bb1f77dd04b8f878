import type { Range } from './scroll-map.ts'

interface RowPick<Row> {
  readonly index: number
  readonly row: Row
}

/**
 * The selection of a list that is loaded in part. `some`: these rows, in their state when selected. `all`: every row
 * that matches the filter, except those deselected again.
 */
export type Selection<Row> =
  | { readonly mode: 'some'; readonly rows: ReadonlyMap<string, RowPick<Row>> }
  | { readonly mode: 'all'; readonly except: ReadonlySet<string> }

export function noSelection<Row>(): Selection<Row> {
  return { mode: 'some', rows: new Map() }
}

export function everything<Row>(): Selection<Row> {
  return { mode: 'all', except: new Set() }
}

export function isSelected<Row>(selection: Selection<Row>, id: string): boolean {
  return selection.mode === 'all' ? !selection.except.has(id) : selection.rows.has(id)
}

/** Rows selected of `total`. */
export function countSelected<Row>(selection: Selection<Row>, total: number): number {
  return selection.mode === 'all' ? Math.max(0, total - selection.except.size) : selection.rows.size
}

export function toggle<Row>(selection: Selection<Row>, id: string, index: number, row: Row): Selection<Row> {
  if (selection.mode === 'all') {
    const except = new Set(selection.except)
    if (!except.delete(id)) except.add(id)
    return { mode: 'all', except }
  }
  const rows = new Map(selection.rows)
  if (!rows.delete(id)) rows.set(id, { index, row })
  return { mode: 'some', rows }
}

/** Adds consecutive rows; `first` is the index of the first one. */
export function addRange<Row>(
  selection: Selection<Row>,
  first: number,
  rows: readonly Row[],
  getId: (row: Row) => string,
): Selection<Row> {
  if (selection.mode === 'all') {
    const except = new Set(selection.except)
    for (const row of rows) except.delete(getId(row))
    return { mode: 'all', except }
  }
  const all = new Map(selection.rows)
  rows.forEach((row, offset) => all.set(getId(row), { index: first + offset, row }))
  return { mode: 'some', rows: all }
}

/** The selected rows in the order of the list. */
export function pickedRows<Row>(rows: ReadonlyMap<string, RowPick<Row>>): readonly Row[] {
  return [...rows.values()].sort((a, b) => a.index - b.index).map(({ row }) => row)
}

/** The rows between two, inclusive. */
export function between(a: number, b: number): Range {
  return { first: Math.min(a, b), end: Math.max(a, b) + 1 }
}
