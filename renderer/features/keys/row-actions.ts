import { IconBellOff, IconFolder, IconKey, IconRotateClockwise, IconUser } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'

import type { KeyRow } from '../../../shared/contract/keys.ts'
import { addDays, toLocalDay } from '../../../shared/domain/day.ts'
import { api } from '../../data/api.ts'
import { useRemediationFlow } from '../../entities/remediation-flow.ts'
import { makeCopyAction } from '../../entities/copy-action.ts'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'
import { formatDay } from '../../ui/relative.ts'
import type { RowAction } from '../../ui/table/row-actions.tsx'
import { visibleText } from '../../ui/text.ts'

const WEEK_DAYS = 7

/** The actions on one key of the list. */
export function useKeyActions(): (row: KeyRow) => readonly RowAction[] {
  const navigate = useNavigate()
  const { go } = useRemediationFlow()
  return (row) => [
    { label: 'Mark rotated today', icon: IconRotateClockwise, run: () => void markRotated(row).catch(notifyFailed) },
    { label: 'Snooze for a week', icon: IconBellOff, run: () => void snooze(row).catch(notifyFailed) },
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
  const { rotationId, key } = await api.rotation.mark({ keyId: row.keyId })
  const due = key.rotation.dueOn
  notifyDone({
    message: `${visibleText(key.name)} marked rotated${due === null ? '' : `, due again ${formatDay(due)}`}`,
    undo: () => api.rotation.undo({ rotationId }),
  })
}

async function snooze(row: KeyRow): Promise<void> {
  const until = addDays(toLocalDay(Date.now()), WEEK_DAYS)
  await api.rotation.snooze({ keyId: row.keyId, until })
  notifyDone({
    message: `No reminders about ${visibleText(row.name)} until ${formatDay(until)}`,
    undo: () => api.rotation.snooze({ keyId: row.keyId, until: row.rotation.snoozedUntil }),
  })
}
