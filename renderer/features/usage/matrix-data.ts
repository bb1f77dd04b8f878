import type { UsageMatrix } from '../../../shared/contract/usage.ts'

/** The number of rows and columns that are shown, highest cost first. */
const ROWS = 20
const COLUMNS = 8

export interface Layout {
  readonly columns: readonly (string | null)[]
  readonly rows: readonly {
    readonly name: string | null
    /** One for each column; null for a pair without usage. */
    readonly costs: readonly (number | null)[]
    readonly total: number
  }[]
  /** The largest of the costs, which scales the shades. */
  readonly most: number
  /** The number of rows and columns that are not shown. */
  readonly left: { readonly rows: number; readonly columns: number }
}

/** Pairs as a table: most expensive rows and columns first. */
export function computeLayout(cells: UsageMatrix['cells']): Layout {
  const rows = readTotals(cells, ({ row }) => row)
  const columns = readTotals(cells, ({ column }) => column)
  const shown = columns.slice(0, COLUMNS).map(([name]) => name)
  const costs = new Map<string, number>()
  for (const { row, column, cost } of cells) {
    const id = JSON.stringify([row, column])
    costs.set(id, (costs.get(id) ?? 0) + cost)
  }
  const laid = rows.slice(0, ROWS).map(([name, total]) => ({
    name,
    total,
    costs: shown.map((column) => costs.get(JSON.stringify([name, column])) ?? null),
  }))
  return {
    columns: shown,
    rows: laid,
    most: Math.max(0, ...laid.flatMap((row) => row.costs.map((cost) => cost ?? 0))),
    left: { rows: rows.length - laid.length, columns: columns.length - shown.length },
  }
}

type Cell = UsageMatrix['cells'][number]

function readTotals(cells: readonly Cell[], of: (cell: Cell) => string | null): readonly [string | null, number][] {
  const totals = new Map<string | null, number>()
  for (const cell of cells) totals.set(of(cell), (totals.get(of(cell)) ?? 0) + cell.cost)
  return [...totals].toSorted((a, b) => b[1] - a[1] || String(a[0]).localeCompare(String(b[0])))
}
