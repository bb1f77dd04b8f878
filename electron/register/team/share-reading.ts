import { type ApplyResult, applyReading, type OnStage } from '../apply/apply.ts'
import type { NotesOfFile } from '../apply/key-notes.ts'
import type { NewReading } from '../apply/reading.ts'
import { composeReading } from '../apply/take-reading.ts'
import type { Writer } from '../db/handles.ts'
import { settleReading } from './keys.ts'
import { isOfTeam } from './place.ts'
import { settleReviews } from './take-review.ts'
import { addPendingReading } from './waiting.ts'

/**
 * Applies what this machine read; in the register of a team it also waits for the other members, in the same transaction: to be placed under the
 * turn under which it was read. `noted` is what a file adds to the keys of the reading; it is not exchanged. Throws `ReadingUnreadable` for one that
 * is too long to be shared.
 */
export function applyOwnReading(
  writer: Writer,
  read: NewReading,
  {
    turn = null,
    noted = null,
    onStage,
  }: {
    readonly turn?: { readonly job: string } | null
    readonly noted?: NotesOfFile | null
    readonly onStage?: OnStage | undefined
  } = {},
): ApplyResult {
  const applied = applyReading(writer, read, { settle: settleReading, noted, onStage })
  if (isOfTeam(writer)) {
    const { reading } = applied
    addPendingReading(writer, composeReading(writer, reading, applied), reading.day, turn?.job ?? null)
    // It may show what a review of another device froze.
    settleReviews(writer, new Set())
  }
  return applied
}
