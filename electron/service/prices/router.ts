import { pricesContract } from '../../../shared/contract/prices.ts'
import { dayNumber } from '../../../shared/domain/usage/rollups.ts'
import { computeStart } from '../../../shared/domain/day.ts'
import { findPricePin, listPricePins } from '../../register/usage/price-pins.ts'
import { assertWritable, checkScope, findClientId, type Context, getReader } from '../core/context.ts'
import { implementArea } from '../core/implementer.ts'
import { commitOperation, findOrCreateUid } from '../core/operations.ts'
import { notFound } from '../kit/refusal.ts'
import { followPrice } from './follow-price.ts'
import { openPriceTable } from './price-table.ts'

const os = implementArea({ prices: pricesContract })

function existing(context: Context, priceId: number) {
  const price = listPricePins(getReader(context), {}).find((one) => one.priceId === priceId)
  if (price === undefined) throw notFound(`Price ${priceId}`, 'Read the list of prices again.')
  return price
}

export const pricesRouter = {
  list: os.prices.list.handler(({ context, input }) => {
    checkScope(context, input)
    return listPricePins(getReader(context), input)
  }),
  set: os.prices.set.handler(async ({ context, input }) => {
    assertWritable(context)
    const clientId = input.client === undefined ? null : findClientId(context, input.client)
    const { model, input: rate, output, cached = rate, cacheWrite = rate } = input
    const from = dayNumber(computeStart(input.from))
    const table = await openPriceTable()
    const pin = { clientId, model: model.toLowerCase(), from }
    const priceUid = findOrCreateUid(context, 'price', findPricePin(getReader(context), pin))
    const microUsdPerMillion = { input: rate, cached, cacheWrite, output }
    let changed = 0
    const { price } = commitOperation(
      context,
      {
        kind: 'price.set',
        client: input.client ?? null,
        subject: pin.model,
        body: { v: 1, priceUid, model: pin.model, from: input.from, microUsdPerMillion },
      },
      (writer) => {
        changed = followPrice(writer, table, pin)
      },
    )
    return { price: existing(context, price ?? 0), changed }
  }),
  clear: os.prices.clear.handler(async ({ context, input }) => {
    assertWritable(context)
    const table = await openPriceTable()
    const { client, model, from } = existing(context, input.priceId)
    const clientId = client === null ? null : findClientId(context, client.slug)
    let changed = 0
    commitOperation(
      context,
      {
        kind: 'price.cleared',
        client: client?.slug ?? null,
        subject: model,
        body: { v: 1, priceUid: findOrCreateUid(context, 'price', input.priceId), model, from },
      },
      (writer) => {
        changed = followPrice(writer, table, { clientId, model, from: dayNumber(computeStart(from)) })
      },
    )
    return { changed }
  }),
}
