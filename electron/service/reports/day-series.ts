import type { DaySeries } from '../../../shared/report/usage-reading.ts'
import { CHART_SERIES } from '../../../shared/report/usage-style.ts'
import type { Reader } from '../../register/db/handles.ts'
import { costByDay, type ReportName, type ReportSpan } from '../../register/usage/report-sums.ts'

interface Asked {
  readonly by: DaySeries['by']
  readonly projects: ReadonlyMap<number, ReportName>
  readonly organizations: ReadonlyMap<number, string>
}

/** Micro-USD of each day by what spent most in the span; `Other` holds what is beyond. */
export function daySeries(reader: Reader, span: ReportSpan, { by, projects, organizations }: Asked): DaySeries {
  const rows = costByDay(reader, span)
  const totals = new Map<number, number>()
  const partOf = (row: (typeof rows)[number]): number => (by === 'project' ? row.project : row.connection)
  for (const row of rows) totals.set(partOf(row), (totals.get(partOf(row)) ?? 0) + row.cost)
  const most = [...totals].filter(([, cost]) => cost > 0).toSorted(([a, x], [b, y]) => y - x || a - b)
  const shown = most.slice(0, CHART_SERIES).map(([part]) => part)
  const hasOther = most.length > shown.length
  const days = Array.from({ length: span.to - span.from }, () => Array<number>(shown.length + Number(hasOther)).fill(0))
  for (const row of rows) {
    const column = shown.indexOf(partOf(row))
    const day = days[row.day - span.from]
    const at = column === -1 ? shown.length : column
    if (day !== undefined && at < day.length) day[at] = (day[at] ?? 0) + row.cost
  }
  const name = (part: number): string | null =>
    by === 'project' ? (projects.get(part)?.name ?? null) : (organizations.get(part) ?? null)
  return { by, names: [...shown.map(name), ...(hasOther ? ['Other'] : [])], days }
}
