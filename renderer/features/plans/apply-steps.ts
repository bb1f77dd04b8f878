import type { PlanStep } from '../../../shared/contract/plan-apply.ts'
import { plural } from '../../ui/relative.ts'

/**
 * True if a step is selected: at first all but those that take something away. Only the keys that a person toggled are
 * remembered, so that it holds for steps that are compared again meanwhile.
 */
export function isSelected({ key, takesAway }: PlanStep, toggled: ReadonlySet<string>): boolean {
  return toggled.has(key) === takesAway
}

/** The label of the button: what is not in remediation yet is added, and everything selected is previewed. */
export function confirmLabel(selected: readonly PlanStep[]): string {
  const fresh = selected.filter((step) => !isListed(step)).length
  return fresh === 0 ? `Preview ${plural(selected.length, 'change')}` : `Add ${plural(fresh, 'change')}`
}

/** True if a step needs no addition, since the list has the same change already. */
export function isListed({ remediationId }: Pick<PlanStep, 'remediationId'>): boolean {
  return remediationId !== null
}

/** The selection in words: `6 changes: 4 can be sent now, 2 wait for others, 1 is in remediation already`. */
export function describeSelection(steps: readonly PlanStep[]): string {
  const waiting = steps.filter(({ waits }) => waits !== null).length
  const listed = steps.filter(isListed).length
  const parts = [
    ...(waiting === steps.length ? [] : [`${steps.length - waiting} can be done now`]),
    ...(waiting === 0 ? [] : [`${waiting} must wait for others`]),
    ...(listed === 0 ? [] : [`${listed} in remediation already`]),
  ]
  return `${plural(steps.length, 'change')}${parts.length === 0 ? '' : `: ${parts.join(', ')}`}`
}

/** The changes that were added: those that the list did not have before. */
export function findAdded(ids: readonly number[], steps: readonly PlanStep[]): readonly number[] {
  const before = new Set(steps.map(({ remediationId }) => remediationId))
  return ids.filter((id) => !before.has(id))
}
