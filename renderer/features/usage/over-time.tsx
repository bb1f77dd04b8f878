import { useComputedColorScheme } from '@mantine/core'
import { memo, useCallback, useMemo, type ReactElement } from 'react'

import type { UsageBy, UsageSeries, UsageShown, UsageStretch } from '../../../shared/contract/usage.ts'
import { toLocalDay } from '../../../shared/domain/day.ts'
import { shareText } from '../../../shared/domain/text/amounts.ts'
import { formatDay, formatMonth } from '../../../shared/domain/text/dates.ts'
import { SOURCE_LABELS } from '../../../shared/domain/usage/source.ts'
import { pictureBars } from '../../charts/bars-picture.ts'
import type { Picture } from '../../charts/shapes.ts'
import { type BarPart, TimeBars } from '../../charts/time-bars.tsx'
import { describeUnread } from '../../charts/unread-periods.tsx'
import { useScopeName } from '../../data/use-clients.ts'
import { ChartActions } from '../../entities/chart-actions.tsx'
import { listUnreadWords, makeAxisFormatter, makeFormatter, toKindLines, toLines } from '../../entities/series-data.ts'
import { byWord } from '../../entities/usage-labels.ts'
import { visibleText } from '../../ui/text.ts'
import { useAnnotations } from './annotations.ts'
import { type MonthQuestion, type OpenRow, seriesOptions, shownDimensions } from './questions.ts'
import type { UsageSearch } from './search.ts'
import { SeriesTable } from './series-table.tsx'
import { keepAnswer } from '../../data/keep-answer.ts'
import { Answer } from '../../ui/states.tsx'
import { useQuery } from '../../ui/use-query.ts'
import { Controls } from './controls.tsx'

interface OverTimeProps {
  readonly series: UsageSeries
  /** The series answers the previous question, and is not redrawn. */
  readonly isOld: boolean
  readonly asked: MonthQuestion
  readonly stretch: UsageStretch
  readonly by: UsageBy
  readonly shown: UsageShown
  /** Tokens by their kind instead of by a dimension. */
  readonly kinds: boolean
  readonly show: 'chart' | 'table'
  /** Only one project is shown, so that its own budget applies. */
  readonly isOneProject: boolean
  /** *Other* is opened into its parts. */
  readonly isOpened: boolean
  readonly set: (change: UsageSearch) => void
  readonly open: (row: OpenRow) => void
}

const MEASURES: Readonly<Record<UsageShown, string>> = {
  cost: 'Spend',
  estimate: 'Estimated spend',
  tokens: 'Tokens',
  requests: 'Requests',
}

/** Usage over time: the chart or its table, and the buttons that save and copy them. */
export const OverTime = memo(function OverTime(props: OverTimeProps): ReactElement {
  const { series, asked, stretch, by, shown, kinds, show, isOneProject, isOpened, set, open } = props
  const { client, source, month } = asked
  const lines = useMemo(() => (kinds ? toKindLines(series) : toLines(series, by)), [series, by, kinds])
  const [say, axis] = useMemo(() => [makeFormatter(shown), makeAxisFormatter(shown)], [shown])
  const scheme = useComputedColorScheme('light')
  const scope = useScopeName()
  const [one] = series.lines
  const project = useMemo(
    () => (isOneProject && one !== undefined ? { name: one.name, ref: one.ref } : null),
    [isOneProject, one],
  )
  const { line, notes } = useAnnotations({ client, series, stretch, shown, project })
  const openPart = useCallback(
    ({ series: part, period }: BarPart): void => {
      const [at, own] = [series.periods[period], lines[part]]
      if (at === undefined || own === undefined) return
      if (own.rowKey !== null) open({ of: by, at, row: own.rowKey })
      else if (own.identity === null) set({ other: true })
    },
    [series, lines, by, open, set],
  )
  const unread = useMemo(() => listUnreadWords(series), [series])
  const unreadNote = describeUnread(series.periods, unread)
  const title = `${MEASURES[shown]} ${kinds ? 'by kind of token' : `by ${byWord(by).toLowerCase()}`}`
  const about = `${rangeWords(series, stretch, month)} · ${SOURCE_LABELS[source].toLowerCase()} · ${scope}${unreadNote === '' ? '' : ` · ${unreadNote}`}`
  const draw = (): Picture => {
    const madeOn = toLocalDay(Date.now())
    const font = getComputedStyle(document.body).fontFamily
    return pictureBars(
      { title, about, madeOn, periods: series.periods, series: lines, say, axis, line, notes },
      scheme,
      font,
    )
  }
  const [first] = lines
  const summary =
    first === undefined
      ? unreadNote === ''
        ? 'No usage.'
        : unreadNote
      : `${kinds ? 'By kind of token' : `By ${byWord(by).toLowerCase()}`}, ${visibleText(first.label)} totals ${say(first.total)}. The table has the numbers.`
  return (
    <>
      {show === 'chart' ? (
        <TimeBars
          {...{ periods: series.periods, series: lines, summary, say, axis, line, notes, unread }}
          open={openPart}
        />
      ) : (
        <SeriesTable
          periods={series.periods}
          read={series.read}
          unread={unread}
          lines={lines}
          say={say}
          open={(at, row) => open({ of: by, at, row })}
        />
      )}
      {unreadNote === '' ? null : <p className="c-card-note">{unreadNote}</p>}
      {kinds ? null : <Others series={series} shown={shown} isOpened={isOpened} set={set} />}
      <ChartActions
        read={series.read}
        name={`${MEASURES[shown].toLowerCase().replaceAll(' ', '-')}-by-${by}-${client ?? 'all-clients'}-${month}`}
        title={title}
        client={client}
        periods={series.periods}
        lines={lines}
        picture={show === 'chart' ? draw : null}
        money={shown === 'cost' || shown === 'estimate'}
      />
    </>
  )
}, isTheSame)

function rangeWords({ periods }: UsageSeries, stretch: UsageStretch, month: string): string {
  if (stretch === 'month') return formatMonth(month)
  const format = stretch === '12-months' ? formatMonth : formatDay
  return `${format(periods[0] ?? month)} to ${format(periods.at(-1) ?? month)}`
}

type OthersProps = Pick<OverTimeProps, 'series' | 'shown' | 'isOpened' | 'set'>

/** How much *Other* holds, and the button that opens it; or closes it again. */
function Others({ series: { lines, other }, isOpened, set }: OthersProps): ReactElement | null {
  if (isOpened) {
    return (
      <p className="c-card-note">
        <button type="button" className="c-link" onClick={() => set({ other: undefined })}>
          Show the largest only
        </button>
      </p>
    )
  }
  if (other === null) return null
  const all = lines.reduce((sum, { total }) => sum + total, other.total)
  const share = all <= 0 ? '' : ` (${shareText(Math.round((other.total / all) * 1000), other.total > 0)})`
  return (
    <p className="c-card-note">
      {`Other holds ${other.count} more${share}. `}
      <button type="button" className="c-link" onClick={() => set({ other: true })}>
        {`Show all ${lines.length + other.count}`}
      </button>
    </p>
  )
}

/** An old answer is not redrawn under the labels of the next question. */
function isTheSame(was: OverTimeProps, is: OverTimeProps): boolean {
  if (is.isOld) return is.show === was.show
  return (
    is.series === was.series &&
    is.by === was.by &&
    is.shown === was.shown &&
    is.kinds === was.kinds &&
    is.show === was.show &&
    is.isOneProject === was.isOneProject &&
    is.isOpened === was.isOpened &&
    is.open === was.open
  )
}

interface OverTimeCardProps extends MonthQuestion {
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
