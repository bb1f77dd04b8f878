import { IconBellOff, IconFolder, IconKey, IconRotateClockwise, IconUser } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState, type ReactElement } from 'react'

import type { KeyRow } from '../../../shared/contract/keys.ts'
import { findRequirements } from '../../../shared/domain/attest.ts'
import { api } from '../../data/api.ts'
import { useRemediationFlow } from '../../entities/remediation-flow.tsx'
import { makeCopyAction } from '../../entities/copy-action.ts'
import { notifyFailed } from '../../ui/notify.tsx'
import type { RowAction } from '../../ui/table/row-actions.tsx'
import { MarkDialog } from './mark-dialog.tsx'
import { notifyMarked, notifySnoozed, SNOOZE_WEEK, weekAfter } from './rotation-notices.ts'

interface KeyActions {
  readonly rowActions: (row: KeyRow) => readonly RowAction[]
  /** The question of the actions; it belongs beside the list. */
  readonly dialog: ReactElement
}

/** The actions on one key of the list. The rotation of an admin key is recorded only with a reason. */
export function useKeyActions(): KeyActions {
  const navigate = useNavigate()
  const { go } = useRemediationFlow()
  const [asked, setAsked] = useState<readonly KeyRow[] | null>(null)
  const rowActions = (row: KeyRow): readonly RowAction[] => [
    findRequirements('ROTATED', { count: 1, isGrave: row.kind === 'admin' }).isReasonNeeded
      ? { label: 'Mark rotated…', icon: IconRotateClockwise, run: () => setAsked([row]) }
      : {
          label: 'Mark rotated today',
          icon: IconRotateClockwise,
          run: () => void markRotated(row).catch(notifyFailed),
        },
    { label: SNOOZE_WEEK, icon: IconBellOff, run: () => void snooze(row).catch(notifyFailed) },
    {
      label: 'Rotate or delete key…',
      icon: IconKey,
      run: () => go({ step: 'key', ids: [row.keyId] }),
      blocked: row.status === 'active' ? undefined : 'This key is not active',
    },
    ...goTo(row.project === null ? null : row.project.id, (project) => ({
      label: 'Open project',
      icon: IconFolder,
      run: () => void navigate({ to: '/projects', search: { project } }),
    })),
    ...goTo(row.owner.personId, (person) => ({
      label: 'Open owner',
      icon: IconUser,
      run: () => void navigate({ to: '/people', search: { person } }),
    })),
    makeCopyAction('key id', row.externalId),
  ]
  return { rowActions, dialog: <MarkDialog rows={asked} close={() => setAsked(null)} /> }
}

function goTo(id: number | null, action: (id: number) => RowAction): readonly RowAction[] {
  return id === null ? [] : [action(id)]
}

async function markRotated(row: KeyRow): Promise<void> {
  notifyMarked(await api.rotation.mark({ keyId: row.keyId }))
}

async function snooze(row: KeyRow): Promise<void> {
  const until = weekAfter(Date.now())
  await api.rotation.snooze({ keyId: row.keyId, until })
  notifySnoozed(row, until)
}
