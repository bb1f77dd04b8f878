import { useComputedColorScheme } from '@mantine/core'
import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  Legend,
  LinearScale,
  Tooltip,
  type ChartOptions,
} from 'chart.js'
import { useEffect, useRef, type ReactElement } from 'react'

import { visibleText } from '../ui/text.ts'
import { chartFont } from './font.ts'
import { chartColours, type ChartColours } from './palette.ts'

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Legend, Tooltip)

export interface BarSeries {
  readonly label: string
  /** One for each row, in the same order. */
  readonly values: readonly number[]
}

interface StackedBarsProps {
  /** One bar each, top to bottom. */
  readonly rows: readonly string[]
  /** The parts of each bar, from the axis outwards; at most six. */
  readonly series: readonly BarSeries[]
  /** The picture in a sentence, for screen readers. The table has the numbers. */
  readonly summary: string
  readonly unit: string
}

const BAR_PX = 30
const AROUND_PX = 74

/** Horizontal stacked bars on a canvas; colours follow the scheme. */
export function StackedBars({ rows, series, summary, unit }: StackedBarsProps): ReactElement {
  const canvas = useRef<HTMLCanvasElement>(null)
  const scheme = useComputedColorScheme('light')
  useEffect(() => {
    if (canvas.current === null) return undefined
    const colours = chartColours(scheme)
    const chart = new Chart(canvas.current, {
      type: 'bar',
      data: {
        labels: rows.map(visibleText),
        datasets: series.map((each, index) => ({
          label: each.label,
          data: [...each.values],
          backgroundColor: colours.age[index % colours.age.length] ?? colours.text,
          borderColor: colours.surface,
          borderWidth: { right: 1.5, left: 0, top: 0, bottom: 0 },
          borderSkipped: false,
        })),
      },
      options: toOptions(colours, unit),
    })
    return () => chart.destroy()
  }, [rows, series, scheme, unit])
  return (
    <div className="c-chart" style={{ height: rows.length * BAR_PX + AROUND_PX }}>
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a script draws it, so it cannot be an img element */}
      <canvas ref={canvas} role="img" aria-label={summary} />
    </div>
  )
}

function toOptions(colours: ChartColours, unit: string): ChartOptions<'bar'> {
  const font = chartFont()
  return {
    font,
    indexAxis: 'y',
    responsive: true,
    maintainAspectRatio: false,
    animation: false,
    datasets: { bar: { barThickness: 17 } },
    scales: {
      x: {
        stacked: true,
        beginAtZero: true,
        ticks: { color: colours.text, font, precision: 0 },
        grid: { color: colours.grid },
        border: { display: false },
      },
      y: {
        stacked: true,
        ticks: { color: colours.text, font, autoSkip: false },
        grid: { display: false },
        border: { color: colours.grid },
      },
    },
    plugins: {
      legend: {
        position: 'bottom',
        align: 'start',
        labels: { color: colours.text, font, boxWidth: 12, boxHeight: 12, padding: 14 },
      },
      tooltip: { mode: 'index', axis: 'y', callbacks: { footer: (items) => getTotal(items, unit) } },
    },
  }
}

function getTotal(items: readonly { readonly parsed: { readonly x: number | null } }[], unit: string): string {
  const total = items.reduce((sum, item) => sum + (item.parsed.x ?? 0), 0)
  return `${total} ${unit}`
}
