import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { memo, type ReactElement } from 'react'

import type { UsageComparison, UsageSource } from '../../../shared/contract/usage.ts'
import { dollarText } from '../../../shared/domain/text/money.ts'
import { query } from '../../data/api.ts'
import { wholeNumber } from '../../ui/relative.ts'
import { Failed, Loading } from '../../ui/states.tsx'
import { findChange } from '../../entities/series-data.ts'
import styles from './usage.module.css'

type Measures = UsageComparison['now']

const SHOWN: readonly {
  readonly label: string
  readonly of: (measures: Measures) => number
  readonly say: (value: number) => string
}[] = [
  { label: 'Cost, USD', of: ({ cost }) => cost, say: dollarText },
  { label: 'Estimated cost, USD', of: ({ estimate }) => estimate, say: (value) => `≈ ${dollarText(value)}` },
  { label: 'Input tokens', of: ({ input }) => input, say: wholeNumber },
  { label: 'Output tokens', of: ({ output }) => output, say: wholeNumber },
  { label: 'Requests', of: ({ requests }) => requests, say: wholeNumber },
]

interface ComparisonProps {
  readonly client: string | undefined
  readonly month: string
  readonly source: UsageSource
}

/** A month compared with the previous one, measure by measure. */
export const Comparison = memo(function Comparison({ client, month, source }: ComparisonProps): ReactElement {
  const compared = useQuery({
    ...query.usage.compare.queryOptions({ input: { client, month, source } }),
    placeholderData: keepPreviousData,
  })
  if (compared.isPending) return <Loading what="the month before" rows={2} />
  if (compared.isError) return <Failed error={compared.error} retry={() => void compared.refetch()} />
  const { now, before, last, day } = compared.data
  return (
    <dl
      className={styles['compared']}
      aria-label={`${compared.data.month} to day ${day}, compared with the month before`}
    >
      {SHOWN.map(({ label, of, say }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            <strong>{say(of(now))}</strong> <span>{findChange(of(now), of(before)) ?? 'new'}</span>
          </dd>
          <dd>{`Same period last month: ${say(of(before))}`}</dd>
          <dd>{`Whole last month: ${say(of(last))}`}</dd>
        </div>
      ))}
    </dl>
  )
})
