import type { Kind, Operation } from '../../../shared/decisions/operations.ts'
import type { Writer } from '../db/handles.ts'
import { settleDecision } from '../rows/settle.ts'
import type { Applier, Appliers, Effect } from './applier.ts'
import { reviewAppliers } from './reviews.ts'

const APPLIERS: Partial<Appliers<Kind>> = {
  ...reviewAppliers,
}

/** Writes what an operation changes, whether it was just decided or is read from a journal. */
export function applyOperation(writer: Writer, operation: Operation): Effect {
  // The kind of the operation is the kind of its applier.
  const apply = APPLIERS[operation.kind] as Applier<Kind> | undefined
  return apply === undefined ? settleDecision(writer, operation) : apply(writer, operation)
}
