import { remediationContract } from '../../../shared/contract/remediation.ts'
import { remediationIds } from '../../register/remediation/list.ts'
import { approveRemediations } from './approve.ts'
import { getReader } from '../core/context.ts'
import { implementArea } from '../core/implementer.ts'
import { addMany, addRemediation } from './add.ts'
import { confirmDeployed, handOver, markByHand, markManyByHand, unmarkMany, withdraw, withdrawMany } from './end.ts'
import { makePreview } from './preview.ts'
import { proposalsForAll } from './proposals.ts'
import { shownRows } from './rows.ts'
import { runRemediations } from './run.ts'
import { readSlice } from '../core/slices.ts'

const os = implementArea({ remediation: remediationContract })

export const remediationRouter = {
  list: os.remediation.list.handler(({ context, input }) =>
    readSlice(
      context,
      { list: 'remediations', query: input, ids: (query) => remediationIds(getReader(context), query) },
      (ids) => shownRows(context, ids),
    ),
  ),
  proposals: os.remediation.proposals.handler(({ context, input }) => proposalsForAll(context, input.origins)),
  add: os.remediation.add.handler(({ context, input }) => addRemediation(context, input)),
  addMany: os.remediation.addMany.handler(({ context, input }) => addMany(context, input)),
  withdraw: os.remediation.withdraw.handler(({ context, input }) => withdraw(context, input.remediationId)),
  withdrawMany: os.remediation.withdrawMany.handler(({ context, input }) => ({
    withdrawn: withdrawMany(context, input.remediations),
  })),
  preview: os.remediation.preview.handler(({ context, input }) =>
    makePreview(context, input.remediations, input.allow),
  ),
  run: os.remediation.run.handler(({ context, input }) => runRemediations(context, input)),
  approve: os.remediation.approve.handler(({ context, input }) => approveRemediations(context, input)),
  takeSecret: os.remediation.takeSecret.handler(({ context, input }) => handOver(context, input.remediationId)),
  confirmDeployed: os.remediation.confirmDeployed.handler(({ context, input }) =>
    confirmDeployed(context, input.remediationId),
  ),
  markByHand: os.remediation.markByHand.handler(({ context, input }) => markByHand(context, input.remediationId)),
  markManyByHand: os.remediation.markManyByHand.handler(({ context, input }) => ({
    marked: markManyByHand(context, input.remediations),
  })),
  unmarkMany: os.remediation.unmarkMany.handler(({ context, input }) => ({
    unmarked: unmarkMany(context, input.remediations),
  })),
}
