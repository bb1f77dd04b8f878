import type { PlanStep } from '../../../shared/contract/plan-apply.ts'
import { plural } from '../../ui/relative.ts'

/** The steps that are selected at first: all but those that take something away. */
export function findSelected(steps: readonly PlanStep[]): ReadonlySet<string> {
  return new Set(steps.filter(({ takesAway }) => !takesAway).map(({ key }) => key))
}

/** Whether a step needs no addition, since the list has the same change already. */
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
