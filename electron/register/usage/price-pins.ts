import { z } from 'zod'

import { pricePin, type PricePinRow } from '../../../shared/contract/prices.ts'
import { dayText } from '../../../shared/domain/usage/rollups.ts'
import type { PricePin } from '../../../shared/domain/usage/price-pin.ts'
import { CLIENT_REF } from '../clients/client.ts'
import type { Reader } from '../db/handles.ts'
import { readRows } from '../db/rows.ts'
import type { Scope } from '../db/scope.ts'

/** Days count from 1970-01-01, UTC. */
const columns = pricePin.extend({ from: z.number().int() })

/** The prices that can apply to a client: its own and those for all clients. */
export function readPricePins(reader: Reader, clientId: number): PricePin[] {
  return [
    ...reader.all<PricePin>(
      `SELECT client_id AS clientId, model, from_day AS "from", input, cached, cache_write AS cacheWrite, output FROM price_pin
       WHERE client_id IS NULL OR client_id = ?`,
      [clientId],
    ),
  ]
}

/** Prices for the clients in scope and for all clients, by model, the latest start first. */
export function listPricePins(reader: Reader, { client }: Scope): PricePinRow[] {
  return readRows(
    reader,
    columns,
    `SELECT p.id AS priceId, ${CLIENT_REF}, p.model, p.from_day AS "from", p.input, p.cached, p.cache_write AS cacheWrite, p.output,
       p.set_at AS setAt, p.set_by AS setBy
     FROM price_pin p LEFT JOIN client c ON c.id = p.client_id
     WHERE p.client_id IS NULL OR (CASE WHEN :client IS NULL THEN c.archived_at IS NULL ELSE c.slug = :client END)
     ORDER BY p.model, p.from_day DESC, p.client_id IS NULL, c.name`,
    { client: client ?? null },
  ).map((row) => ({ ...row, from: dayText(row.from) }))
}

/** The number of the price of a client (or of all), model and first day; null where there is none. */
export function findPricePin(
  reader: Reader,
  { clientId, model, from }: Pick<PricePin, 'clientId' | 'model' | 'from'>,
): number | null {
  return (
    reader.value<number>('SELECT id FROM price_pin WHERE client_id IS ? AND model = ? AND from_day = ?', [
      clientId,
      model,
      from,
    ]) ?? null
  )
}
