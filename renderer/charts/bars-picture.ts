import { formatDay, formatPeriod } from '../../shared/domain/text/dates.ts'
import { visibleText } from '../ui/text.ts'
import { layoutBars } from './bars-layout.ts'
import { chartColours, identityFills, type ChartScheme } from '../../shared/report/chart-fills.ts'
import type { Picture, Shape } from './shapes.ts'
import type { ChartLine, ChartNote, TimeSeries } from './time-bars.tsx'

/** A chart with all that a reader of the file needs, who does not see the window. */
interface PicturedBars {
  readonly title: string
  /** The subject: the period, the source. */
  readonly about: string
  /** The day on which it is made, in ISO. */
  readonly madeOn: string
  readonly periods: readonly string[]
  readonly series: readonly TimeSeries[]
  readonly say: (value: number) => string
  readonly axis: (value: number) => string
  readonly line?: ChartLine | undefined
  readonly notes?: readonly ChartNote[] | undefined
}

const WIDTH = 1200
const MARGIN = 24
const CHART_TOP = 78
const CHART_HEIGHT = 420
const LEGEND_ROW = 22
const LEGEND_COLUMNS = 3
const MOST_CHARACTERS = 40

/** Upright stacked bars as a picture with title, source, date and legend. */
export function pictureBars(of: PicturedBars, scheme: ChartScheme, font: string): Picture {
  const { title, about, madeOn, periods, series, say, axis, line, notes = [] } = of
  const { text: ink, grid, surface } = chartColours(scheme)
  const fills = identityFills(
    series.map(({ identity }) => identity),
    scheme,
  )
  const width = WIDTH - 2 * MARGIN
  const layout = layoutBars({
    periods: periods.length,
    series: series.map(({ values }) => values),
    width,
    height: CHART_HEIGHT,
    line: line?.value,
  })
  const word = (x: number, y: number, text: string, change: Partial<Extract<Shape, { kind: 'text' }>> = {}): Shape => {
    return {
      kind: 'text',
      x,
      y,
      text: visibleText(text),
      colour: ink,
      anchor: 'start',
      size: 12,
      bold: false,
      ...change,
    }
  }
  const across = (y: number, colour: string, dashed: boolean): Shape => {
    return { kind: 'line', x1: MARGIN + layout.left, x2: MARGIN + layout.right, y1: y, y2: y, colour, dashed }
  }
  const noted = new Set(notes.map(({ period }) => period))
  const legendTop = CHART_TOP + CHART_HEIGHT + 18
  const shapes: Shape[] = [
    word(MARGIN, 36, title, { size: 19, bold: true }),
    word(MARGIN, 58, `${about} · made on ${formatDay(madeOn)} with Castellan`, { size: 13 }),
    ...layout.ticks.flatMap(({ value, y }): Shape[] => [
      across(CHART_TOP + y, grid, false),
      word(MARGIN + layout.left - 8, CHART_TOP + y + 4, axis(value), { anchor: 'end' }),
    ]),
    ...layout.bars.map((bar): Shape => {
      const fill = fills[bar.series] ?? { colour: ink, texture: 0 }
      return { kind: 'bar', x: MARGIN + bar.x, y: CHART_TOP + bar.y, width: bar.width, height: bar.height, fill }
    }),
    ...layout.columns.flatMap(({ x, width: slot, top }, at): Shape[] => {
      const middle = MARGIN + x + slot / 2
      return [
        ...(layout.labelled.includes(at)
          ? [word(middle, CHART_TOP + CHART_HEIGHT - 8, formatPeriod(periods[at] ?? ''), { anchor: 'middle' })]
          : []),
        ...(noted.has(periods[at] ?? '') ? [word(middle, CHART_TOP + top - 4, '▲', { anchor: 'middle' })] : []),
      ]
    }),
    ...(line === undefined || layout.lineY === null
      ? []
      : [
          across(CHART_TOP + layout.lineY, ink, true),
          word(MARGIN + layout.right - 4, CHART_TOP + layout.lineY - 6, `${line.label} ${say(line.value)}`, {
            anchor: 'end',
          }),
        ]),
    ...series.flatMap(({ label, values }, at): Shape[] => {
      const x = MARGIN + (at % LEGEND_COLUMNS) * (width / LEGEND_COLUMNS)
      const y = legendTop + Math.floor(at / LEGEND_COLUMNS) * LEGEND_ROW
      const total = values.reduce((sum, value) => sum + value, 0)
      const fill = fills[at] ?? { colour: ink, texture: 0 }
      return [
        { kind: 'bar', x, y: y - 10, width: 12, height: 12, fill },
        word(x + 19, y, `${shortened(visibleText(label))}: ${say(total)}`),
      ]
    }),
  ]
  const rows = Math.ceil(series.length / LEGEND_COLUMNS)
  return { width: WIDTH, height: legendTop + rows * LEGEND_ROW + 8, ground: surface, font, title, shapes }
}

function shortened(text: string): string {
  const characters = Array.from(text)
  return characters.length <= MOST_CHARACTERS ? text : `${characters.slice(0, MOST_CHARACTERS - 1).join('')}…`
}
