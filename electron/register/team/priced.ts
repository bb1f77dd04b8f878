import type { Day } from '../../../shared/domain/day.ts'
import type { Op } from '../../../shared/team/op.ts'
import { readMeta, writeMeta } from '../db/meta.ts'
import type { Reader, Writer } from '../db/handles.ts'

/** A price that changed by an exchange: estimates that used it, or will, are recalculated. */
export interface ChangedPrice {
  /** The slug of the client; null for a price of all clients. */
  readonly client: string | null
  readonly model: string
  /** Its first day. */
  readonly from: Day
}

const KEY = 'estimate_prices'

/** The prices whose estimates were not recalculated yet. */
export function listChangedPrices(reader: Reader): readonly ChangedPrice[] {
  return JSON.parse(readMeta(reader, KEY) ?? '[]') as readonly ChangedPrice[]
}

/**
 * Notes which prices operations of a log changed, in the transaction that took them: the table of published prices, which estimates need,
 * is loaded after it, and the note stays until they were recalculated.
 */
export function noteChangedPrices(writer: Writer, log: string, ops: readonly Pick<Op, 'kind' | 'body'>[]): void {
  const priced = ops.filter(({ kind }) => kind === 'price.set' || kind === 'price.cleared')
  if (priced.length === 0) return
  // That of the agency is the log of no client.
  const client = writer.value<string>('SELECT slug FROM client WHERE uid = ?', [log]) ?? null
  const changed = priced.map(({ body }) => ({ client, model: String(body['model']), from: String(body['from']) }))
  writeMeta(writer, KEY, JSON.stringify([...listChangedPrices(writer), ...changed]))
}

export function forgetChangedPrices(writer: Writer): void {
  writeMeta(writer, KEY, '[]')
}
