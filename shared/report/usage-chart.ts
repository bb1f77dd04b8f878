import { formatPeriod } from '../domain/text/dates.ts'
import { toDollars } from '../domain/text/money.ts'
import type { DocumentChart } from './usage-document.ts'

export interface ChartBar {
  readonly series: number
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface ChartMark {
  readonly text: string
  readonly x: number
  readonly y: number
}

/** A chart of stacked bars in units of its own; the renderer scales it. */
export interface ChartLayout {
  readonly width: number
  readonly height: number
  readonly left: number
  readonly right: number
  readonly bars: readonly ChartBar[]
  /** Grid lines, with their values. */
  readonly marks: readonly ChartMark[]
  readonly labels: readonly ChartMark[]
}

const WIDTH = 920
const HEIGHT = 260
const LEFT = 76
const RIGHT = 18
const TOP = 10
const BOTTOM = 28

/** The most labels that fit below. */
const MOST_LABELS = 11

/** Bars are stacked in the order of the series, so that the colours of two days compare. */
export function chartLayout({ labels, series }: DocumentChart): ChartLayout {
  const totals = labels.map((_, at) => series.reduce((sum, { values }) => sum + Math.max(0, values[at] ?? 0), 0))
  const step = niceStep(Math.max(1, ...totals))
  const top = Math.max(step, Math.ceil(Math.max(1, ...totals) / step) * step)
  const plot = HEIGHT - TOP - BOTTOM
  const slot = (WIDTH - LEFT - RIGHT) / Math.max(1, labels.length)
  const scaled = (value: number): number => rounded((value / top) * plot)
  const bars = labels.flatMap((_, at) => {
    let below = 0
    return series.flatMap(({ values }, number): ChartBar[] => {
      const value = Math.max(0, values[at] ?? 0)
      if (value === 0) return []
      const from = scaled(below)
      below += value
      const height = rounded(scaled(below) - from)
      const x = rounded(LEFT + slot * (at + 0.12))
      return [{ series: number, x, y: rounded(HEIGHT - BOTTOM - from - height), width: rounded(slot * 0.76), height }]
    })
  })
  const every = Math.ceil(labels.length / MOST_LABELS)
  return {
    width: WIDTH,
    height: HEIGHT,
    left: LEFT,
    right: WIDTH - RIGHT,
    bars,
    marks: Array.from({ length: Math.round(top / step) + 1 }, (_, n) => ({
      text: markText(n * step),
      x: LEFT - 8,
      y: rounded(HEIGHT - BOTTOM - scaled(n * step)),
    })),
    labels: labels.flatMap((text, at) =>
      at % every === 0 ? [{ text: formatPeriod(text), x: rounded(LEFT + slot * (at + 0.5)), y: HEIGHT - 8 }] : [],
    ),
  }
}

/** A step of 1, 2 or 5 times a power of ten, so that about four of them make the whole. */
function niceStep(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most / 4))
  return ([1, 2, 5].find((step) => step * power * 5 >= most) ?? 10) * power
}

function markText(micro: number): string {
  const dollars = toDollars(micro)
  return dollars >= 10 || Number.isInteger(dollars)
    ? String(Math.round(dollars))
    : String(Number(dollars.toPrecision(2)))
}

/** Two decimal places: the same text on every machine. */
function rounded(value: number): number {
  return Math.round(value * 100) / 100
}
