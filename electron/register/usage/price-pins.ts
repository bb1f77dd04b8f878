import { z } from 'zod'

import { pricePin, type PricePinRow } from '../../../shared/contract/prices.ts'
import { dayText } from '../../../shared/domain/usage/rollups.ts'
import type { PricePin } from '../../../shared/domain/usage/price-pin.ts'
import { CLIENT_REF } from '../clients/client.ts'
import type { Reader, Writer } from '../db/handles.ts'
import { readRows } from '../db/rows.ts'
import type { Scope } from '../db/scope.ts'
import { createUid } from '../db/uid.ts'

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

/** Sets a price, one for each client (or all clients), model and first day. Returns its id. */
export function setPricePin(
  writer: Writer,
  pin: PricePin,
  { at, by, uid = createUid(at) }: { readonly at: number; readonly by: string; readonly uid?: string },
): number {
  writer.run(
    `INSERT INTO price_pin (client_id, model, from_day, input, cached, cache_write, output, set_at, set_by, uid)
     VALUES (:client, :model, :from, :input, :cached, :cacheWrite, :output, :at, :by, :uid)
     ON CONFLICT (ifnull(client_id, 0), model, from_day) DO UPDATE SET input = excluded.input, cached = excluded.cached,
       cache_write = excluded.cache_write, output = excluded.output, set_at = excluded.set_at, set_by = excluded.set_by`,
    {
      client: pin.clientId,
      model: pin.model,
      from: pin.from,
      input: pin.input,
      cached: pin.cached,
      cacheWrite: pin.cacheWrite,
      output: pin.output,
      at,
      by,
      uid,
    },
  )
  return findPricePin(writer, pin) ?? 0
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

/** Deletes a price. Estimates that used it are not changed here: see `estimateAnew`. */
export function removePricePin(writer: Writer, priceId: number): void {
  writer.run('DELETE FROM price_pin WHERE id = ?', [priceId])
}
