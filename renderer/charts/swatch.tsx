import { useId, type ReactElement } from 'react'

import {
  STRIPE_DEGREES,
  STRIPE_OPACITY,
  STRIPE_PX,
  STRIPE_WIDTH,
  TEXTURES,
  type Fill,
} from '../../shared/report/chart-fills.ts'

/** The `id` of the pattern of a texture in a picture. */
function patternOf(picture: string, { colour, texture }: Fill): string {
  return `${picture}-${texture}-${colour.replaceAll(/[^0-9a-z]/giu, '')}`
}

/** How a part is filled: a colour, or a pattern that `Patterns` defines. */
export function toFill(picture: string, fill: Fill): string {
  return fill.texture === 0 ? fill.colour : `url(#${patternOf(picture, fill)})`
}

interface PatternsProps {
  readonly picture: string
  readonly fills: readonly Fill[]
  readonly ground: string
}

/** The striped patterns of a picture. */
export function Patterns({ picture, fills, ground }: PatternsProps): ReactElement | null {
  const striped = new Map(
    fills.flatMap((fill) => (fill.texture === 0 ? [] : [[patternOf(picture, fill), fill] as const])),
  )
  if (striped.size === 0) return null
  return (
    <defs>
      {[...striped].map(([id, { colour, texture }]) => (
        <pattern
          key={id}
          id={id}
          width={STRIPE_PX}
          height={STRIPE_PX}
          patternUnits="userSpaceOnUse"
          patternTransform={`rotate(${STRIPE_DEGREES[texture % TEXTURES] ?? 0})`}
        >
          <rect width={STRIPE_PX} height={STRIPE_PX} fill={colour} />
          <rect width={STRIPE_WIDTH} height={STRIPE_PX} fill={ground} fillOpacity={STRIPE_OPACITY} />
        </pattern>
      ))}
    </defs>
  )
}

const SIZE = 12

/** The fill of a part beside its name. */
export function Swatch({ fill, ground }: { readonly fill: Fill; readonly ground: string }): ReactElement {
  const id = useId()
  return (
    <svg width={SIZE} height={SIZE} aria-hidden focusable="false">
      <Patterns picture={id} fills={[fill]} ground={ground} />
      <rect width={SIZE} height={SIZE} rx={2} fill={toFill(id, fill)} />
    </svg>
  )
}
