import type { OperationOf } from '../../../shared/decisions/operations.ts'
import type { FINDINGS_OPERATIONS } from '../../../shared/decisions/findings.ts'
import type { Writer } from '../db/handles.ts'
import { type Acceptance, setAcceptance } from '../findings/acceptance.ts'
import { type Appliers, type Effect, NO_NUMBERS } from './applier.ts'

type OnFinding = OperationOf<'finding.accepted'> | OperationOf<'finding.reopened'>

function set(writer: Writer, { body }: OnFinding, acceptance: Acceptance | null): Effect {
  const finding = setAcceptance(writer, { ...body.findingNamed, firstSeenAt: body.firstSeenAt }, acceptance)
  return finding === null ? NO_NUMBERS : { finding }
}

export const findingsAppliers: Appliers<keyof typeof FINDINGS_OPERATIONS> = {
  'finding.accepted': (writer, operation) => {
    const { at, operator: by, body } = operation
    return set(writer, operation, { until: body.until, reason: body.reason, by, at })
  },
  'finding.reopened': (writer, operation) => set(writer, operation, null),
}
