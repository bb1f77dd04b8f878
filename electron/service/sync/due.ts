import type { ReadingTimes } from '../../register/connections/sync-history.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** How long a connection that could not be read is left alone at first; each further failure doubles it, up to a day. */
const FIRST_RETRY_MS = HOUR_MS / 4

/** How long a connection is left alone after this many failures in a row, in milliseconds; 0: after it was read. */
export function computePause(everyHours: number, failures: number): number {
  const every = everyHours * HOUR_MS
  if (failures === 0) return every
  return Math.min(every, DAY_MS, FIRST_RETRY_MS * 2 ** (failures - 1))
}

/** When a connection has to be read again, in milliseconds; one that was never read is due. */
export function computeDue({ readAt, failures, failedAt }: ReadingTimes, everyHours: number): number {
  const pause = computePause(everyHours, failures)
  if (failedAt !== null) return failedAt + pause
  return readAt === null ? 0 : readAt + pause
}
