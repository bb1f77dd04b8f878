import type { CertificateRow } from '../../../shared/contract/access.ts'
import type { RuleState } from '../../../shared/domain/federation/path.ts'
import type { Pin } from '../../../shared/domain/federation/workload.ts'
import type { Tone } from '../../ui/status.tsx'

interface Label {
  readonly tone: Tone
  readonly word: string
}

/** A rule that gives access is a fact to look at, and not an approval: it is never green. */
const STATES: Readonly<Record<RuleState, Label>> = {
  active: { tone: 'info', word: 'Active' },
  'issuer-off': { tone: 'quiet', word: 'Issuer disabled' },
  disabled: { tone: 'quiet', word: 'Disabled' },
  archived: { tone: 'quiet', word: 'Archived' },
}

export function stateLabel(state: RuleState): Label {
  return STATES[state]
}

const PIN_LABELS: Readonly<Record<Pin, Label>> = {
  exact: { tone: 'good', word: 'One workload' },
  repository: { tone: 'warn', word: 'Any branch' },
  owner: { tone: 'bad', word: 'Any repository' },
  pattern: { tone: 'bad', word: 'A pattern' },
  condition: { tone: 'warn', word: 'A condition' },
  claims: { tone: 'warn', word: 'Unknown claims' },
  open: { tone: 'bad', word: 'Every workload' },
}

/** How far a rule pins down the workloads that it accepts. */
export function pinLabel(pin: Pin): Label {
  return PIN_LABELS[pin]
}

/** The state of a certificate at an instant. */
export function certificateLabel(
  { active, expiresAt, isNearEnd }: Pick<CertificateRow, 'active' | 'expiresAt' | 'isNearEnd'>,
  now: number,
): Label {
  if (expiresAt !== null && expiresAt <= now) return { tone: 'bad', word: 'Expired' }
  if (!active) return { tone: 'quiet', word: 'Inactive' }
  if (isNearEnd) return { tone: 'warn', word: 'Expires soon' }
  return { tone: 'info', word: 'Active' }
}
