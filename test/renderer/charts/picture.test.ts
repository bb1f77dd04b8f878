import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { pictureBars } from '../../../renderer/charts/bars-picture.ts'
import { printSvg } from '../../../renderer/charts/shapes.ts'
import { hostileText } from '../../shared/report/hostile-text.ts'

function print(name: string): string {
  const series = [
    { label: name, values: [1, 2], identity: { key: 'a' } },
    { label: 'Other', values: [3, 0], identity: null },
  ]
  const picture = pictureBars(
    {
      title: `Spend of ${name}`,
      about: 'October 2026, billed',
      madeOn: '2026-11-25',
      periods: ['2026-10-01', '2026-10-02'],
      series,
      say: (value) => `$${value}.00`,
      axis: (value) => `$${value}`,
      line: { label: 'Budget', value: 2 },
      notes: [{ period: '2026-10-02', text: name }],
    },
    'light',
    'Inter, sans-serif',
  )
  return printSvg(picture)
}

const tags = (svg: string): readonly string[] => svg.match(/<[a-z!/?][^>]*>/giu) ?? []

it('a saved chart has its title, what it shows, its date and its legend', () => {
  const svg = print('ChatBot')
  for (const text of ['Spend of ChatBot', 'October 2026, billed · made on 25 Nov 2026', '1 Oct', 'ChatBot: $3.00'])
    expect(svg).toContain(text)
  expect(svg).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/u)
})

it('names in a saved chart are text: they make no element, and no character that XML cannot hold', () => {
  const plain = tags(print('ChatBot'))
  fc.assert(
    fc.property(hostileText, (name) => {
      const svg = print(name)
      expect(tags(svg)).toEqual(plain)
      // oxlint-disable-next-line no-control-regex -- what must not be there
      expect(svg).not.toMatch(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|<script|\p{Cs}/iu)
    }),
    { numRuns: 60 },
  )
})
