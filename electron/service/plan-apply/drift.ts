import type { Inputs, Outputs } from '../../../shared/contract/contract.ts'
import type { DriftDifference } from '../../../shared/contract/plan-apply.ts'
import type { Difference } from '../../../shared/domain/plans/drift-difference.ts'
import { type Drift, computeDrift } from '../../../shared/domain/plans/drift.ts'
import { computeMove } from '../../../shared/domain/plans/mover.ts'
import { nameKey } from '../../../shared/domain/text/names.ts'
import type { Plan } from '../../../shared/domain/plans/plan.ts'
import type { Reader } from '../../register/db/handles.ts'
import { connectionRef, measured, type PlanReality, shownSteps } from '../remediation/plan-steps.ts'
import { invalid } from '../kit/refusal.ts'

/** Where reality differs from a plan. Throws `Refusal` NOT_FOUND. */
export function driftFor(
  reader: Reader,
  ref: Inputs['planApply']['drift'],
  now: number,
): Outputs['planApply']['drift'] {
  const { planId, version, plan, reality, bindings } = measured(reader, ref, now)
  const { organizations, differences, unread } = computeDrift(plan, reality, bindings)
  return {
    planId,
    version,
    organizations: organizations.map(({ planned, real, by }) => ({
      name: planned?.name ?? null,
      connection: real === null ? null : connectionRef(reader, real.connectionId),
      by,
    })),
    differences: differences.map(shownDifference),
    unread: [...unread],
  }
}

function shownDifference(found: Difference): DriftDifference {
  const { key, kind, part, organization, connectionId, project, name, planned, actual, says, subject } = found
  return { key, kind, part, organization, connectionId, project, name, planned, actual, says, subject }
}

type PersonInput = Inputs['planApply']['person']

/**
 * The grants and removals of a job, with the steps of both. Throws `Refusal` INVALID for a job that the plan does not
 * have.
 */
export function personDrift(
  { plan, reality, bindings }: PlanReality,
  person: PersonInput['person'],
): {
  readonly drift: Drift
  readonly gains: readonly Difference[]
  readonly losses: readonly Difference[]
  readonly plan: Plan
} {
  if (!plan.jobs.some((job) => nameKey(job.name) === nameKey(person.job))) {
    // A name may contain a comma.
    const jobs = plan.jobs.map(({ name }) => JSON.stringify(name)).join(', ')
    throw invalid('job', `The plan has no job ${person.job}.`, `Its jobs are: ${jobs === '' ? 'none yet' : jobs}.`)
  }
  const { gains, losses, plan: after } = computeMove(plan, person, reality, bindings)
  const { organizations } = computeDrift(after, reality, bindings)
  return { gains, losses, plan: after, drift: { organizations, differences: [...gains, ...losses], unread: [] } }
}

/**
 * The gains and losses of a person with a job. Throws `Refusal` NOT_FOUND, and INVALID for a job that the plan does not
 * have.
 */
export function personFor(
  reader: Reader,
  { person, ...ref }: PersonInput,
  now: number,
): Outputs['planApply']['person'] {
  const { gains, losses, plan, drift } = personDrift(measured(reader, ref, now), person)
  return {
    gains: gains.map(shownDifference),
    losses: losses.map(shownDifference),
    steps: shownSteps(reader, drift, now),
    plan,
  }
}
