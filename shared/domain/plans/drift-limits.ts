import { providerFacts } from '../providers/providers.ts'
import type { Enforcement } from '../facts.ts'
import { dollarText } from '../text/money.ts'
import { difference, type Difference } from './drift-difference.ts'
import type { MatchedProject } from './drift-projects.ts'
import type { RealLimit, RealOrganization } from './drift-reality.ts'
import type { Plan, PlannedLimit, PlannedOrganization } from './plan.ts'

const CENT = 10_000

/** The amounts of the alerts that a limit asks for, in micro-USD, whole cents. */
export function alertAmounts({ amount, enforcement, thresholds }: PlannedLimit): number[] {
  const percents = enforcement === 'alert' && thresholds.length === 0 ? [100] : thresholds
  return [...new Set(percents.map((percent) => Math.round((amount / CENT) * (percent / 100)) * CENT))].filter(
    (each) => each > 0,
  )
}

/**
 * Limits that differ. Alerts beyond the planned ones do no harm and are not a difference; if a provider reports no
 * alerts, none are missed.
 */
export function limitDrift(
  _: Plan,
  organization: PlannedOrganization,
  real: RealOrganization,
  projects: readonly MatchedProject[],
): Difference[] {
  if (real.unread.includes('limits')) return []
  const where = { organization: organization.name, connectionId: real.connectionId }
  const own = differing(real, organization.limit, real.limits).map((one) =>
    reported({ ...where, project: null, subject: { kind: 'connection', id: real.connectionId } }, one),
  )
  const theirs = projects.flatMap(({ planned, real: project, isAsked }) =>
    isAsked || (project === null && real.unread.includes('projects'))
      ? []
      : differing(real, planned.limit, project?.limits ?? []).map((one) =>
          reported(
            { ...where, project: planned.name, subject: project === null ? null : { kind: 'project', id: project.id } },
            one,
          ),
        ),
  )
  return [...own, ...theirs]
}

interface Differing {
  readonly enforcement: Enforcement
  readonly planned: number | null
  readonly actual: number | null
}

function differing(
  { provider, unread }: RealOrganization,
  planned: PlannedLimit | null,
  limits: readonly RealLimit[],
): Differing[] {
  const hard = limits.find(({ enforcement }) => enforcement === 'hard')?.amount ?? null
  const wanted = planned?.enforcement === 'hard' ? planned.amount : null
  const found: Differing[] = hard === wanted ? [] : [{ enforcement: 'hard', planned: wanted, actual: hard }]
  if (planned === null || !providerFacts(provider).hasAlerts || unread.includes('alerts')) return found
  const alerts = new Set(limits.filter(({ enforcement }) => enforcement === 'alert').map(({ amount }) => amount))
  const missing = alertAmounts(planned).filter((amount) => !alerts.has(amount))
  return [...found, ...missing.map((amount): Differing => ({ enforcement: 'alert', planned: amount, actual: null }))]
}

function reported(
  where: Pick<Difference, 'organization' | 'connectionId' | 'project' | 'subject'>,
  { enforcement, planned, actual }: Differing,
): Difference {
  const of = where.project === null ? `the organization ${where.organization}` : where.project
  const what = enforcement === 'hard' ? 'spend limit' : 'spend alert'
  const words = (amount: number | null): string | null => (amount === null ? null : `$${dollarText(amount)} a month`)
  return difference({
    ...where,
    kind: 'limit',
    part: 'limit',
    name: what,
    planned: words(planned),
    actual: words(actual),
    says:
      planned === null
        ? `The ${what} of ${of} is ${words(actual)}, and none is planned.`
        : `The ${what} of ${of} should be ${words(planned)}; ${actual === null ? 'there is none' : `it is ${words(actual)}`}.`,
    change: planned === null ? null : { kind: 'limit', project: where.project, enforcement, amount: planned },
  })
}
