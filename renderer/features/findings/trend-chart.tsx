import { useId, useState, type KeyboardEvent, type PointerEvent, type ReactElement } from 'react'

import { SEVERITIES } from '../../../shared/domain/findings/severity.ts'
import { formatShortDay } from '../../../shared/domain/text/dates.ts'
import { severityWord } from '../../entities/finding-labels.ts'
import { formatDay, plural, wholeNumber } from '../../ui/relative.ts'
import { labelledDays, roundSteps, type Trend, type TrendDay } from './trend-data.ts'
import classes from './trend.module.css'

/** Lengths of the drawing, in units of its view box. */
const WIDTH = 960
const HEIGHT = 300
const LEFT = 44
const RIGHT = 16
const TOP = 12
const BOTTOM = 28
const LABELS = 7

/** From the axis upwards: the most severe is the lowest, so that its line has a straight base. */
const ORDER = SEVERITIES

/** Open findings over time as stacked steps, time from left to right; arrow keys move from day to day. */
export function TrendChart({ trend }: { readonly trend: Trend }): ReactElement {
  const titleId = useId()
  const { days, summary } = trend
  const [at, setAt] = useState<number | null>(null)
  const steps = roundSteps(trend.most)
  const top = Math.max(1, steps.at(-1) ?? 1)
  const wide = (WIDTH - LEFT - RIGHT) / days.length
  const x = (index: number): number => LEFT + index * wide
  const y = (value: number): number => TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top)
  const chosen = at === null ? undefined : days[at]
  const move = (event: KeyboardEvent): void => {
    const end = days.length - 1
    const now = at ?? end
    const next = { ArrowLeft: now - 1, ArrowRight: now + 1, Home: 0, End: end }[event.key]
    if (next === undefined) return
    event.preventDefault()
    setAt(at === null && event.key.startsWith('Arrow') ? end : Math.max(0, Math.min(end, next)))
  }
  const point = (event: PointerEvent<SVGSVGElement>): void => {
    const box = event.currentTarget.getBoundingClientRect()
    const place = ((event.clientX - box.left) / box.width) * WIDTH - LEFT
    setAt(place < 0 || place > WIDTH - LEFT - RIGHT ? null : Math.min(days.length - 1, Math.floor(place / wide)))
  }
  return (
    <figure className={classes['figure']}>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions, jsx-a11y/no-noninteractive-element-interactions -- the arrow keys move through the days */}
      <div
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- it contains no form, so it is not a fieldset
        role="group"
        aria-label="Open findings by day: arrow keys choose a day"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the keyboard has no other way to the days
        tabIndex={0}
        className={classes['canvas']}
        onKeyDown={move}
      >
        <svg
          role="img"
          aria-labelledby={titleId}
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          onPointerMove={point}
          onPointerLeave={() => setAt(null)}
        >
          <title id={titleId}>{summary}</title>
          {steps.map((value) => (
            <g key={value}>
              <line x1={LEFT} x2={WIDTH - RIGHT} y1={y(value)} y2={y(value)} className={classes['grid']} />
              <text x={LEFT - 8} y={y(value) + 4} textAnchor="end" className={classes['label']}>
                {wholeNumber(value)}
              </text>
            </g>
          ))}
          {ORDER.map((severity, rank) => (
            <path
              key={severity}
              d={area(days, rank, x, y)}
              className={classes['area']}
              style={{ fill: `var(--${severity})` }}
            />
          ))}
          {labelledDays(days.length, LABELS).map((index) => (
            <text key={index} x={x(index) + wide / 2} y={HEIGHT - 8} textAnchor="middle" className={classes['label']}>
              {shortDay(days[index])}
            </text>
          ))}
          {at === null ? null : (
            <line x1={x(at) + wide / 2} x2={x(at) + wide / 2} y1={TOP} y2={y(0)} className={classes['cursor']} />
          )}
        </svg>
        <p className={classes['read']} aria-live="polite">
          {chosen === undefined ? '' : dayText(chosen)}
        </p>
      </div>
      <figcaption className="c-legend">
        {SEVERITIES.map((severity) => (
          <span key={severity}>
            <svg width={14} height={14} aria-hidden>
              <rect width={14} height={14} rx={2} className={classes['area']} style={{ fill: `var(--${severity})` }} />
            </svg>
            {`${severityWord(severity).word} ${wholeNumber((chosen ?? days.at(-1))?.counts[severity] ?? 0)}`}
          </span>
        ))}
      </figcaption>
    </figure>
  )
}

/** The area of one severity, above the more severe ones, as steps: a number holds for its whole day. */
function area(
  days: readonly TrendDay[],
  rank: number,
  x: (index: number) => number,
  y: (value: number) => number,
): string {
  const below = days.map(({ counts }) => ORDER.slice(0, rank).reduce((sum, severity) => sum + counts[severity], 0))
  const severity = ORDER[rank]
  const upper = days.map(({ counts }, index) => (below[index] ?? 0) + (severity === undefined ? 0 : counts[severity]))
  const line = (values: readonly number[]): readonly (readonly [number, number])[] =>
    values.flatMap((value, index) => [[x(index), y(value)] as const, [x(index + 1), y(value)] as const])
  const points = [...line(upper), ...line(below).toReversed()]
  return `M${points.map(([px, py]) => `${px.toFixed(1)} ${py.toFixed(1)}`).join('L')}Z`
}

/** `2 Dec`; the year is in the line below the chart. */
function shortDay(day: TrendDay | undefined): string {
  return day === undefined ? '' : formatShortDay(day.day)
}

function dayText({ day, counts, total }: TrendDay): string {
  const parts = SEVERITIES.filter((severity) => counts[severity] > 0).map(
    (severity) => `${wholeNumber(counts[severity])} ${severityWord(severity).word.toLowerCase()}`,
  )
  return `${formatDay(day)}: ${plural(total, 'open finding')}${parts.length === 0 ? '' : ` (${parts.join(', ')})`}`
}
