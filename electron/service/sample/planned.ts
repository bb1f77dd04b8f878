import { adoptPlan } from '../../../shared/domain/plans/adopt.ts'
import { countProblems } from '../../../shared/domain/plans/check/check.ts'
import type { Plan, PlannedLimit, PlannedProject } from '../../../shared/domain/plans/plan.ts'
import { MICRO_PER_USD } from '../../../shared/domain/text/money.ts'
import { clientId } from '../../register/clients/slug.ts'
import { createUid } from '../../register/db/uid.ts'
import type { Writer } from '../../register/db/handles.ts'
import { readReality } from '../../register/plans/reality.ts'
import { insertPlan, insertVersion, setPlanActivated } from '../../register/plans/plans.ts'
import { effectivePolicy } from '../../register/clients/policy.ts'

/** The client that has an active plan, and the organization that the plan was made from. */
const CLIENT = 'acme-corp'
const ORGANIZATION = 'Acme Corp on Anthropic'

/** Activates a plan that was made from what one organization has, and then changed. */
export function activatePlan(
  writer: Writer,
  { at, operator }: { readonly at: number; readonly operator: string },
): void {
  const client = clientId(writer, CLIENT)
  if (client === null) throw new Error(`The client ${CLIENT} of the sample does not exist.`)
  const reality = readReality(writer, client, at).filter(({ label }) => label === ORGANIZATION)
  const adopted = adoptPlan({ name: 'Acme Corp', reality, policy: effectivePolicy(writer, client) })
  const planId = insertPlan(writer, client, 'Two environments', { at, uid: createUid(at) })
  const versions = [
    { plan: adopted, says: `Made from what the connection ${ORGANIZATION} has` },
    { plan: improved(adopted), says: 'Changed' },
  ]
  let parentUid: string | null = null
  for (const { plan: model, says } of versions) {
    const uid = createUid(at)
    insertVersion(writer, { planId, uid, parentUid, model, ...countProblems(model), says, at, by: operator })
    parentUid = uid
  }
  setPlanActivated(writer, planId, true)
}

/** Changes that are agreed for the next quarter; none is applied yet. */
function improved(plan: Plan): Plan {
  const job = plan.people.find(({ name }) => name === 'Ana Castillo')?.job ?? ''
  return {
    ...plan,
    projects: [...plan.projects.map(changed), staging(plan.organizations[0]?.name ?? '')],
    people: plan.people
      .filter(({ name }) => name !== 'Leilani Kahananui')
      .map((one) => (one.name === 'Rebecca Oyelaran' ? { ...one, job } : one)),
  }
}

function changed(project: PlannedProject): PlannedProject {
  if (project.name === 'Product-Dev') return { ...project, limit: withAmount(project.limit, 250) }
  if (project.name !== 'Product-Prod') return project
  return {
    ...project,
    keys: project.keys.map((key) =>
      key.name === 'prod-product-intent' ? { ...key, name: 'prod-product-routing' } : key,
    ),
  }
}

function withAmount(limit: PlannedLimit | null, dollars: number): PlannedLimit {
  return { enforcement: 'hard', thresholds: [], ...limit, amount: dollars * MICRO_PER_USD }
}

function staging(organization: string): PlannedProject {
  return {
    name: 'Product-Staging',
    organization,
    team: null,
    application: null,
    environments: ['staging'],
    limit: null,
    keys: [{ name: 'staging-product-release', environment: 'staging', purpose: 'release', rotationDays: null }],
  }
}
