import { useQueries } from '@tanstack/react-query'

import { query } from '../../data/api.ts'
import { MONTH_DAYS, WEEK_DAYS, type DueCounts } from './groups.ts'

interface DueCountsAnswer {
  /** Null until all are read. */
  readonly counts: DueCounts | null
  readonly error: unknown
  readonly retry: () => void
}

/** How many keys of the scope fall in each group of the due list; no rows are read for it. */
export function useDueCounts(client: string | undefined): DueCountsAnswer {
  const keys = (rotation: 'overdue' | undefined) =>
    query.keys.list.queryOptions({ input: { client, rotation, limit: 0 } })
  const due = (within: number | undefined) => query.rotation.due.queryOptions({ input: { client, within, limit: 0 } })
  const [overdue, all, week, month, dated] = useQueries({
    queries: [keys('overdue'), keys(undefined), due(WEEK_DAYS), due(MONTH_DAYS), due(undefined)],
  })
  const results = [overdue, all, week, month, dated]
  return {
    counts:
      overdue.data && all.data && week.data && month.data && dated.data
        ? {
            overdue: overdue.data.total,
            week: week.data.total,
            month: month.data.total,
            dated: dated.data.total,
            all: all.data.total,
          }
        : null,
    error: results.find((result) => result.error !== null)?.error ?? null,
    retry: () => {
      for (const result of results) if (result.error !== null) void result.refetch()
    },
  }
}
