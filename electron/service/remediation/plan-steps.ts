import type { Inputs } from '../../../shared/contract/contract.ts'
import type { PlanStep } from '../../../shared/contract/plan-apply.ts'
import type { RemediationValues } from '../../../shared/contract/remediation.ts'
import { canonicalJson } from '../../../shared/domain/canonical-json.ts'
import { type Step, listSteps } from '../../../shared/domain/plans/apply.ts'
import { type Drift, computeDrift } from '../../../shared/domain/plans/drift.ts'
import type { PlanBindings, RealOrganization } from '../../../shared/domain/plans/drift-reality.ts'
import type { Plan } from '../../../shared/domain/plans/plan.ts'
import { sayRemediation } from '../../../shared/domain/remediation/say.ts'
import { clientId } from '../../register/clients/slug.ts'
import { getConnection } from '../../register/connections/connection.ts'
import type { Reader } from '../../register/db/handles.ts'
import { planBindings } from '../../register/plans/answers.ts'
import { readReality } from '../../register/plans/reality.ts'
import { planModel, planRow } from '../../register/plans/plans.ts'
import { isSameRequest } from '../../register/remediation/store.ts'
import { type RemediationSubject, remediationSubject } from '../../register/remediation/subject.ts'
import { notFound, Refusal } from '../kit/refusal.ts'
import { waitsFor, completeValues } from './change-request.ts'

/** A plan beside what its client has. */
export interface PlanReality {
  readonly planId: number
  readonly version: number
  readonly title: string
  readonly client: { readonly id: number; readonly slug: string }
  readonly plan: Plan
  readonly reality: readonly RealOrganization[]
  readonly bindings: PlanBindings
}

/** A plan beside what its client has as of an instant. Throws `Refusal` NOT_FOUND. */
export function measured(
  reader: Reader,
  { planId, version }: { readonly planId: number; readonly version?: number | undefined },
  now: number,
): PlanReality {
  const row = planRow(reader, planId)
  if (row === null) throw notFound(`Plan ${planId}`, 'List the plans of the client to see their numbers.')
  const asked = version ?? row.version
  const plan = planModel(reader, planId, asked)
  const id = clientId(reader, row.client.slug)
  if (plan === null || id === null) {
    throw notFound(`Version ${asked} of “${row.title}”`, 'List the versions of the plan.')
  }
  const client = { id, slug: row.client.slug }
  const bindings = planBindings(reader, planId)
  return { planId, version: asked, title: row.title, client, plan, reality: readReality(reader, id, now), bindings }
}

/** The connection of a step, or of an organization. Throws `Refusal` NOT_FOUND. */
export function connectionRef(reader: Reader, connectionId: number): PlanStep['connection'] {
  const connection = getConnection(reader, connectionId)
  if (connection === null) throw notFound(`Connection ${connectionId}`, 'It was removed meanwhile. Compare again.')
  const { id, label, provider, organizationId } = connection
  return { id, label, provider, organizationId }
}

/** Steps with their current state in the register; none for one whose subject was removed. */
export function shownSteps(reader: Reader, drift: Drift, now: number): PlanStep[] {
  return listSteps(drift).flatMap((step) => {
    const subject = remediationSubject(reader, step.subject.kind, step.subject.id)
    if (subject === null) return []
    const { kind, id, name } = subject
    const { action, values, connectionId, key, takesAway } = step
    const project =
      values.projectId === undefined ? null : (remediationSubject(reader, 'project', values.projectId)?.name ?? null)
    return [
      {
        key,
        connection: connectionRef(reader, connectionId),
        action,
        subject: { kind, id, name },
        values,
        says: sayRemediation({ ...values, action, subject: name, project: project ?? values.project ?? null }),
        takesAway,
        waits: waitsFor(reader, connectionId, values),
        remediationId: isSameRequest(reader, {
          connectionId,
          action,
          subject: { kind, id, name },
          values: canonicalJson({ ...completed(reader, step, subject, now) }),
        }),
      },
    ]
  })
}

/** The values as the list would hold them; unchanged where they are incomplete. */
function completed(
  reader: Reader,
  { action, values }: Step,
  subject: RemediationSubject,
  now: number,
): RemediationValues {
  try {
    return completeValues(reader, action, subject, values, now)
  } catch (error) {
    if (error instanceof Refusal) return values
    throw error
  }
}

/** The changes that would apply the plan, in the order of their dependencies. Throws `Refusal` NOT_FOUND. */
export function planStepsFor(reader: Reader, ref: Inputs['planApply']['steps'], now: number): PlanStep[] {
  const { plan, reality, bindings } = measured(reader, ref, now)
  return shownSteps(reader, computeDrift(plan, reality, bindings), now)
}
