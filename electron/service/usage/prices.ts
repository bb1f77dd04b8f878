import { dayText } from '../../../shared/domain/usage/faces.ts'
import type { UsageFact } from '../../../shared/domain/usage/fact.ts'

/** Micro-USD for one token, which is what dollars for a million tokens are. */
interface Rates {
  readonly input: number
  readonly cached: number
  readonly cacheWrite: number
  readonly output: number
}

/** What tokens would cost by a table of prices, in whole micro-USD; 0 where the model is not in it. */
export type Estimate = (provider: string, fact: Omit<UsageFact, 'cost' | 'estimate'>) => number

/**
 * Opens the bundled table of prices. Higher prices of long requests are meant for one request and left out: the sum of a
 * day would look like one long request. An estimate stays one: discounts and tiers of service are not in it.
 */
export async function openPrices(): Promise<Estimate> {
  const { calcPrice } = await import('@pydantic/genai-prices')
  const known = new Map<string, Rates | null>()
  const baseOf = (price: number | { readonly base: number } | undefined): number | null =>
    price === undefined ? null : typeof price === 'number' ? price : price.base
  const ratesOf = (provider: string, model: string, day: string): Rates | null => {
    const options = { providerId: provider, timestamp: new Date(`${day}T12:00:00Z`) }
    const prices = calcPrice({ input_tokens: 1, output_tokens: 1 }, model, options)?.model_price
    const input = baseOf(prices?.['input_mtok'])
    if (input === null) return null
    return {
      input,
      cached: baseOf(prices?.['cache_read_mtok']) ?? input,
      cacheWrite: baseOf(prices?.['cache_write_mtok']) ?? input,
      output: baseOf(prices?.['output_mtok']) ?? 0,
    }
  }
  return (provider, { day, model, input, cached, cacheWrite, output }) => {
    if (model === null) return 0
    const on = dayText(day)
    const id = `${provider} ${model} ${on}`
    const rates = known.get(id) ?? (known.has(id) ? null : ratesOf(provider, model, on))
    known.set(id, rates)
    if (rates === null) return 0
    const plain = Math.max(0, input - cached - cacheWrite)
    return Math.round(
      plain * rates.input + cached * rates.cached + cacheWrite * rates.cacheWrite + output * rates.output,
    )
  }
}
