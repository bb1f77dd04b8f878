import type { Operation } from '../../../shared/decisions/operations.ts'
import type { Writer } from '../db/handles.ts'
import { acceptanceTable } from '../rows/findings.ts'
import { settleGroup } from '../rows/settle.ts'
import { readRiskRows } from './order.ts'
import { listUnreplaced } from './risk-decisions.ts'

/**
 * After decisions of others were carried out, in the order of their positions: makes an acceptance the one that holds where the author of
 * one of them had not seen another. Otherwise the last one holds, which was carried out last.
 */
export function settleAcceptances(writer: Writer, operations: readonly Operation[]): void {
  for (const operation of operations) {
    if (operation.kind !== 'finding.accepted' && operation.kind !== 'finding.reopened') continue
    const name = { ...operation.body.findingNamed, cause: operation.body.cause }
    if (listUnreplaced(writer, name).length > 1)
      settleGroup(writer, acceptanceTable, operation, readRiskRows(writer, name))
  }
}
