import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, it } from 'vitest'

const CSS = readFileSync(join(import.meta.dirname, '../../../renderer/ui/tokens.css'), 'utf8')

/** The colours of a scheme by name. */
function listColours(scheme: 'light' | 'dark'): ReadonlyMap<string, string> {
  const [, block = ''] = CSS.split(`:root[data-mantine-color-scheme='${scheme}'] {`)
  const [inside = ''] = block.split('\n}')
  return new Map([...inside.matchAll(/--([\w-]+): (#[0-9a-f]{6});/gu)].map(([, name = '', hex = '']) => [name, hex]))
}

/** Relative luminance (WCAG 2.2). */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

const TEXT_ON = [
  ['text', 'paper'],
  ['text', 'surface'],
  ['text', 'surface-selected'],
  ['text-quiet', 'paper'],
  ['text-quiet', 'surface'],
  ['text-quiet', 'surface-hover'],
  ['text-placeholder', 'surface'],
  ['accent-text', 'surface'],
  ['rail-text', 'rail'],
  ['rail-text', 'rail-active'],
  ...['bad', 'warn', 'good', 'info', 'quiet', 'sample'].flatMap((tone) => [
    [`${tone}-text`, `${tone}-fill`],
    [`${tone}-text`, 'surface'],
  ]),
] as const

const EDGE_ON = [
  ['field-line', 'surface'],
  ['field-line', 'paper'],
  ['accent-line', 'surface'],
  ['accent-line', 'paper'],
] as const

it.each(['light', 'dark'] as const)('texts and edges of fields have enough contrast in the %s scheme', (scheme) => {
  const colours = listColours(scheme)
  const findPale = (pairs: readonly (readonly string[])[], least: number): readonly string[] =>
    pairs
      .filter(([above = '', below = '']) => contrast(colours.get(above) ?? '', colours.get(below) ?? '') < least)
      .map((pair) => pair.join(' on '))
  expect(colours.size).toBeGreaterThan(30)
  expect(findPale(TEXT_ON, 4.5)).toEqual([])
  expect(findPale(EDGE_ON, 3)).toEqual([])
})
