import { IconBellOff, IconFolder, IconKey, IconRotateClockwise, IconUser } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'

import type { KeyRow } from '../../../shared/contract/keys.ts'
import { api } from '../../data/api.ts'
import { useRemediationFlow } from '../../entities/remediation-flow.ts'
import { makeCopyAction } from '../../entities/copy-action.ts'
import { notifyFailed } from '../../ui/notify.tsx'
import type { RowAction } from '../../ui/table/row-actions.tsx'
import { notifyMarked, notifySnoozed, SNOOZE_WEEK, weekAfter } from './rotation-notices.ts'

/** The actions on one key of the list. */
export function useKeyActions(): (row: KeyRow) => readonly RowAction[] {
  const navigate = useNavigate()
  const { go } = useRemediationFlow()
  return (row) => [
    { label: 'Mark rotated today', icon: IconRotateClockwise, run: () => void markRotated(row).catch(notifyFailed) },
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
