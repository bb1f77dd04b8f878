import { expect, it } from 'vitest'

import { endedSince } from '../../../renderer/app/sync-ends.ts'
import type { SyncSummary } from '../../../shared/contract/connection.ts'
import type { SyncProgress } from '../../../shared/contract/sync.ts'

const result: SyncSummary = {
  id: 9,
  origin: 'api',
  state: 'complete',
  startedAt: 0,
  finishedAt: 1,
  operator: 'ana',
  reason: null,
  sources: [],
}

function progress(connectionId: number, phase: SyncProgress['phase']): SyncProgress {
  return { connectionId, phase, sources: [], result: phase === 'done' ? result : null }
}

it('tells of a sync that was seen running and is done', () => {
  expect(endedSince(new Set([1, 2]), [progress(1, 'done'), progress(2, 'reading')])).toEqual([
    { connectionId: 1, result },
  ])
})

it('does not tell of syncs that had ended before the window looked', () => {
  expect(endedSince(new Set(), [progress(1, 'done')])).toEqual([])
})
