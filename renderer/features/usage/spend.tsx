import { usePrefetchQuery } from '@tanstack/react-query'
import { useCallback, useDeferredValue, type ReactElement } from 'react'

import { Headline } from './headline.tsx'
import { Matrix, type Pairs } from './matrix.tsx'
import { MonthRows } from './month-rows.tsx'
import { OverTimeCard } from './over-time.tsx'
import { rowsOptions, seriesOptions, type MonthQuestion, type OpenRow } from './questions.ts'
import type { UsageSearch } from './search.ts'
import { Toolbar } from './toolbar.tsx'
import styles from './usage.module.css'

interface SpendProps extends MonthQuestion {
  readonly search: UsageSearch
  /** One value in every rendering. */
  readonly set: (change: UsageSearch) => void
  readonly months: readonly string[]
}

/**
 * The month in a sentence and what drove it, usage over time, the rows of the month, and the matrix. Each part requests
 * its own data, so an answer redraws only the part that it belongs to.
 */
export function Spend({ search, set, months, client, source, month }: SpendProps): ReactElement {
  const asked = { client, source, month }
  // Requested before the first rendering, the chart's question first: the answers arrive while the window draws.
  usePrefetchQuery(seriesOptions(asked, search))
  usePrefetchQuery(rowsOptions(asked, search))
  const open = useCallback((row: OpenRow) => set({ ...row }), [set])
  const choosePairs = useCallback((pairs: Pairs) => set({ pairs }), [set])
  // The parts below the chart are mounted after the parts above it were shown.
  const isBegun = useDeferredValue(true, false)
  return (
    <div className={styles['page']} id="usage-spend" tabIndex={-1}>
      <Toolbar {...asked} search={search} months={months} set={set} />
      <Headline {...asked} drivers={search.drivers ?? 'project'} set={set} />
      <OverTimeCard {...asked} search={search} set={set} open={open} />
      {isBegun ? (
        <>
          <MonthRows {...asked} search={search} set={set} open={open} />
          <Matrix {...asked} pairs={search.pairs ?? 'key-model'} choose={choosePairs} />
        </>
      ) : null}
    </div>
  )
}
