import type { ReactElement } from 'react'

import { SOURCE_LABELS } from '../../../shared/domain/usage/source.ts'
import { keepAnswer } from '../../data/keep-answer.ts'
import { Answer } from '../../ui/states.tsx'
import { useQuery } from '../../ui/use-query.ts'
import { Controls } from './controls.tsx'
import { OverTime } from './over-time.tsx'
import { seriesOptions, type Asked, type OpenRow } from './questions.ts'
import { shownDimensions, type UsageSearch } from './search.ts'

interface OverTimeCardProps extends Asked {
  readonly search: UsageSearch
  readonly set: (change: UsageSearch) => void
  readonly open: (row: OpenRow) => void
}

/** Usage over time, with its controls. */
export function OverTimeCard({ search, set, open, ...asked }: OverTimeCardProps): ReactElement {
  const { stretch = 'month', shown = 'cost', show = 'chart', only, onlyOf, other = false } = search
  const { stack } = shownDimensions(search, asked.client)
  const kinds = shown === 'tokens' && search.kinds === true
  const series = useQuery({ ...seriesOptions(asked, search), placeholderData: keepAnswer({ client: asked.client }) })
  return (
    <section className="c-card" aria-labelledby="over-time">
      <header className="c-card-head">
        <h2 className="c-card-title" id="over-time">
          {`${SOURCE_LABELS[asked.source]}, over time`}
        </h2>
        <Controls {...{ stretch, stack, kinds, shown, show, set }} />
      </header>
      <Answer of={series} what="usage over time">
        {(data) => (
          <div aria-busy={series.isPlaceholderData}>
            <OverTime
              series={data}
              isOld={series.isPlaceholderData}
              asked={asked}
              stretch={stretch}
              by={stack}
              shown={shown}
              kinds={kinds}
              show={show}
              isOneProject={only !== undefined && onlyOf === 'project'}
              isOpened={other}
              set={set}
              open={open}
            />
          </div>
        )}
      </Answer>
    </section>
  )
}
