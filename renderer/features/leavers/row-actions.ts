import { IconChecks, IconShieldX, IconUser } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'

import type { LeaverRow } from '../../../shared/contract/leavers.ts'
import { makeCopyAction } from '../../entities/copy-action.ts'
import { useRemediationFlow } from '../../entities/remediation-flow.tsx'
import type { RowAction } from '../../ui/table/row-actions.tsx'

/** The actions on one leaver of the list; `markDone` asks whether their pending changes are done. */
export function useLeaverActions(
  markDone: (rows: readonly LeaverRow[]) => void,
): (row: LeaverRow) => readonly RowAction[] {
  const { go } = useRemediationFlow()
  const navigate = useNavigate()
  return (row) => [
    {
      label: 'Start removal…',
      icon: IconShieldX,
      run: () => go({ step: 'person', ids: [row.personId] }),
      blocked: row.state === 'holds' ? undefined : 'No access remains',
    },
    { label: 'Mark changes as done…', icon: IconChecks, run: () => markDone([row]) },
    {
      label: 'Open person',
      icon: IconUser,
      run: () => void navigate({ to: '/people', search: { person: row.personId } }),
    },
    ...(row.email === null ? [] : [makeCopyAction('e-mail address', row.email)]),
  ]
}
