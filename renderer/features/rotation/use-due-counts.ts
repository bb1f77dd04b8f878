import type { KeyFilter } from '../../../shared/contract/keys.ts'
import type { Day } from '../../../shared/domain/day.ts'
import { query } from '../../data/api.ts'
import { keepAnswer } from '../../data/keep-answer.ts'
import { listSpans, type DueCounts } from './due.ts'
import { useQueries } from '../../ui/use-query.ts'

interface DueCountsAnswer {
  /** Null until all are read. */
  readonly counts: DueCounts | null
  /** True if some are those of the filter before, kept while the next ones are read. */
  readonly isKept: boolean
  readonly error: unknown
  readonly retry: () => void
}

/** How many keys of a filter are due in each span, for the tabs and the groups; no rows are read for it. */
export function useDueCounts(filter: KeyFilter, today: Day): DueCountsAnswer {
  const spans = listSpans(today)
  const count = (span: KeyFilter) => ({
    ...query.keys.list.queryOptions({ input: { ...filter, ...span, limit: 0 } }),
    placeholderData: keepAnswer({ client: filter.client }),
  })
  const [overdue, week, month, dated, all] = useQueries({
    queries: [count(spans.overdue), count(spans.week), count(spans.month), count(spans.dated), count(spans.all)],
  })
  const results = [overdue, week, month, dated, all]
  return {
    counts:
      overdue.data && week.data && month.data && dated.data && all.data
        ? {
            overdue: overdue.data.total,
            week: week.data.total,
            month: month.data.total,
            dated: dated.data.total,
            all: all.data.total,
          }
        : null,
    isKept: results.some(({ isPlaceholderData }) => isPlaceholderData),
    error: results.find((result) => result.error !== null)?.error ?? null,
    retry: () => {
      for (const result of results) if (result.error !== null) void result.refetch()
    },
  }
}
