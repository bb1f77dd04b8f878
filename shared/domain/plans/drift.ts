import { difference, type Difference } from './drift-difference.ts'
import { peopleDrift } from './drift-people.ts'
import { projectDrift } from './drift-projects.ts'
import { limitDrift } from './drift-limits.ts'
import type { PlanBindings, RealOrganization } from './drift-reality.ts'
import { nameKey } from '../text/names.ts'
import { matchOrganizations, type OrganizationMatch } from './match.ts'
import type { Plan } from './plan.ts'

export interface Drift {
  readonly organizations: readonly OrganizationMatch[]
  readonly differences: readonly Difference[]
  /** The parts that could not be compared, since they were not read: sentences. */
  readonly unread: readonly string[]
}

/**
 * How reality differs from a plan, in the order of the plan. Names are compared ignoring case; if none matches, a thing
 * with the same keys, people or limit is reported as renamed and never matched automatically.
 *
 * @example computeDrift(plan, reality, { organizations: new Map(), renames: [] }).differences.length // 0 when everything is as planned
 */
export function computeDrift(plan: Plan, reality: readonly RealOrganization[], bindings: PlanBindings): Drift {
  const organizations = matchOrganizations(plan, reality, bindings)
  const differences: Difference[] = []
  const unread: string[] = []
  for (const match of organizations) {
    const { planned, real } = match
    if (planned === null && real !== null) differences.push(extraOrganization(real))
    if (planned === null) continue
    if (real === null) {
      differences.push(missingOrganization(planned.name))
      continue
    }
    if (!real.isRead) {
      unread.push(`${real.label} was not read yet. Sync it first.`)
      continue
    }
    if (real.unread.length > 0) {
      unread.push(
        `Parts of ${real.label} could not be read, and nothing is reported as missing there: ${real.unread.join(', ')}.`,
      )
    }
    const { projects, found } = projectDrift(plan, planned, real, bindings)
    differences.push(...limitDrift(plan, planned, real, projects), ...found)
    differences.push(...peopleDrift(plan, planned, real, projects, isElsewhere(organizations, planned.name)))
  }
  return { organizations, differences, unread }
}

/** True if a person is in another of the planned organizations, or would be invited into an earlier one. */
function isElsewhere(matches: readonly OrganizationMatch[], here: string): (email: string) => boolean {
  const others = matches.filter(({ planned }) => planned !== null && nameKey(planned.name) !== nameKey(here))
  const first = matches.find(({ planned, real }) => planned !== null && real !== null && real.isRead)
  const isFirst =
    first?.planned !== undefined && first.planned !== null && nameKey(first.planned.name) === nameKey(here)
  return (email) =>
    !isFirst || others.some(({ real }) => real?.people.some(({ addresses }) => addresses.includes(email)) ?? false)
}

function missingOrganization(name: string): Difference {
  return difference({
    kind: 'missing',
    part: 'organization',
    organization: name,
    connectionId: null,
    project: null,
    name,
    planned: name,
    actual: null,
    says: `No connection matches the organization ${name}. Add one, or choose which one it is.`,
    subject: null,
    change: null,
  })
}

function extraOrganization(real: RealOrganization): Difference {
  return difference({
    kind: 'extra',
    part: 'organization',
    organization: real.label,
    connectionId: real.connectionId,
    project: null,
    name: real.label,
    planned: null,
    actual: real.label,
    says: `The plan has no organization that matches ${real.label}.`,
    subject: { kind: 'connection', id: real.connectionId },
    change: null,
  })
}
