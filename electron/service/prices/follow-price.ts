import { computeStart } from '../../../shared/domain/day.ts'
import { isPinFor } from '../../../shared/domain/usage/price-pin.ts'
import { dayNumber } from '../../../shared/domain/usage/rollups.ts'
import type { Writer } from '../../register/db/handles.ts'
import { clientId as findClientId } from '../../register/clients/slug.ts'
import { forgetChangedPrices, listChangedPrices } from '../../register/team/priced.ts'
import { connectionsToEstimate, estimateAnew } from '../../register/usage/estimates.ts'
import { readPricePins } from '../../register/usage/price-pins.ts'
import { commit, type Context, getReader } from '../core/context.ts'
import { estimateFor, openPriceTable, type PriceTable } from './price-table.ts'

/** Recalculates the estimates that one price may have changed. Returns how many facts have another estimate now. */
export function followPrice(
  writer: Writer,
  table: PriceTable,
  pin: { readonly clientId: number | null; readonly model: string; readonly from: number },
): number {
  let changed = 0
  for (const { clientId, connectionId, provider } of connectionsToEstimate(writer, pin.clientId)) {
    const estimate = estimateFor(table, readPricePins(writer, clientId), clientId)
    changed += estimateAnew(
      writer,
      { clientId, connectionId, estimate: (fact) => estimate(provider, fact) },
      { from: pin.from, isMeant: (model) => isPinFor(pin, model) },
    )
  }
  return changed
}

/** Recalculates the estimates of prices that an exchange changed. */
export async function followExchangedPrices(context: Context): Promise<void> {
  if (listChangedPrices(getReader(context)).length === 0) return
  const table = await openPriceTable()
  commit(context, ['usage'], ({ writer }) => {
    for (const { client, model, from } of listChangedPrices(writer)) {
      const of = client === null ? null : findClientId(writer, client)
      followPrice(writer, table, { clientId: of, model, from: dayNumber(computeStart(from)) })
    }
    forgetChangedPrices(writer)
  })
}
