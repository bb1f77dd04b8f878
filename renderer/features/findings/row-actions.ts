import { IconArrowBackUp, IconExternalLink, IconShieldCheck, IconTool } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'

import type { FindingRow } from '../../../shared/contract/findings.ts'
import { api } from '../../data/api.ts'
import { makeCopyAction } from '../../entities/copy-action.ts'
import { useRemediationFlow } from '../../entities/remediation-flow.tsx'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'
import type { RowAction } from '../../ui/table/row-actions.tsx'
import { subjectPlace } from './subject-place.ts'

/** The actions on one finding of the list; `accept` asks for the day and the reason of a risk acceptance. */
export function useFindingActions(
  accept: (rows: readonly FindingRow[]) => void,
): (row: FindingRow) => readonly RowAction[] {
  const { go } = useRemediationFlow()
  const navigate = useNavigate()
  return (row) => {
    const { label, to, search } = subjectPlace(row)
    return [
      ...decisions(row, accept, () => go({ step: 'finding', ids: [row.findingId] })),
      { label, icon: IconExternalLink, run: () => void navigate({ to, search }) },
      makeCopyAction('evidence', row.says),
    ]
  }
}

/** Lists the decisions about a finding; none about one that is resolved. */
function decisions(
  row: FindingRow,
  accept: (rows: readonly FindingRow[]) => void,
  mend: () => void,
): readonly RowAction[] {
  if (row.state === 'resolved') return []
  const start: RowAction = { label: 'Start remediation…', icon: IconTool, run: mend }
  return row.state === 'open'
    ? [start, { label: 'Accept risk…', icon: IconShieldCheck, run: () => accept([row]) }]
    : [start, { label: 'Reopen finding', icon: IconArrowBackUp, run: () => void reopen(row).catch(notifyFailed) }]
}

/** Ends a risk acceptance; the notification can undo it. Throws what the service refuses. */
export async function reopen({ findingId, accepted }: FindingRow): Promise<void> {
  await api.findings.reopen({ findingId })
  notifyDone({
    message: 'Finding reopened',
    undo:
      accepted === null
        ? undefined
        : () => api.findings.accept({ findingId, until: accepted.until, reason: accepted.reason }),
  })
}
