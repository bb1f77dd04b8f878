import { adoptPlan } from '../../../shared/domain/plans/adopt.ts'
import { countProblems } from '../../../shared/domain/plans/check/check.ts'
import type { Plan, PlannedLimit, PlannedProject } from '../../../shared/domain/plans/plan.ts'
import { MICRO_PER_USD } from '../../../shared/domain/text/money.ts'
import { clientId } from '../../register/clients/slug.ts'
import { createUid } from '../../register/db/uid.ts'
import type { Writer } from '../../register/db/handles.ts'
import { readReality } from '../../register/plans/reality.ts'
import { settleDecision } from '../../register/rows/settle.ts'
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
  const of = { at, operator, client: CLIENT, subject: 'Two environments' } as const
  const [planUid, first] = [createUid(at), createUid(at)]
  const made = {
    v: 1,
    planUid,
    title: of.subject,
    versionUid: first,
    model: adopted,
    ...countProblems(adopted),
  } as const
  const says = `Made from what the connection ${ORGANIZATION} has`
  settleDecision(writer, { kind: 'plan.created', ...of, body: { ...made, says } })
  const model = improved(adopted)
  const version = { versionUid: createUid(at), parentUid: first, model, ...countProblems(model), says: 'Changed' }
  settleDecision(writer, { kind: 'plan.saved', ...of, body: { v: 1, planUid, ...version } })
  settleDecision(writer, { kind: 'plan.activated', ...of, body: { v: 1, planUid } })
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
