import { useComputedColorScheme } from '@mantine/core'
import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  Legend,
  LinearScale,
  Tooltip,
  type ChartData,
  type ChartOptions,
} from 'chart.js'
import {
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactElement,
  type RefObject,
} from 'react'

import { visibleText } from '../ui/text.ts'
import { toImage } from './image.ts'
import { chartFont } from './font.ts'
import { chartColours, type ChartColours } from './palette.ts'
import type { BarSeries } from './stacked-bars.tsx'

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Legend, Tooltip)

/** A part of a bar, by series and period. */
export interface BarPart {
  readonly series: number
  readonly period: number
}

interface TimeBarsProps {
  /** Days or months, first to last. */
  readonly periods: readonly string[]
  /** The parts of each bar, from the axis upwards; parts beyond eight have the colour of the rest. */
  readonly series: readonly BarSeries[]
  /** The picture in a sentence, for screen readers. The table has the numbers. */
  readonly summary: string
  /** A number with its unit. */
  readonly say: (value: number) => string
  /** Opens a part: by a click, or by the arrow keys and Enter. */
  readonly open: (part: BarPart) => void
  /** Receives the function that makes an image of the picture, and null when the picture is removed. */
  readonly drawn: (image: (() => Promise<Blob>) | null) => void
}

/** Upright stacked bars over time on a canvas; colours follow the scheme. */
export function TimeBars({ periods, series, summary, say, open, drawn }: TimeBarsProps): ReactElement {
  const canvas = useRef<HTMLCanvasElement>(null)
  const picture = useRef<{ readonly chart: Chart<'bar'>; readonly scheme: string } | null>(null)
  const opening = useRef(open)
  const saying = useRef(say)
  const [at, setAt] = useState<BarPart | null>(null)
  const scheme = useComputedColorScheme('light')
  useEffect(() => {
    opening.current = open
  }, [open])
  // Other numbers go into the existing picture: making a new one takes several times as long.
  // Drawn together with the page around it, not after it.
  useLayoutEffect(() => {
    if (canvas.current === null) return
    saying.current = say
    const colours = chartColours(scheme)
    const data = readData(periods, series, colours)
    const stands = picture.current
    if (stands?.scheme === scheme) {
      stands.chart.setActiveElements([])
      stands.chart.tooltip?.setActiveElements([], { x: 0, y: 0 })
      stands.chart.data = data
      stands.chart.update('none')
      return
    }
    stands?.chart.destroy()
    const chart = new Chart(canvas.current, { type: 'bar', data, options: toOptions(colours, saying, opening) })
    picture.current = { chart, scheme }
    drawn(() => toImage(chart.canvas, colours.surface))
  }, [periods, series, scheme, say, drawn])
  useEffect(
    () => () => {
      picture.current?.chart.destroy()
      picture.current = null
      drawn(null)
    },
    [drawn],
  )

  const go = (part: BarPart): void => {
    setAt(part)
    const place = [{ datasetIndex: part.series, index: part.period }]
    const chart = picture.current?.chart
    chart?.setActiveElements(place)
    chart?.tooltip?.setActiveElements(place, { x: 0, y: 0 })
    chart?.update('none')
  }
  const press = (event: KeyboardEvent): void => {
    const step = STEPS[event.key]
    const now = at ?? { series: 0, period: periods.length - 1 }
    if (event.key === 'Enter' && at !== null) open(at)
    else if (step === undefined) return
    else if (at === null) go(now)
    else {
      go({
        series: between(now.series + step.series, series.length),
        period: between(now.period + step.period, periods.length),
      })
    }
    event.preventDefault()
  }
  const part = at === null ? undefined : series[at.series]
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions, jsx-a11y/no-noninteractive-element-interactions -- a group whose bars the arrow keys move through; the reasons are below
    <div
      className="c-chart"
      style={{ height: HEIGHT_PX }}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- it contains no form, so it is not a fieldset
      role="group"
      aria-label="Bars: arrow keys choose a part, Enter opens it"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the keyboard has no other way to the bars
      tabIndex={0}
      onKeyDown={press}
    >
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a script draws it, so it cannot be an img element */}
      <canvas ref={canvas} role="img" aria-label={summary} />
      <span className="c-visually-hidden" aria-live="polite">
        {at === null || part === undefined
          ? ''
          : `${periods[at.period] ?? ''}, ${visibleText(part.label)}: ${say(part.values[at.period] ?? 0)}`}
      </span>
    </div>
  )
}

const HEIGHT_PX = 300

const STEPS: Readonly<Record<string, BarPart>> = {
  ArrowLeft: { series: 0, period: -1 },
  ArrowRight: { series: 0, period: 1 },
  ArrowUp: { series: 1, period: 0 },
  ArrowDown: { series: -1, period: 0 },
}

function between(place: number, count: number): number {
  return Math.max(0, Math.min(count - 1, place))
}

function readData(periods: readonly string[], series: readonly BarSeries[], colours: ChartColours): ChartData<'bar'> {
  return {
    labels: [...periods],
    datasets: series.map((each, index) => ({
      label: visibleText(each.label),
      data: [...each.values],
      backgroundColor: colours.category[index] ?? colours.rest,
      borderColor: colours.surface,
      borderWidth: { top: 1, left: 0, right: 0, bottom: 0 },
      borderSkipped: false,
    })),
  }
}

/** Label and action are looked up at each use: a picture outlives the numbers that it was made with. */
function toOptions(
  colours: ChartColours,
  saying: RefObject<TimeBarsProps['say']>,
  opening: RefObject<TimeBarsProps['open']>,
): ChartOptions<'bar'> {
  const say = (value: number): string => saying.current(value)
  const font = chartFont()
  return {
    font,
    responsive: true,
    maintainAspectRatio: false,
    animation: false,
    interaction: { mode: 'nearest', intersect: true },
    onClick: (_, [hit]) => {
      if (hit) opening.current({ series: hit.datasetIndex, period: hit.index })
    },
    scales: {
      x: {
        stacked: true,
        ticks: { color: colours.text, font, maxRotation: 0, autoSkipPadding: 14 },
        grid: { display: false },
        border: { color: colours.grid },
      },
      y: {
        stacked: true,
        beginAtZero: true,
        ticks: { color: colours.text, font, maxTicksLimit: 6, callback: (value) => say(Number(value)) },
        grid: { color: colours.grid },
        border: { display: false },
      },
    },
    plugins: {
      legend: {
        position: 'bottom',
        align: 'start',
        labels: { color: colours.text, font, boxWidth: 12, boxHeight: 12, padding: 12 },
      },
      tooltip: { callbacks: { label: ({ dataset, parsed }) => ` ${dataset.label ?? ''}: ${say(parsed.y ?? 0)}` } },
    },
  }
}
