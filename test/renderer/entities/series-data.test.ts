import { describe, expect, it } from 'vitest'

import { makeAxisFormatter, makeFormatter, toKindLines, toLines } from '../../../renderer/entities/series-data.ts'

const NOTHING = { requests: 0, input: 0, cached: 0, cacheWrite: 0, output: 0, cost: 0, estimate: 0 }
const SUMS = { total: 3, cost: 3, estimate: 0 }

describe('the series of usage over time', () => {
  const series = {
    periods: ['2026-11-01', '2026-11-02'],
    lines: [{ rowKey: '7', name: null, ref: null, client: null, values: [1, 2], ...SUMS }],
    other: { count: 12, values: [0, 3], ...SUMS },
    totals: [{ ...NOTHING, input: 100, cached: 60, cacheWrite: 10, output: 5 }, NOTHING],
    read: ['whole' as const, 'whole' as const],
    today: '2026-12-01',
  }

  it('label usage without a value and the rest, which cannot be opened', () => {
    expect(toLines(series, 'project').map(({ label, rowKey }) => [label, rowKey])).toEqual([
      ['No project', '7'],
      ['Other (12)', null],
    ])
    expect(toLines({ ...series, other: null }, 'project')).toHaveLength(1)
  })

  it('split tokens by kind so that they add up to the total', () => {
    expect(toKindLines(series).map(({ values }) => values[0])).toEqual([30, 60, 10, 5])
  })
})

it('an estimate is marked, tokens are short, and the axis has round numbers', () => {
  expect(makeFormatter('estimate')(1_500_000)).toBe('≈ $1.50')
  expect(makeFormatter('cost')(1_500_000)).toBe('$1.50')
  expect(makeFormatter('tokens')(7_412_000_000)).toBe('7.4 B')
  expect([500_000, 20_000_000, 1_500_000_000].map(makeAxisFormatter('cost'))).toEqual(['$0.5', '$20', '$1,500'])
})

it('a line has the colour of its client only where clients are compared', () => {
  const client = { slug: 'acme', name: 'Acme', colour: '#332288' }
  const series = {
    periods: ['2026-11-01'],
    lines: [{ rowKey: '7', name: 'Acme', ref: null, client, values: [1], ...SUMS }],
    other: null,
    totals: [NOTHING],
    read: ['whole' as const],
    today: '2026-12-01',
  }
  expect(toLines(series, 'client')[0]?.identity).toEqual({ key: 'client 7', own: '#332288' })
  expect(toLines(series, 'project')[0]?.identity).toEqual({ key: 'project 7', own: undefined })
})
