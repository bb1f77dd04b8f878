import { expect, it } from 'vitest'

import { endedSince } from '../../../renderer/app/use-sync-ends.ts'
import type { SyncSummary } from '../../../shared/contract/connections.ts'
import type { SyncProgress } from '../../../shared/contract/sync.ts'

const result: SyncSummary = {
  id: 9,
  origin: 'api',
  state: 'complete',
  startedAt: 0,
  finishedAt: 1,
  operator: 'ana',
  reason: null,
  fault: null,
  sources: [],
}

function progress(connectionId: number, phase: SyncProgress['phase'], id = 9): SyncProgress {
  const done = phase === 'done' ? { ...result, id } : null
  return { connectionId, phase, sources: [], waiting: null, result: done, notWritten: null }
}

it('reports a sync that was seen running and is done', () => {
  const before = [progress(1, 'reading'), progress(2, 'reading')]
  expect(endedSince(before, [progress(1, 'done'), progress(2, 'reading')])).toEqual([
    { connectionId: 1, result, notWritten: null },
  ])
})

it('reports a sync that ended before it was seen running', () => {
  expect(endedSince([], [progress(1, 'done')])).toEqual([{ connectionId: 1, result, notWritten: null }])
  expect(endedSince([progress(1, 'done', 8)], [progress(1, 'done')])).toEqual([
    { connectionId: 1, result, notWritten: null },
  ])
})

it('does not report syncs that ended before the window looked, nor one sync twice', () => {
  expect(endedSince(null, [progress(1, 'done')])).toEqual([])
  expect(endedSince([progress(1, 'done')], [progress(1, 'done')])).toEqual([])
})

it('reports a sync that could not be written, once', () => {
  const notWritten = 'The disk is full.'
  const ended: SyncProgress = { ...progress(1, 'done'), result: null, notWritten }
  expect(endedSince([progress(1, 'reading')], [ended])).toEqual([{ connectionId: 1, result: null, notWritten }])
  expect(endedSince([progress(1, 'done')], [ended])).toEqual([{ connectionId: 1, result: null, notWritten }])
  expect(endedSince([ended], [ended])).toEqual([])
})
