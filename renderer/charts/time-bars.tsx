import { useComputedColorScheme } from '@mantine/core'
import {
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type PointerEvent,
  type ReactElement,
  type RefObject,
} from 'react'

import { formatPeriod, formatWholePeriod } from '../../shared/domain/text/dates.ts'
import { visibleText } from '../ui/text.ts'
import { capitalize } from '../../shared/domain/capitalize.ts'
import { UnreadPeriods } from './unread-periods.tsx'
import { BarsLegend } from './bars-legend.tsx'
import { layoutBars, type BarPart, type BarsLayout } from './bars-layout.ts'
import { BarsTip } from './bars-tip.tsx'
import styles from './charts.module.css'
import { chartColours, identityFills, type Fill, type Identity } from '../../shared/report/chart-fills.ts'
import { Patterns, toFill } from './swatch.tsx'

export type { BarPart } from './bars-layout.ts'

export interface TimeSeries {
  readonly label: string
  /** One for each period, in the same order. */
  readonly values: readonly number[]
  /** The identity; null for the sum of what is not shown. */
  readonly identity: Identity | null
}

/** A line across the chart, such as what a budget allows for each period. */
export interface ChartLine {
  readonly label: string
  readonly value: number
}

/** A note about one period, marked above its bar. */
export interface ChartNote {
  readonly period: string
  readonly text: string
}

interface TimeBarsProps {
  /** Days or months, first to last, in ISO. */
  readonly periods: readonly string[]
  /** The parts of each bar, from the axis upwards. */
  readonly series: readonly TimeSeries[]
  /** The picture in a sentence, for screen readers. The table has the numbers. */
  readonly summary: string
  /** A number with its unit; and shorter, for the axis. */
  readonly say: (value: number) => string
  readonly axis: (value: number) => string
  readonly line?: ChartLine | undefined
  readonly notes?: readonly ChartNote[] | undefined
  /** A word for each period that was not wholly read, else an empty one; left out where all were. */
  readonly unread?: readonly string[] | undefined
  /** Opens a part: by a click, or by the arrow keys and Enter. */
  readonly open: (part: BarPart) => void
}

const HEIGHT_PX = 300
const FIRST_WIDTH_PX = 960

/** Upright stacked bars over time; colours follow the identity of each part and the scheme. */
export function TimeBars(props: TimeBarsProps): ReactElement {
  const { periods, series, summary, say, axis, line, notes = [], unread = NO_WORDS, open } = props
  const frame = useRef<HTMLDivElement>(null)
  const drawing = useRef<SVGSVGElement>(null)
  const width = useWidth(frame)
  const id = useId()
  const scheme = useComputedColorScheme('light')
  const [at, setAt] = useState<BarPart | null>(null)
  const [hiddenIn, setHidden] = useState<{ readonly of: readonly TimeSeries[]; readonly places: ReadonlySet<number> }>()
  const hidden = hiddenIn?.of === series ? hiddenIn.places : NONE
  const { surface } = chartColours(scheme)
  const fills = useMemo(
    () =>
      identityFills(
        series.map(({ identity }) => identity),
        scheme,
      ),
    [series, scheme],
  )
  const shown = useMemo(() => series.map(({ values }, place) => (hidden.has(place) ? [] : values)), [series, hidden])
  const layout = useMemo(
    () => layoutBars({ periods: periods.length, series: shown, width, height: HEIGHT_PX, line: line?.value }),
    [periods, shown, width, line],
  )
  const toggle = (place: number): void =>
    setHidden({ of: series, places: hidden.symmetricDifference(new Set([place])) })

  const press = (event: KeyboardEvent): void => {
    const step = STEPS[event.key]
    if (event.key === 'Enter' && at !== null && event.target === event.currentTarget) open(at)
    else if (step === undefined) return
    else if (at === null) setAt({ series: 0, period: periods.length - 1 })
    else {
      setAt({
        series: between(at.series + step.series, series.length),
        period: between(at.period + step.period, periods.length),
      })
    }
    event.preventDefault()
  }
  const point = (event: PointerEvent): void => {
    const box = drawing.current?.getBoundingClientRect()
    if (box !== undefined) setAt(findPart(layout, event.clientX - box.left, event.clientY - box.top))
  }
  const isOpen = at !== null
  useEffect(() => {
    if (!isOpen) return undefined
    // The tip of the pointer closes too, though the focus is elsewhere (WCAG 1.4.13).
    const close = (event: globalThis.KeyboardEvent): void => {
      if (event.key !== 'Escape') return
      event.preventDefault()
      event.stopPropagation()
      setAt(null)
    }
    document.addEventListener('keydown', close, { capture: true })
    return () => document.removeEventListener('keydown', close, { capture: true })
  }, [isOpen])
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions, jsx-a11y/no-noninteractive-element-interactions -- a group whose bars the arrow keys move through; the reasons are below */}
      <div
        ref={frame}
        className={`c-chart ${styles['chart'] ?? ''}`}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- it contains no form, so it is not a fieldset
        role="group"
        aria-label="Bars: arrow keys choose a part, Enter opens it"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the keyboard has no other way to the bars
        tabIndex={0}
        onKeyDown={press}
        onBlur={() => setAt(null)}
        onPointerMove={point}
        onPointerLeave={() => setAt(null)}
        onClick={() => {
          if (at !== null && at.series >= 0) open(at)
        }}
      >
        <svg ref={drawing} width={width} height={HEIGHT_PX} role="img" aria-label={summary}>
          <Patterns picture={id} fills={fills} ground={surface} />
          <Scale layout={layout} axis={axis} periods={periods} />
          {at === null ? null : <Chosen layout={layout} period={at.period} />}
          <UnreadPeriods layout={layout} words={unread} />
          <Bars layout={layout} fills={fills} picture={id} />
          {at === null ? null : <Framed layout={layout} at={at} />}
          <Notes layout={layout} periods={periods} notes={notes} />
          {line === undefined || layout.lineY === null ? null : (
            <Across layout={layout} y={layout.lineY} label={`${line.label} ${say(line.value)}`} />
          )}
        </svg>
        {at === null ? null : (
          <Tip {...{ periods, series, hidden, say, line, notes, unread, fills, layout, at }} ground={surface} />
        )}
        <span className="c-visually-hidden" aria-live="polite">
          {at === null ? '' : describe({ periods, series, say, notes, unread }, at)}
        </span>
      </div>
      <BarsLegend
        labels={series.map(({ label }) => label)}
        fills={fills}
        ground={surface}
        hidden={hidden}
        toggle={toggle}
        showAll={() => setHidden(undefined)}
      />
    </>
  )
}

