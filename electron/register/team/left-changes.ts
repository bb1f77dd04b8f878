import type { Writer } from '../db/handles.ts'
import { foldJournal } from '../rows/journal-fold.ts'
import { remediationTable } from '../rows/remediation.ts'
import { readCountingOrder } from './order.ts'

const LEFT = `SELECT 1 FROM sync y JOIN connection n ON n.id = y.connection_id JOIN client c ON c.id = n.client_id
  JOIN team_entry e ON e.stream = c.uid AND e.void_reason IS NULL AND e.operation ->> 'kind' = 'remedy.added'
  WHERE y.id = ? AND NOT EXISTS (SELECT 1 FROM remedy r WHERE r.uid = e.operation ->> '$.body.remedyUid')
    AND NOT EXISTS (SELECT 1 FROM remedy r, json_each(r.aliases) a WHERE r.aliases IS NOT NULL AND a.value = e.operation ->> '$.body.remedyUid')
  LIMIT 1`

/**
 * Adds the changes of other members whose subjects this register had not read when their operations came, as they are by now. For after
 * a reading of their client, in its transaction.
 */
export function addLeftChanges(writer: Writer, syncId: number): void {
  if (writer.value(LEFT, [syncId]) === undefined) return
  const fold = foldJournal([remediationTable])
  for (const row of readCountingOrder(writer, ['sample.loaded', ...remediationTable.kinds])) fold.visit(row)
  fold.mend(writer)
}
