import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'

import type { UsageBy, UsageSource } from '../../../shared/contract/usage.ts'
import { query } from '../../app/api.ts'
import { useScope } from '../../app/scope.ts'
import { Failed, Loading } from '../../ui/states.tsx'
import { Comparison } from './comparison.tsx'
import { Controls } from './controls.tsx'
import { Matrix } from './matrix.tsx'
import { OverTime } from './over-time.tsx'
import type { UsageSearch } from './search.ts'
import styles from './usage.module.css'
import { UsageTable } from './usage-table.tsx'
import { byWord } from './words.ts'

interface SpendProps {
  readonly search: UsageSearch
  readonly set: (change: UsageSearch) => void
  readonly by: UsageBy
  readonly source: UsageSource
  readonly month: string
  readonly months: readonly string[]
}

/** The month beside the last, usage over time, the rows of the month, and two things against each other. */
export function Spend({ search, set, by, source, month, months }: SpendProps): ReactElement {
  const { client } = useScope()
  const { stretch = 'month', shown = 'cost', show = 'chart', pairs = 'key-model' } = search
  const kinds = shown === 'tokens' && search.kinds === true
  const series = useQuery({
    ...query.usage.series.queryOptions({ input: { client, source, by, month, stretch, shown } }),
    placeholderData: keepPreviousData,
  })
  const rows = useQuery({
    ...query.usage.by.queryOptions({ input: { client, source, by, month, limit: 100 } }),
    placeholderData: keepPreviousData,
  })
  const open = (at: string, row: string): void => set({ at, row })
  return (
    <div className={styles['page']} id="usage-spend" tabIndex={-1}>
      <Comparison client={client} month={month} source={source} />
      <section className="c-card" aria-labelledby="over-time">
        <header className="c-card-head">
          <h2 className="c-card-title" id="over-time">
            {`${source === 'billed' ? 'Billed by providers' : 'Told by own records'}, over time`}
          </h2>
        </header>
        <Controls {...{ month, months, stretch, by, kinds, source, shown, show, set }} />
        {series.isPending ? (
          <Loading what="usage over time" />
        ) : series.isError ? (
          <Failed error={series.error} retry={() => void series.refetch()} />
        ) : (
          <div aria-busy={series.isPlaceholderData}>
            <OverTime series={series.data} by={by} shown={shown} kinds={kinds} show={show} open={open} />
          </div>
        )}
      </section>
      <section className="c-card" aria-labelledby="usage">
        <header className="c-card-head">
          <h2 className="c-card-title" id="usage">
            {`By ${byWord(by).toLowerCase()}, ${month}`}
          </h2>
        </header>
        {rows.isPending ? (
          <Loading what="the month" />
        ) : rows.isError ? (
          <Failed error={rows.error} retry={() => void rows.refetch()} />
        ) : (
          <UsageTable by={by} usage={rows.data} open={(rowKey) => open(month, rowKey)} />
        )}
      </section>
      {/* Ten thousand pairs are asked for once the picture is there. */}
      {series.isPending ? null : (
        <Matrix month={month} pairs={pairs} source={source} choose={(value) => set({ pairs: value })} />
      )}
    </div>
  )
}