const NONE: ReadonlySet<number> = new Set()
const NO_WORDS: readonly string[] = []

/** The width of an element in pixels, as it changes. */
function useWidth(of: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(FIRST_WIDTH_PX)
  useEffect(() => {
    if (of.current === null) return undefined
    const watch = new ResizeObserver(([entry]) => {
      if (entry !== undefined && entry.contentRect.width > 0) setWidth(Math.floor(entry.contentRect.width))
    })
    watch.observe(of.current)
    return () => watch.disconnect()
  }, [of])
  return width
}

const STEPS: Readonly<Record<string, BarPart>> = {
  ArrowLeft: { series: 0, period: -1 },
  ArrowRight: { series: 0, period: 1 },
  ArrowUp: { series: 1, period: 0 },
  ArrowDown: { series: -1, period: 0 },
}

function between(place: number, count: number): number {
  return Math.max(0, Math.min(count - 1, place))
}

/** The part at a point; above a bar its uppermost part. Series is -1 for a period without any. */
function findPart({ columns, bars, top, bottom }: BarsLayout, x: number, y: number): BarPart | null {
  const period = columns.findIndex((column) => x >= column.x && x < column.x + column.width)
  if (period === -1 || y < top - 10 || y > bottom + 6) return null
  const own = bars.filter((bar) => bar.period === period)
  const hit = own.find((bar) => y >= bar.y && y <= bar.y + bar.height + 1) ?? own.at(-1)
  return { period, series: hit?.series ?? -1 }
}

interface LayoutProps {
  readonly layout: BarsLayout
}

interface ScaleProps extends LayoutProps {
  readonly periods: readonly string[]
  readonly axis: (value: number) => string
}

function Scale({ layout, axis, periods }: ScaleProps): ReactElement {
  const { ticks, labelled, columns, left, right, height } = layout
  return (
    <>
      {ticks.map(({ value, y }) => (
        <g key={value}>
          <line className={styles['grid']} x1={left} x2={right} y1={y} y2={y} />
          <text x={left - 8} y={y + 4} textAnchor="end">
            {axis(value)}
          </text>
        </g>
      ))}
      {labelled.map((at) => (
        <text key={at} x={(columns[at]?.x ?? 0) + (columns[at]?.width ?? 0) / 2} y={height - 8} textAnchor="middle">
          {formatPeriod(periods[at] ?? '')}
        </text>
      ))}
    </>
  )
}

interface BarsProps extends LayoutProps {
  readonly fills: readonly Fill[]
  readonly picture: string
}

function Bars({ layout, fills, picture }: BarsProps): ReactElement {
  return (
    <g className={styles['bar']}>
      {layout.bars.map(({ series, period, ...place }) => (
        <rect
          key={`${period} ${series}`}
          {...place}
          fill={toFill(picture, fills[series] ?? { colour: 'currentColor', texture: 0 })}
        />
      ))}
    </g>
  )
}

