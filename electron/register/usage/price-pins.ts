import type { PricePinRow } from '../../../shared/contract/prices.ts'
import { dayText } from '../../../shared/domain/usage/faces.ts'
import type { PricePin } from '../../../shared/domain/usage/price-pin.ts'
import { CLIENT_REF, clientRefOf, type ClientRefColumns } from '../clients/client.ts'
import type { Reader, Writer } from '../db/handles.ts'
import type { Scope } from '../db/scope.ts'

interface Columns extends Partial<ClientRefColumns> {
  readonly id: number
  readonly client_id: number | null
  readonly model: string
  readonly from_day: number
  readonly input: number
  readonly cached: number
  readonly cache_write: number
  readonly output: number
  readonly set_at: number
  readonly set_by: string
}

/** The prices that can hold for a client: its own and those for all. */
export function pricePinsOf(reader: Reader, clientId: number): PricePin[] {
  return reader
    .all<Columns>('SELECT * FROM price_pin WHERE client_id IS NULL OR client_id = ?', [clientId])
    .map((row) => ({
      clientId: row.client_id,
      model: row.model,
      from: row.from_day,
      input: row.input,
      cached: row.cached,
      cacheWrite: row.cache_write,
      output: row.output,
    }))
}

/** Prices for the clients in scope and for all, by model, the latest start first. */
export function listPricePins(reader: Reader, { client }: Scope): PricePinRow[] {
  return reader
    .all<Columns>(
      `SELECT p.*, ${CLIENT_REF} FROM price_pin p LEFT JOIN client c ON c.id = p.client_id
       WHERE p.client_id IS NULL OR (CASE WHEN :client IS NULL THEN c.archived_at IS NULL ELSE c.slug = :client END)
       ORDER BY p.model, p.from_day DESC, p.client_id IS NULL, c.name`,
      { client: client ?? null },
    )
    .map((row) => ({
      priceId: row.id,
      client: row.client_id === null ? null : clientRefOf(row as ClientRefColumns),
      model: row.model,
      from: dayText(row.from_day),
      input: row.input,
      cached: row.cached,
      cacheWrite: row.cache_write,
      output: row.output,
      setAt: row.set_at,
      setBy: row.set_by,
    }))
}

/** Sets a price; there is one for a client (or all), a model and a first day. Returns its number. */
export function setPricePin(
  writer: Writer,
  pin: PricePin,
  { at, by }: { readonly at: number; readonly by: string },
): number {
  writer.run(
    `INSERT INTO price_pin (client_id, model, from_day, input, cached, cache_write, output, set_at, set_by)
     VALUES (:client, :model, :from, :input, :cached, :cacheWrite, :output, :at, :by)
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
    },
  )
  return (
    writer.value<number>('SELECT id FROM price_pin WHERE client_id IS ? AND model = ? AND from_day = ?', [
      pin.clientId,
      pin.model,
      pin.from,
    ]) ?? 0
  )
}

/** Forgets a pin. The estimates that were made by it are not touched here: see `estimateAnew`. */
export function removePricePin(writer: Writer, priceId: number): void {
  writer.run('DELETE FROM price_pin WHERE id = ?', [priceId])
}
