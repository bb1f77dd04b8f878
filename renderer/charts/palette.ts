/** The colour scheme of a chart. */
export type ChartScheme = 'light' | 'dark'

/**
 * Six steps from young to old and one for "not known": petrol to rust over sand, distinguished by lightness as well as
 * by hue, so that they read the same to the colour-blind (after ColorBrewer's diverging BrBG, which is safe for all
 * three kinds). Neighbours are also parted by a line.
 */
const AGE: Readonly<Record<ChartScheme, readonly string[]>> = {
  light: ['#0d5b6b', '#4a9bab', '#c2e2e7', '#dba54a', '#a3541a', '#aab4be'],
  dark: ['#9adbe5', '#4fa6b5', '#1f6473', '#a87d2f', '#eab060', '#5d6975'],
}

/**
 * Eight kinds without an order, distinguishable for the colour-blind too (after Paul Tol's “muted”, lightened for the
 * dark scheme).
 */
const CATEGORY: Readonly<Record<ChartScheme, readonly string[]>> = {
  light: ['#332288', '#88ccee', '#117733', '#ddcc77', '#cc6677', '#44aa99', '#882255', '#999933'],
  dark: ['#8f86e8', '#a5dcf7', '#3c9a5f', '#e3d48a', '#d97b8b', '#5cc0ae', '#b45c8c', '#b3b34d'],
}

export interface ChartColours {
  readonly category: readonly string[]
  /** The sum of the remaining categories. */
  readonly rest: string
  readonly age: readonly string[]
  readonly text: string
  readonly grid: string
  readonly surface: string
}

export function chartColours(scheme: ChartScheme): ChartColours {
  return scheme === 'light'
    ? {
        age: AGE.light,
        category: CATEGORY.light,
        rest: '#aab4be',
        text: '#3d4957',
        grid: '#e1e6eb',
        surface: '#ffffff',
      }
    : { age: AGE.dark, category: CATEGORY.dark, rest: '#5d6975', text: '#b7c1cc', grid: '#27313c', surface: '#19212a' }
}
