import type { Difference } from './drift-difference.ts'
import { computeDrift } from './drift.ts'
import type { PlanBindings, RealOrganization } from './drift-reality.ts'
import { nameKey } from '../text/names.ts'
import type { Plan, PlannedPerson } from './plan.ts'

/** The consequences of a job for one person, before it is given. */
export interface Move {
  /** The plan with the person in this job, and in no other. */
  readonly plan: Plan
  /** The access that the person lacks and gets. */
  readonly gains: readonly Difference[]
  /** The access that they have and lose. */
  readonly losses: readonly Difference[]
}

/** The plan with a person in one job; without them for a null. They keep their place in the list. */
export function withPerson(plan: Plan, email: string, person: PlannedPerson | null): Plan {
  const first = plan.people.findIndex((one) => nameKey(one.email) === nameKey(email))
  const others = plan.people.filter((one) => nameKey(one.email) !== nameKey(email))
  if (person === null) return { ...plan, people: others }
  const at = first < 0 ? others.length : plan.people.slice(0, first).filter((one) => others.includes(one)).length
  return { ...plan, people: [...others.slice(0, at), person, ...others.slice(at)] }
}

/** The changes that a new job needs: a joiner gains, a mover gains and loses. */
export function computeMove(
  plan: Plan,
  person: PlannedPerson,
  reality: readonly RealOrganization[],
  bindings: PlanBindings,
): Move {
  const after = withPerson(plan, person.email, person)
  const email = nameKey(person.email)
  const own = new Set(
    reality.flatMap(({ people }) => people.filter(({ addresses }) => addresses.includes(email)).map(({ id }) => id)),
  )
  const about = computeDrift(after, reality, bindings).differences.filter(
    ({ part, subject, change }) =>
      (part === 'person' || part === 'member') &&
      (subject === null ? change?.kind === 'person' && change.email === email : own.has(subject.id)),
  )
  const isLoss = ({ kind }: Difference): boolean => kind === 'place' || kind === 'extra'
  return { plan: after, gains: about.filter((one) => !isLoss(one)), losses: about.filter(isLoss) }
}
