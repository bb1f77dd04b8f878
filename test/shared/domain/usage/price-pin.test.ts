import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { costOfTokens, findPin, type PricePin } from '../../../../shared/domain/usage/price-pin.ts'

const MODELS = ['gpt-5.4', 'gpt-5.4-2026-03-05', 'claude-sonnet-5'] as const

const pin: fc.Arbitrary<PricePin> = fc.record({
  clientId: fc.constantFrom(null, 1, 2),
  model: fc.constantFrom(...MODELS),
  from: fc.integer({ min: 20_000, max: 20_010 }),
  input: fc.nat(30_000_000),
  cached: fc.nat(3_000_000),
  cacheWrite: fc.nat(40_000_000),
  output: fc.nat(90_000_000),
})

const tokens = fc
  .record({
    cached: fc.nat(10_000_000_000),
    cacheWrite: fc.nat(10_000_000_000),
    plain: fc.nat(10_000_000_000),
    output: fc.nat(10_000_000_000),
  })
  .map(({ cached, cacheWrite, plain, output }) => ({ cached, cacheWrite, input: cached + cacheWrite + plain, output }))

describe('the price that applies', () => {
  it('is the client’s before one for all, the exact model’s before its family’s, the latest start, whatever the order', () => {
    fc.assert(
      fc.property(
        fc.array(pin, { maxLength: 12 }),
        fc.constantFrom(...MODELS),
        fc.integer({ min: 19_999, max: 20_011 }),
        (pins, model, day) => {
          const found = findPin(pins, { clientId: 1, model, day })
          const fitting = pins.filter(
            (one) =>
              one.from <= day &&
              one.clientId !== 2 &&
              (one.model === model || (one.model === 'gpt-5.4' && model.startsWith('gpt-5.4'))),
          )
          const group = (client: number | null, exact: boolean): PricePin[] =>
            fitting.filter((one) => one.clientId === client && (one.model === model) === exact)
          const best =
            [group(1, true), group(1, false), group(null, true), group(null, false)].find(({ length }) => length > 0) ??
            []
          expect(found?.from).toBe(best.length === 0 ? undefined : Math.max(...best.map(({ from }) => from)))
          expect(found === null || best.includes(found)).toBe(true)
        },
      ),
    )
  })

  it('of a dated model does not apply to the others', () => {
    const dated = {
      clientId: null,
      model: 'gpt-5.4-2026-03-05',
      from: 0,
      input: 1,
      cached: 1,
      cacheWrite: 1,
      output: 1,
    }
    expect(findPin([dated], { clientId: 1, model: 'gpt-5.4', day: 20_000 })).toBeNull()
    expect(findPin([dated], { clientId: 1, model: 'GPT-5.4-2026-03-05', day: 20_000 })).toBe(dated)
  })
})

describe('what tokens cost', () => {
  it('is exact: parts of a sum cost what the sum costs, to half a micro-dollar for each part', () => {
    fc.assert(
      fc.property(tokens, pin, (used, rates) => {
        const cost = costOfTokens(used, rates)
        const plain = BigInt(used.input - used.cached - used.cacheWrite)
        const exact =
          plain * BigInt(rates.input) +
          BigInt(used.cached) * BigInt(rates.cached) +
          BigInt(used.cacheWrite) * BigInt(rates.cacheWrite) +
          BigInt(used.output) * BigInt(rates.output)
        const off = BigInt(cost) * 1_000_000n - exact
        expect(off > -500_000n && off <= 500_000n).toBe(true)
      }),
    )
  })

  it('counts cached tokens by their own rate', () => {
    const rates = { input: 2_500_000, cached: 250_000, cacheWrite: 3_000_000, output: 15_000_000 }
    expect(costOfTokens({ input: 1_000_000, cached: 400_000, cacheWrite: 0, output: 10_000 }, rates)).toBe(1_750_000)
    expect(costOfTokens({ input: 1, cached: 0, cacheWrite: 0, output: 0 }, rates)).toBe(3)
  })
})
