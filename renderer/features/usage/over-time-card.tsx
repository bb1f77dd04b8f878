import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'

import type { UsageBy, UsageSource } from '../../../shared/contract/usage.ts'
import { SOURCE_LABELS } from '../../../shared/domain/usage/source.ts'
import { Answer } from '../../ui/states.tsx'
import { Controls } from './controls.tsx'
import { OverTime } from './over-time.tsx'
import { seriesOptions } from './questions.ts'
import type { UsageSearch } from './search.ts'

interface OverTimeCardProps {
  readonly search: UsageSearch
  readonly set: (change: UsageSearch) => void
  readonly by: UsageBy
  readonly source: UsageSource
  readonly month: string
  readonly months: readonly string[]
  readonly client: string | undefined
  readonly open: (period: string, rowKey: string) => void
}

/** Usage over time, with its controls. */
export function OverTimeCard(props: OverTimeCardProps): ReactElement {
  const { search, set, by, source, month, months, client, open } = props
  const { stretch = 'month', shown = 'cost', show = 'chart' } = search
  const kinds = shown === 'tokens' && search.kinds === true
  const series = useQuery({
    ...seriesOptions({ client, source, by, month, search }),
    placeholderData: keepPreviousData,
  })
  return (
    <section className="c-card" aria-labelledby="over-time">
      <header className="c-card-head">
        <h2 className="c-card-title" id="over-time">
          {`${SOURCE_LABELS[source]}, over time`}
        </h2>
      </header>
      <Controls {...{ month, months, stretch, by, kinds, source, shown, show, set }} />
      <Answer of={series} what="usage over time">
        {(data) => (
          <div aria-busy={series.isPlaceholderData}>
            <OverTime
              series={data}
              isOld={series.isPlaceholderData}
              by={by}
              shown={shown}
              kinds={kinds}
              show={show}
              open={open}
            />
          </div>
        )}
      </Answer>
    </section>
  )
}
