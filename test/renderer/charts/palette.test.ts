import { expect, it } from 'vitest'

import { chartColours } from '../../../renderer/charts/palette.ts'
import { AGE_BANDS } from '../../../shared/contract/overview.ts'

/** Relative luminance (WCAG 2.2). */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

it.each(['light', 'dark'] as const)('each age band has a colour with readable labels, in the %s scheme', (scheme) => {
  const { age, text, surface } = chartColours(scheme)
  expect(new Set(age).size).toBe(AGE_BANDS.length)
  expect(contrast(text, surface)).toBeGreaterThanOrEqual(4.5)
  // Neighbours differ in lightness too, so that they are distinguishable without colour.
  age.slice(1, 5).forEach((colour, index) => expect(contrast(colour, age[index]!)).toBeGreaterThan(1.2))
})

it.each(['light', 'dark'] as const)(
  'eight kinds differ from each other, the rest and the background, in the %s scheme',
  (scheme) => {
    const { category, rest, surface } = chartColours(scheme)
    expect(new Set([...category, rest, surface]).size).toBe(10)
    for (const colour of category) expect(contrast(colour, surface)).toBeGreaterThan(1.4)
  },
)
