import type { UsageFact } from '../../../shared/domain/usage/fact.ts'
import { share } from './draw.ts'

/** Micro-USD for one token, as list prices were in November 2026. */
interface Rates {
  readonly input: number
  readonly cached: number
  readonly cacheWrite: number
  readonly output: number
}

const RATES = {
  'gpt-5.4': { input: 2.5, cached: 0.25, cacheWrite: 2.5, output: 15 },
  'gpt-5.4-mini': { input: 0.75, cached: 0.075, cacheWrite: 0.75, output: 4.5 },
  'gpt-5-mini': { input: 0.25, cached: 0.025, cacheWrite: 0.25, output: 2 },
  'gpt-5.5': { input: 5, cached: 0.5, cacheWrite: 5, output: 30 },
  'claude-sonnet-4-6': { input: 3, cached: 0.3, cacheWrite: 3.75, output: 15 },
  'claude-sonnet-5': { input: 2, cached: 0.2, cacheWrite: 2.5, output: 10 },
  'claude-haiku-4-5': { input: 1, cached: 0.1, cacheWrite: 1.25, output: 5 },
  'claude-opus-5-5': { input: 4, cached: 0.2, cacheWrite: 5, output: 20 },
} as const satisfies Readonly<Record<string, Rates>>

type Model = keyof typeof RATES

/** Whose models an organization uses: directly, or by way of another provider. */
export type Vendor = 'openai' | 'anthropic'

/** First what most keys use now, then what some do; the last is the model that was used before the others existed. */
const MODELS: Readonly<Record<Vendor, readonly [Model, Model, Model, Model]>> = {
  openai: ['gpt-5.4', 'gpt-5.4-mini', 'gpt-5.5', 'gpt-5-mini'],
  anthropic: ['claude-sonnet-5', 'claude-haiku-4-5', 'claude-opus-5-5', 'claude-sonnet-4-6'],
}

/** All had moved to newer models by then, in days before today. */
const MOVED = 200

/** The models of a key on a day, each with its part of the cost. */
export function modelsOn(vendor: Vendor, seed: string, ago: number, mixed: boolean): readonly [Model, number][] {
  const [main, small, large, former] = MODELS[vendor]
  if (ago >= MOVED) return [[former, 1]]
  const habit = share(`model/${seed}`)
  const usual = habit < 0.5 ? main : habit < 0.8 ? small : large
  return mixed
    ? [
        ...(usual === small ? [[small, 0.6] as [Model, number]] : [[usual, 0.8] as [Model, number]]),
        [usual === small ? main : small, usual === small ? 0.4 : 0.2],
      ]
    : [[usual, 1]]
}

/** Tokens that cost a billed amount of micro-USD, and their estimate by a table of prices, which has no discounts. */
export function tokensFor(
  vendor: Vendor,
  model: Model,
  cost: number,
  discount: number,
): Pick<UsageFact, 'requests' | 'input' | 'cached' | 'cacheWrite' | 'output' | 'estimate'> {
  const rates: Rates = RATES[model]
  const listed = cost / (1 - discount)
  const cacheWrite = vendor === 'anthropic' ? Math.floor((listed * 0.06) / rates.cacheWrite) : 0
  const cached = Math.floor((listed * 0.04) / rates.cached)
  const output = Math.floor((listed * 0.46) / rates.output)
  const plain = Math.max(
    0,
    Math.floor((listed - cached * rates.cached - cacheWrite * rates.cacheWrite - output * rates.output) / rates.input),
  )
  const input = plain + cached + cacheWrite
  return {
    requests: Math.ceil((input + output) / 4200),
    input,
    cached,
    cacheWrite,
    output,
    estimate: Math.round(
      plain * rates.input + cached * rates.cached + cacheWrite * rates.cacheWrite + output * rates.output,
    ),
  }
}
