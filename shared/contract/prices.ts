import { z } from 'zod'

import { clientRef, day, id, instant, operation, scopeShape } from './common.ts'

/** Micro-USD for a million tokens. */
const rate = z.number().int().nonnegative().max(1_000_000_000_000)

export const pricePin = z.object({
  priceId: id,
  /** Null: for all clients. */
  client: clientRef.nullable(),
  model: z.string(),
  from: day,
  input: rate,
  cached: rate,
  cacheWrite: rate,
  output: rate,
  setAt: instant,
  setBy: z.string(),
})
export type PricePinRow = z.infer<typeof pricePin>

export const pricesContract = {
  /** Prices that people entered, for the clients in scope and for all; by model, the latest start first. */
  list: operation.input(z.object(scopeShape)).output(z.array(pricePin)),
  /**
   * Sets the price of a model from a day on, for one client or for all; it takes precedence over the price table. A
   * model without a date covers its dated versions too. Usage that providers reported since that day is estimated
   * again: `changed` counts the facts. Billed and internal costs stay as they are. Written to the journal.
   */
  set: operation
    .input(
      z.object({
        ...scopeShape,
        model: z.string().trim().min(1).max(200),
        from: day,
        input: rate,
        output: rate,
        /** Left out: as the input. */
        cached: rate.optional(),
        cacheWrite: rate.optional(),
      }),
    )
    .output(z.object({ price: pricePin, changed: z.number().int() })),
  /** Removes a price; its estimates are recalculated. Written to the journal. */
  clear: operation.input(z.object({ priceId: id })).output(z.object({ changed: z.number().int() })),
}
