/** A part of a bar, by series and period. */
export interface BarPart {
  readonly series: number
  readonly period: number
}

interface Bar extends BarPart {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** The place of one period: the whole height of the plot is its target for a pointer. */
interface BarColumn {
  readonly x: number
  readonly width: number
  /** The upper end of its bar. */
  readonly top: number
}

/** Upright stacked bars in pixels from the upper left corner. */
export interface BarsLayout {
  readonly width: number
  readonly height: number
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  readonly bars: readonly Bar[]
  readonly columns: readonly BarColumn[]
  /** Lines of the grid with their values, from 0 up. */
  readonly ticks: readonly { readonly value: number; readonly y: number }[]
  /** The periods whose label has room. */
  readonly labelled: readonly number[]
  /** The height of the line across; null without one. */
  readonly lineY: number | null
}

interface BarsInput {
  readonly periods: number
  /** One number for each period and series; those below zero, which are credits, have no height. */
  readonly series: readonly (readonly number[])[]
  readonly width: number
  readonly height: number
  /** The value of a line across, which is within the scale. */
  readonly line?: number | undefined
}

const LEFT = 62
const RIGHT = 12
const TOP = 18
const BOTTOM = 26

/** The room of one label below. */
const LABEL_PX = 58

/** The part of a column that its bar fills. */
const BAR_SHARE = 0.74
const MOST_BAR_PX = 46

/** The gap between the parts of a bar, taken from the upper one where it is high enough. */
const GAP_PX = 1

export function layoutBars({ periods, series, width, height, line }: BarsInput): BarsLayout {
  const totals = Array.from({ length: periods }, (_, at) =>
    series.reduce((sum, values) => sum + Math.max(0, values[at] ?? 0), 0),
  )
  const most = Math.max(1, line ?? 0, ...totals)
  const step = niceStep(most)
  const top = Math.ceil(most / step) * step
  const bottom = height - BOTTOM
  const toY = (value: number): number => rounded(bottom - (value / top) * (bottom - TOP))
  const slot = (width - LEFT - RIGHT) / Math.max(1, periods)
  const barWidth = Math.min(MOST_BAR_PX, slot * BAR_SHARE)
  const bars: Bar[] = []
  const columns = totals.map((total, period): BarColumn => {
    const x = LEFT + slot * period
    let below = 0
    for (const [at, values] of series.entries()) {
      const value = Math.max(0, values[period] ?? 0)
      if (value === 0) continue
      const [from, to] = [toY(below), toY(below + value)]
      below += value
      const gap = from - to > 3 * GAP_PX && from < bottom ? GAP_PX : 0
      bars.push({
        series: at,
        period,
        x: rounded(x + (slot - barWidth) / 2),
        y: to,
        width: rounded(barWidth),
        height: rounded(Math.max(0, from - to - gap)),
      })
    }
    return { x: rounded(x), width: rounded(slot), top: toY(total) }
  })
  const every = Math.max(1, Math.ceil(LABEL_PX / Math.max(1, slot)))
  return {
    width,
    height,
    left: LEFT,
    right: width - RIGHT,
    top: TOP,
    bottom,
    bars,
    columns,
    ticks: Array.from({ length: Math.round(top / step) + 1 }, (_, n) => ({ value: n * step, y: toY(n * step) })),
    labelled: totals.flatMap((_, at) => (at % every === 0 ? [at] : [])),
    lineY: line === undefined ? null : toY(line),
  }
}

/** A step of 1, 2 or 5 times a power of ten, so that about four of them make the whole. */
function niceStep(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most / 4))
  return ([1, 2, 5].find((step) => step * power * 5 >= most) ?? 10) * power
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10
}
