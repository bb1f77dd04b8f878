/** The colour scheme of a chart. */
export type ChartScheme = 'light' | 'dark'

/**
 * Eight colours for things without an order, at least 16 apart (CIEDE2000) for every kind of colour vision, at least 3 : 1
 * on the surface, and distinct from the colours of clients. Found by search; `chart-fills.test.ts` measures them.
 */
const IDENTITY: Readonly<Record<ChartScheme, readonly string[]>> = {
  light: ['#5e1865', '#7885f8', '#c3759e', '#9b980b', '#740529', '#6646cf', '#5e6f18', '#b7376b'],
  dark: ['#bedf0d', '#42ebd1', '#c8368f', '#237b4d', '#829821', '#c5aaf7', '#6770f8', '#fc8999'],
}

export interface ChartColours {
  readonly identity: readonly string[]
  /** The sum of the remaining things. */
  readonly rest: string
  readonly text: string
  readonly grid: string
  readonly surface: string
}

export function chartColours(scheme: ChartScheme): ChartColours {
  return scheme === 'light'
    ? {
        identity: IDENTITY.light,
        rest: '#aab4be',
        text: '#3d4957',
        grid: '#e1e6eb',
        surface: '#ffffff',
      }
    : { identity: IDENTITY.dark, rest: '#5d6975', text: '#b7c1cc', grid: '#27313c', surface: '#19212a' }
}

/** A number for a text that is the same everywhere and always (FNV-1a, 32 bits). */
function hash(text: string): number {
  let sum = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193) >>> 0
  // The low bits of short texts are alike without this.
  return (sum ^ (sum >>> 15)) >>> 0
}

/** How a part of a chart is filled: a colour, and a texture where another part has the same colour. */
export interface Fill {
  readonly colour: string
  /** 0 is plain; others are stripes in different directions. */
  readonly texture: number
}

export const TEXTURES = 4

/** The distance of two stripes in pixels. */
export const STRIPE_PX = 6

/** The direction of the stripes of each texture, in degrees. */
export const STRIPE_DEGREES: readonly number[] = [0, 45, 135, 0]

/** The width of a stripe in pixels, and how much of the ground shows in it. */
export const STRIPE_WIDTH = 1.5
export const STRIPE_OPACITY = 0.7

/** The identity of a part of a chart: its colour follows from it, never from its rank. */
export interface Identity {
  /** One key for a thing in every period and view. */
  readonly key: string
  /** A colour of its own, such as a client's; as in the light scheme. */
  readonly own?: string | undefined
}

/**
 * The fills of the parts of a chart. A thing keeps its colour whatever else is shown; where two share one, those with the
 * later keys are striped. Null is the sum of what is not shown.
 */
export function identityFills(parts: readonly (Identity | null)[], scheme: ChartScheme): readonly Fill[] {
  const { identity, rest } = chartColours(scheme)
  const coloured = parts.map((part, at) => {
    const colour =
      part === null
        ? rest
        : part.own === undefined
          ? (identity[hash(part.key) % identity.length] ?? rest)
          : shownClientColour(part.own, scheme)
    return { at, key: part?.key ?? '', colour }
  })
  const textures = new Map<number, number>()
  for (const alike of Map.groupBy(coloured, ({ colour }) => colour).values()) {
    const sorted = alike.toSorted((x, y) => (x.key < y.key ? -1 : 1))
    for (const [texture, { at }] of sorted.entries()) textures.set(at, texture % TEXTURES)
  }
  return coloured.map(({ at, colour }) => ({ colour, texture: textures.get(at) ?? 0 }))
}

/** How much of a client's colour is left where it is lightened for the dark scheme. */
const KEPT = 0.72

/** A client's colour in a scheme: lighter in the dark one, as its dot is. `#rrggbb`; anything else stays as it is. */
function shownClientColour(colour: string, scheme: ChartScheme): string {
  if (scheme === 'light' || !/^#[0-9a-f]{6}$/iu.test(colour)) return colour
  const part = (at: number): string =>
    Math.round(Number.parseInt(colour.slice(at, at + 2), 16) * KEPT + 255 * (1 - KEPT))
      .toString(16)
      .padStart(2, '0')
  return `#${part(1)}${part(3)}${part(5)}`
}
