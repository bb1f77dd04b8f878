import { reconciliationContract } from '../../../shared/contract/reconciliation.ts'
import { monthNumber } from '../../../shared/domain/usage/rollups.ts'
import { checkScope, getReader } from '../core/context.ts'
import { implementArea } from '../core/implementer.ts'
import { reconciliation } from '../usage/reconciliation.ts'
import { openPriceTable } from '../prices/price-table.ts'

const os = implementArea({ reconciliation: reconciliationContract })

export const reconciliationRouter = {
  get: os.reconciliation.get.handler(async ({ context, input }) => {
    checkScope(context, input)
    const table = await openPriceTable()
    return reconciliation(getReader(context), table, {
      scope: input,
      month: monthNumber(input.month) ?? 0,
      by: input.by,
    })
  }),
}