function Chosen({ layout, period }: LayoutProps & { readonly period: number }): ReactElement | null {
  const column = layout.columns[period]
  if (column === undefined) return null
  const { top, bottom } = layout
  return <rect className={styles['chosen']} x={column.x} width={column.width} y={top} height={bottom - top} />
}

function Framed({ layout, at }: LayoutProps & { readonly at: BarPart }): ReactElement | null {
  const bar = layout.bars.find(({ series, period }) => series === at.series && period === at.period)
  if (bar === undefined) return null
  const { x, y, width, height } = bar
  return <rect className={styles['frame']} x={x} y={y} width={width} height={height} />
}

interface NotesProps extends LayoutProps {
  readonly periods: readonly string[]
  readonly notes: readonly ChartNote[]
}

/** A triangle above each bar with a note. */
function Notes({ layout, periods, notes }: NotesProps): ReactElement {
  const noted = new Set(notes.map(({ period }) => period))
  return (
    <>
      {periods.map((period, at) => {
        const column = layout.columns[at]
        if (column === undefined || !noted.has(period)) return null
        const [x, y] = [column.x + column.width / 2, column.top - 4]
        return <path key={period} className={styles['mark']} d={`M${x} ${y}l5 -8h-10z`} />
      })}
    </>
  )
}

function Across({ layout, y, label }: LayoutProps & { readonly y: number; readonly label: string }): ReactElement {
  return (
    <>
      <line className={styles['across']} x1={layout.left} x2={layout.right} y1={y} y2={y} />
      <text className={styles['acrossText']} x={layout.right - 4} y={y - 5} textAnchor="end">
        {label}
      </text>
    </>
  )
}

type BarsContent = Pick<TimeBarsProps, 'periods' | 'series' | 'say'> & {
  readonly notes: readonly ChartNote[]
  readonly unread: readonly string[]
}

interface TipProps extends BarsContent, LayoutProps {
  readonly hidden: ReadonlySet<number>
  readonly line: ChartLine | undefined
  readonly fills: readonly Fill[]
  readonly ground: string
  readonly at: BarPart
}

function Tip({ periods, series, hidden, say, line, notes, unread, fills, ground, layout, at }: TipProps): ReactElement {
  const column = layout.columns[at.period]
  const lines = series.flatMap(({ label, values }, place) => {
    const value = values[at.period] ?? 0
    if (value === 0 || hidden.has(place)) return []
    const fill = fills[place] ?? { colour: ground, texture: 0 }
    return [{ label, value: say(value), fill, isChosen: place === at.series }]
  })
  return (
    <BarsTip
      title={formatWholePeriod(periods[at.period] ?? '')}
      total={sayTotal({ series, say, unread }, at.period, hidden)}
      lines={lines.toReversed()}
      notes={[
        ...(unread[at.period] ? [`${capitalize(unread[at.period] ?? '')}.`] : []),
        ...(line === undefined ? [] : [`${line.label} ${say(line.value)}`]),
        ...notes.filter(({ period }) => period === periods[at.period]).map(({ text }) => text),
      ]}
      ground={ground}
      x={(column?.x ?? 0) + (column?.width ?? 0) / 2}
      width={layout.width}
    />
  )
}

function totalAt(series: readonly TimeSeries[], period: number, hidden: ReadonlySet<number>): number {
  return series.reduce((sum, { values }, place) => sum + (hidden.has(place) ? 0 : (values[period] ?? 0)), 0)
}

/** The total of a period; one without usage that was not read has a word and no zero. */
function sayTotal(
  { series, say, unread }: Pick<BarsContent, 'series' | 'say' | 'unread'>,
  period: number,
  hidden: ReadonlySet<number>,
): string {
  const total = totalAt(series, period, hidden)
  return total === 0 && unread[period] ? unread[period] : say(total)
}

/** The chosen part for screen readers: the day, the part, the total of the day, and its notes. */
function describe({ periods, series, say, notes, unread }: BarsContent, at: BarPart): string {
  const period = periods[at.period] ?? ''
  const part = series[at.series]
  const own = part === undefined ? '' : `, ${visibleText(part.label)}: ${say(part.values[at.period] ?? 0)}`
  const noted = notes.filter((note) => note.period === period).map(({ text }) => ` ${text}`)
  const read = unread[at.period] ? ` ${capitalize(unread[at.period] ?? '')}.` : ''
  const total = sayTotal({ series, say, unread }, at.period, NONE)
  return `${formatWholePeriod(period)}${own}. Total ${total}.${read}${noted.join('')}`
}
