import { remediationIds } from '../../register/remediation/list.ts'
import { getReader } from '../core/context.ts'
import { os } from '../core/implementer.ts'
import { addMany, addRemediation } from './add.ts'
import { confirmDeployed, handOver, markByHand, withdraw } from './end.ts'
import { makePreview } from './preview.ts'
import { proposalsFor } from './proposals.ts'
import { shownRows } from './rows.ts'
import { runRemediations } from './run.ts'
import { readSlice } from '../core/slices.ts'

export const remediationRouter = {
  list: os.remedy.list.handler(({ context, input }) =>
    readSlice(
      context,
      { list: 'remedies', query: input, ids: (query) => remediationIds(getReader(context), query) },
      (ids) => shownRows(context, ids),
    ),
  ),
  proposals: os.remedy.proposals.handler(({ context, input }) =>
    proposalsFor(getReader(context), input, context.now()),
  ),
  add: os.remedy.add.handler(({ context, input }) => addRemediation(context, input)),
  addMany: os.remedy.addMany.handler(({ context, input }) => addMany(context, input)),
  withdraw: os.remedy.withdraw.handler(({ context, input }) => withdraw(context, input.remediationId)),
  preview: os.remedy.preview.handler(({ context, input }) => makePreview(context, input.remedies)),
  run: os.remedy.run.handler(({ context, input }) => runRemediations(context, input.token, input.confirm)),
  takeSecret: os.remedy.takeSecret.handler(({ context, input }) => handOver(context, input.remediationId)),
  confirmDeployed: os.remedy.confirmDeployed.handler(({ context, input }) =>
    confirmDeployed(context, input.remediationId),
  ),
  markByHand: os.remedy.markByHand.handler(({ context, input }) => markByHand(context, input.remediationId)),
}
