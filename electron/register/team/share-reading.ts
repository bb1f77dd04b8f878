import type { LeaseName } from '../../../shared/team/store.ts'
import { type ApplyResult, applyReading, type OnStage } from '../apply/apply.ts'
import type { NewReading } from '../apply/reading.ts'
import { composeReading } from '../apply/take-reading.ts'
import type { NotesOfFile } from '../apply/key-notes.ts'
import type { Writer } from '../db/handles.ts'
import { settleReading } from './keys.ts'
import { addPendingReading } from './pending-reading.ts'
import { isOfTeam } from './place.ts'
import { settleReviews } from './take-review.ts'

/**
 * Applies what this machine read; in the register of a team it also waits for the other members, in the same transaction: to be
 * placed under the lease under which it was read. `noted` is what a file adds to the keys of the reading; it is not exchanged.
 * Throws `ReadingUnreadable` for one that is too long to be shared.
 */
export function applyOwnReading(
  writer: Writer,
  read: NewReading,
  {
    lease = null,
    noted = null,
    onStage,
  }: {
    readonly lease?: LeaseName | null
    readonly noted?: NotesOfFile | null
    readonly onStage?: OnStage | undefined
  } = {},
): ApplyResult {
  const applied = applyReading(writer, read, { settle: settleReading, noted, onStage })
  if (isOfTeam(writer)) {
    const { reading } = applied
    addPendingReading(writer, composeReading(writer, reading, applied), reading.day, lease)
    // It may show what a review of another device froze.
    settleReviews(writer, new Set())
  }
  return applied
}
