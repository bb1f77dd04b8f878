import type { Growth, Row, Run } from './report.ts'
import { sampleText, toTable } from './table.ts'

const HEADER = ['work', 'grows with', 'smallest', 'middle', 'largest', 'for twice the size'] as const

/** How each work grows that was measured at several sizes, as a Markdown table. */
export function getGrowthTable(run: Run): string {
  const works = new Map<string, Sized[]>()
  for (const row of run.results.flatMap(({ report }) => report.rows)) {
    if (row.growth === undefined) continue
    const key = `${row.growth.work}\u0000${row.unit}`
    works.set(key, [...(works.get(key) ?? []), { ...row, growth: row.growth }])
  }
  return toTable(HEADER, [...works.values()].flatMap(toCells))
}

type Sized = Row & { readonly growth: Growth }

function toCells(rows: readonly Sized[]): readonly (readonly string[])[] {
  const sorted = rows.toSorted((a, b) => a.growth.size - b.growth.size)
  const [first, last] = [sorted[0], sorted.at(-1)]
  if (first === undefined || last === undefined || first === last) return []
  const cell = (row: Sized | undefined): string =>
    row === undefined ? '–' : `${row.growth.size.toLocaleString('en')}: ${sampleText(row.ours, row.unit)}`
  const middle = sorted.length > 2 ? sorted[Math.floor(sorted.length / 2)] : undefined
  return [[first.growth.work, first.growth.by, cell(first), cell(middle), cell(last), `× ${toDoubling(first, last)}`]]
}

/** What the figure is multiplied by when the size doubles, from the smallest and the largest. */
function toDoubling(first: Sized, last: Sized): string {
  const doublings = Math.log2(last.growth.size / first.growth.size)
  return ((last.ours.median / first.ours.median) ** (1 / doublings)).toFixed(2)
}
