import { usePrefetchQuery } from '@tanstack/react-query'
import { useCallback, useDeferredValue, type ReactElement } from 'react'

import type { UsageBy, UsageSource } from '../../../shared/contract/usage.ts'
import { useScope } from '../../data/scope.ts'
import { Comparison } from './comparison.tsx'
import { Matrix, type Pairs } from './matrix.tsx'
import { MonthRows } from './month-rows.tsx'
import { OverTimeCard } from './over-time-card.tsx'
import { rowsOptions, seriesOptions } from './questions.ts'
import type { UsageSearch } from './search.ts'
import styles from './usage.module.css'

interface SpendProps {
  readonly search: UsageSearch
  /** The same value in every rendering. */
  readonly set: (change: UsageSearch) => void
  readonly by: UsageBy
  readonly source: UsageSource
  readonly month: string
  readonly months: readonly string[]
}

/**
 * The comparison with the previous month, usage over time, the rows of the month, and the matrix. Each part requests
 * its own data, so an answer redraws only the part that it belongs to.
 */
export function Spend({ search, set, by, source, month, months }: SpendProps): ReactElement {
  const { client } = useScope()
  // Requested before the first rendering, the chart's question first: the answers arrive while the window draws.
  usePrefetchQuery(seriesOptions({ client, source, by, month, search }))
  usePrefetchQuery(rowsOptions({ client, source, by, month }))
  const open = useCallback((at: string, row: string) => set({ at, row }), [set])
  const choosePairs = useCallback((pairs: Pairs) => set({ pairs }), [set])
  // The parts below the chart are mounted after the parts above it were shown.
  const isBegun = useDeferredValue(true, false)
  return (
    <div className={styles['page']} id="usage-spend" tabIndex={-1}>
      <Comparison client={client} month={month} source={source} />
      <OverTimeCard {...{ search, set, by, source, month, months, client, open }} />
      {isBegun ? (
        <>
          <MonthRows {...{ by, source, month, client, open }} />
          <Matrix {...{ client, month, source }} pairs={search.pairs ?? 'key-model'} choose={choosePairs} />
        </>
      ) : null}
    </div>
  )
}
