import { memo, useCallback, useMemo, useRef, type ReactElement } from 'react'

import type { UsageBy, UsageSeries, UsageShown } from '../../../shared/contract/usage.ts'
import { type BarPart, TimeBars } from '../../charts/time-bars.tsx'
import { visibleText } from '../../ui/text.ts'
import { CopySeries } from '../../entities/copy-series.tsx'
import { toKindLines, toLines, makeFormatter } from '../../entities/series-data.ts'
import { SeriesTable } from './series-table.tsx'
import { byWord } from '../../entities/usage-labels.ts'

interface OverTimeProps {
  readonly series: UsageSeries
  /** The series answers the previous question, and is not redrawn. */
  readonly isOld: boolean
  readonly by: UsageBy
  readonly shown: UsageShown
  /** Tokens by their kind instead of by a dimension. */
  readonly kinds: boolean
  readonly show: 'chart' | 'table'
  readonly open: (period: string, rowKey: string) => void
}

/** Usage over time: the chart or its table, and the copy buttons. */
export const OverTime = memo(function OverTime({ series, by, shown, kinds, show, open }: OverTimeProps): ReactElement {
  const lines = useMemo(() => (kinds ? toKindLines(series) : toLines(series, by)), [series, by, kinds])
  const say = useMemo(() => makeFormatter(shown), [shown])
  const scale = shown === 'cost' || shown === 'estimate'
  const image = useRef<(() => Promise<Blob>) | null>(null)
  const keep = useCallback((made: (() => Promise<Blob>) | null) => {
    image.current = made
  }, [])
  const openPart = ({ series: line, period }: BarPart): void => {
    const [at, rowKey] = [series.periods[period], lines[line]?.rowKey]
    if (at !== undefined && rowKey !== null && rowKey !== undefined) open(at, rowKey)
  }
  const [first] = lines
  const summary =
    first === undefined
      ? 'No usage.'
      : `${kinds ? 'By kind of token' : `By ${byWord(by).toLowerCase()}`}, ${visibleText(first.label)} totals ${say(first.total)}. The table has the numbers.`
  return (
    <>
      {show === 'chart' ? (
        <TimeBars periods={series.periods} series={lines} summary={summary} say={say} open={openPart} drawn={keep} />
      ) : (
        <SeriesTable periods={series.periods} lines={lines} say={say} open={open} />
      )}
      <CopySeries periods={series.periods} lines={lines} image={show === 'chart' ? image : null} money={scale} />
    </>
  )
}, isTheSame)

/** An old answer is not redrawn under the labels of the next question. */
function isTheSame(was: OverTimeProps, is: OverTimeProps): boolean {
  if (is.isOld) return is.show === was.show
  return (
    is.series === was.series &&
    is.by === was.by &&
    is.shown === was.shown &&
    is.kinds === was.kinds &&
    is.show === was.show &&
    is.open === was.open
  )
}
