import { MICRO_PER_USD } from '../../../shared/domain/text/money.ts'
import { dayText } from '../../../shared/domain/usage/rollups.ts'
import type { UsageFact } from '../../../shared/domain/usage/fact.ts'
import { costOfTokens, findPin, type PricePin, type TokenRates } from '../../../shared/domain/usage/price-pin.ts'

/** Estimates the cost of tokens by prices, in whole micro-USD; 0 where the model has no price. */
export type Estimate = (provider: string, fact: Omit<UsageFact, 'cost' | 'estimate'>) => number

/**
 * Finds the price of a model in the bundled table on a day (days since 1970-01-01); null where it is not in it. Without
 * a provider: of any provider.
 */
export type PriceTable = (provider: string | null, model: string, day: number) => TokenRates | null

/**
 * Opens the bundled table of prices. Higher prices of long requests apply to one request and are left out: the sum of a
 * day would look like one long request. The result is an estimate: discounts and service tiers are not included.
 */
export async function openPriceTable(): Promise<PriceTable> {
  const { calcPrice } = await import('@pydantic/genai-prices')
  const known = new Map<string, TokenRates | null>()
  const findBasePrice = (price: number | { readonly base: number } | undefined): number | null =>
    price === undefined ? null : Math.round((typeof price === 'number' ? price : price.base) * MICRO_PER_USD)
  const read = (provider: string | null, model: string, day: number): TokenRates | null => {
    const timestamp = new Date(`${dayText(day)}T12:00:00Z`)
    const options = provider === null ? { timestamp } : { timestamp, providerId: provider }
    const prices = calcPrice({ input_tokens: 1, output_tokens: 1 }, model, options)?.model_price
    const input = findBasePrice(prices?.['input_mtok'])
    if (input === null) return null
    return {
      input,
      cached: findBasePrice(prices?.['cache_read_mtok']) ?? input,
      cacheWrite: findBasePrice(prices?.['cache_write_mtok']) ?? input,
      output: findBasePrice(prices?.['output_mtok']) ?? 0,
    }
  }
  return (provider, model, day) => {
    const id = `${provider ?? ''} ${model} ${day}`
    const rates = known.get(id) ?? (known.has(id) ? null : read(provider, model, day))
    known.set(id, rates)
    return rates
  }
}

/** Estimates by the prices that a client has pinned, and by the table where it has pinned none. */
export function estimateFor(table: PriceTable, pins: readonly PricePin[], clientId: number): Estimate {
  return (provider, fact) => {
    const { model, day } = fact
    if (model === null || model === '') return 0
    const rates = findPin(pins, { clientId, model, day }) ?? table(provider === '' ? null : provider, model, day)
    return rates === null ? 0 : costOfTokens(fact, rates)
  }
}
