import { monthNumber, monthText } from '../../../shared/domain/usage/faces.ts'
import { measuresOf, usageBy, usageMonths } from '../../register/usage/by.ts'
import { assertWritable, checkScope, clientIdOf, operatorOf, readerOf, registerOf } from '../context.ts'
import { os } from '../implementer.ts'
import { importUsage } from '../usage/import.ts'

export const usageRouter = {
  import: os.usage.import.handler(async function* ({ context, input, signal }) {
    assertWritable(context)
    const options = {
      register: registerOf(context),
      clientId: clientIdOf(context, input.client),
      client: input.client,
      path: input.path,
      operator: operatorOf(context),
      now: context.now,
    }
    try {
      yield* importUsage(options, signal ?? new AbortController().signal)
    } finally {
      context.events.changed('usage')
    }
  }),
  by: os.usage.by.handler(({ context, input }) => {
    checkScope(context, input)
    const month = monthNumber(input.month) ?? 0
    const rows = usageBy(readerOf(context), { ...input, fromMonth: month, toMonth: month }, input.by)
    const total = rows.map(measuresOf).reduce(
      (sum, row) => ({
        requests: sum.requests + row.requests,
        input: sum.input + row.input,
        cached: sum.cached + row.cached,
        cacheWrite: sum.cacheWrite + row.cacheWrite,
        output: sum.output + row.output,
        cost: sum.cost + row.cost,
        estimate: sum.estimate + row.estimate,
      }),
      { requests: 0, input: 0, cached: 0, cacheWrite: 0, output: 0, cost: 0, estimate: 0 },
    )
    return { rows: rows.slice(0, input.limit), count: rows.length, total }
  }),
  months: os.usage.months.handler(({ context, input }) => {
    checkScope(context, input)
    return usageMonths(readerOf(context), input, input.source).map(monthText)
  }),
}
