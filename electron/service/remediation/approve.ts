import type { Outputs } from '../../../shared/contract/contract.ts'
import { assertWritable, type Context, commit } from '../core/context.ts'
import { Refusal } from '../kit/refusal.ts'
import { isFounded } from '../team/gate.ts'
import { readApprovalObstacle, freezeCalls } from './approval.ts'
import { moveRemediation } from './journal.ts'
import { previewed } from './preview.ts'
import { shownRows } from './rows.ts'

/**
 * Approves the changes of a preview as a second member: their requests, as this register derives them, are those that were added. Sends
 * nothing. Throws `Refusal` CONFLICT for a profile without a team, a stale preview, a wrong word, and a change that this member cannot
 * approve, with the reason; none is approved then.
 */
export async function approveRemediations(
  context: Context,
  { token, confirm }: { readonly token: string; readonly confirm: string },
): Promise<Outputs['remediation']['approve']> {
  assertWritable(context)
  if (!isFounded(context.session())) {
    throw new Refusal(
      'CONFLICT',
      'This profile does not belong to a team: one person decides and sends.',
      'Preview the change and send it.',
    )
  }
  const { prepared, word } = await previewed(context, token)
  for (const one of prepared) {
    const obstacle = await readApprovalObstacle(context, one)
    if (obstacle === null) continue
    throw new Refusal('CONFLICT', `${one.row.says} ${obstacle}`, 'Nothing was approved. Preview the others without it.')
  }
  if (confirm.trim() !== word) {
    throw new Refusal('CONFLICT', `What was typed is not ${word}.`, `Nothing was approved. Type ${word} to approve it.`)
  }
  commit(context, ['remediation'], (act) => {
    for (const { row, call } of prepared) {
      if (call !== null) moveRemediation(act, row, 'remediation.approved', { calls: freezeCalls(call).calls })
    }
  })
  return {
    rows: shownRows(
      context,
      prepared.map(({ row }) => row.remediationId),
    ),
  }
}
