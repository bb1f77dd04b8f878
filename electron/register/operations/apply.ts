import type { Kind, Operation } from '../../../shared/decisions/operations.ts'
import type { Writer } from '../db/handles.ts'
import type { Applier, Appliers, Effect } from './applier.ts'
import { clientAppliers } from './clients.ts'
import { connectionAppliers } from './connections.ts'
import { findingsAppliers } from './findings.ts'
import { keyAppliers } from './keys.ts'
import { peopleAppliers } from './people.ts'
import { planAppliers } from './plans.ts'
import { remediationAppliers } from './remediation.ts'
import { reviewAppliers } from './reviews.ts'
import { settingsAppliers } from './settings.ts'
import { todayAppliers } from './today.ts'
import { usageAppliers } from './usage.ts'

const APPLIERS: Appliers<Kind> = {
  ...clientAppliers,
  ...connectionAppliers,
  ...findingsAppliers,
  ...keyAppliers,
  ...peopleAppliers,
  ...planAppliers,
  ...remediationAppliers,
  ...reviewAppliers,
  ...settingsAppliers,
  ...todayAppliers,
  ...usageAppliers,
}

/** Writes what an operation changes, whether it was just decided or is read from a journal. */
export function applyOperation(writer: Writer, operation: Operation): Effect {
  // The kind of the operation is the kind of its applier.
  const apply = APPLIERS[operation.kind] as Applier<Kind>
  return apply(writer, operation)
}
