import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'

import type { SyncProgress } from '../../shared/contract/sync.ts'
import { Problem } from '../ui/failure.ts'
import { notifyDone, notifyFailed } from '../ui/notify.tsx'
import { plural } from '../ui/relative.ts'
import { visibleText } from '../ui/text.ts'
import { query } from '../data/api.ts'
import { endedSince, type SyncEnd } from './sync-ends.ts'
import { NOT_TOLD, useSyncProgress } from '../data/use-sync-progress.ts'

/** Notifies how each sync ended, on whatever page the window is. */
export function useSyncEnds(): void {
  const queryClient = useQueryClient()
  const progress = useSyncProgress()
  const before = useRef<readonly SyncProgress[] | null>(null)
  useEffect(() => {
    if (progress === NOT_TOLD) return
    const ended = endedSince(before.current, progress)
    before.current = progress
    const tell = async ({ connectionId, ...end }: SyncEnd): Promise<void> => {
      const connection = await queryClient.fetchQuery(
        query.connection.get.queryOptions({ input: { id: connectionId } }),
      )
      announce(visibleText(connection.label), end)
    }
    // For a connection that was removed meanwhile there is nothing to announce.
    for (const end of ended) tell(end).catch(() => undefined)
  }, [progress, queryClient])
}

function announce(label: string, { result, notWritten }: Omit<SyncEnd, 'connectionId'>): void {
  if (result === null) {
    return notifyFailed(new Problem(`${label}: the sync was not written`, visibleText(notWritten ?? '')))
  }
  const rows = plural(
    result.sources.reduce((sum, each) => sum + each.fetched, 0),
    'row',
  )
  switch (result.state) {
    case 'complete':
      return notifyDone({ message: `${label}: sync complete, ${rows}` })
    case 'partial':
      return notifyDone({ message: `${label}: sync partial, ${rows}; see Connections for what could not be read` })
    case 'cancelled':
      return notifyDone({ message: `${label}: sync cancelled, nothing was changed` })
    case 'failed':
      return notifyFailed(
        new Problem(`${label}: the sync failed`, visibleText(result.reason ?? 'See Connections for details.')),
      )
  }
}
