/** Which of the two schemes a chart is drawn for. */
export type ChartScheme = 'light' | 'dark'

/**
 * Six steps from young to old and one for "not known": petrol to rust over sand, told apart by lightness as well as by
 * hue, so that they read the same to the colour-blind (after ColorBrewer's diverging BrBG, which is safe for all three
 * kinds). Neighbours are also parted by a line.
 */
const AGE: Readonly<Record<ChartScheme, readonly string[]>> = {
  light: ['#0d5b6b', '#4a9bab', '#c2e2e7', '#dba54a', '#a3541a', '#aab4be'],
  dark: ['#9adbe5', '#4fa6b5', '#1f6473', '#a87d2f', '#eab060', '#5d6975'],
}

export interface ChartColours {
  readonly age: readonly string[]
  readonly text: string
  readonly grid: string
  readonly surface: string
}

export function chartColours(scheme: ChartScheme): ChartColours {
  return scheme === 'light'
    ? { age: AGE.light, text: '#3d4957', grid: '#e1e6eb', surface: '#ffffff' }
    : { age: AGE.dark, text: '#b7c1cc', grid: '#27313c', surface: '#19212a' }
}
