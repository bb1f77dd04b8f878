import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'

import type { Connection, SyncSummary } from '../../shared/contract/connections.ts'
import type { SyncProgress } from '../../shared/contract/sync.ts'
import { fixLabel, listFixes } from '../../shared/domain/connection-fault.ts'
import { findLack, type SyncLack } from '../../shared/domain/sync-lack.ts'
import { Problem } from '../ui/failure.ts'
import { notifyDone, notifyFailure, notifyWarning } from '../ui/notify.tsx'
import { plural } from '../ui/relative.ts'
import { visibleText } from '../ui/text.ts'
import { query } from '../data/api.ts'
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
    const tell = async (end: SyncEnd): Promise<void> => {
      const input = { id: end.connectionId }
      announce(await queryClient.fetchQuery(query.connection.get.queryOptions({ input })), end)
    }
    // For a connection that was removed meanwhile there is nothing to announce.
    for (const end of ended) tell(end).catch(() => undefined)
  }, [progress, queryClient])
}

/** The result of a sync; the next result of the same connection replaces it. */
function announce(connection: Connection, { connectionId, result, notWritten }: SyncEnd): void {
  const only = `sync:${connectionId}`
  const label = visibleText(connection.label)
  const lack = result === null ? null : findLack(result)
  const action = getAction(connection, lack)
  if (result === null) {
    const error = new Problem(`${label}: the sync was not written`, visibleText(notWritten ?? ''))
    return notifyFailure({ error, only, action })
  }
  const rows = plural(
    result.sources.reduce((sum, each) => sum + each.fetched, 0),
    'row',
  )
  switch (result.state) {
    case 'complete':
      return notifyDone({ message: `${label}: sync complete, ${rows}`, only })
    case 'partial':
      return notifyWarning({
        message: `${label}: sync partial, ${rows}`,
        hint: visibleText(lack?.text ?? 'Some lists could not be read.'),
        only,
        action,
      })
    case 'cancelled':
      return notifyWarning({ message: `${label}: sync cancelled, nothing was changed`, only })
    case 'failed': {
      const error = new Problem(`${label}: the sync failed`, lack === null ? null : visibleText(lack.text))
      return notifyFailure({ error, only, action })
    }
  }
}

/** The button that fixes the connection, or shows it where only another try helps. */
function getAction({ id, client, baseUrl }: Connection, lack: SyncLack | null): { label: string; does: string } {
  const page = `/connections?client=${encodeURIComponent(client.slug)}&connection=${id}`
  const [fix] = lack === null ? ['retry' as const] : listFixes(lack.fault, baseUrl !== null)
  return fix === 'retry'
    ? { label: 'View connection', does: page }
    : { label: fixLabel(fix), does: `${page}&fix=${fix}` }
}

interface SyncEnd {
  readonly connectionId: number
  /** Null when nothing could be written; `notWritten` has the reason. */
  readonly result: SyncSummary | null
  readonly notWritten: string | null
}

/**
 * Returns the syncs that have ended since the window last looked; none at its first look. A short sync may end before
 * it was ever reported as running, so a sync counts as ended when its result differs from the known one.
 */
export function endedSince(before: readonly SyncProgress[] | null, now: readonly SyncProgress[]): readonly SyncEnd[] {
  if (before === null) return []
  const known = new Map(before.map((each) => [each.connectionId, each]))
  return now.flatMap(({ connectionId, phase, result, notWritten }) => {
    const last = known.get(connectionId)
    const isKnown = result === null ? last?.notWritten === notWritten : last?.result?.id === result.id
    return phase === 'done' && !isKnown ? [{ connectionId, result, notWritten }] : []
  })
}
