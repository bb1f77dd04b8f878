import type { Plan, PlannedKey, PlannedLimit, PlannedProject } from '../../../../shared/domain/plans/plan.ts'

/** Changes to the plan that is adopted from a world, so that the world differs from the plan. */
type Changed = (plan: Plan) => Plan

/** Nothing differs from it. */
export const asItIs: Changed = (plan) => plan

/** The only project of a world, changed. */
export const webAs =
  (of: (web: PlannedProject) => PlannedProject): Changed =>
  (plan) => ({ ...plan, projects: plan.projects.map((each) => (each.name === 'Web' ? of(each) : each)) })

export const webLimit = (limit: PlannedLimit | null): Changed => webAs((web) => ({ ...web, limit }))

export const webKeys = (of: (keys: readonly PlannedKey[]) => readonly PlannedKey[]): Changed =>
  webAs((web) => ({ ...web, keys: of(web.keys) }))

export const organizationLimit =
  (limit: PlannedLimit | null): Changed =>
  (plan) => ({ ...plan, organizations: plan.organizations.map((each) => ({ ...each, limit })) })

/** One more project for each name. */
export const withProjects =
  (...names: readonly string[]): Changed =>
  (plan) => ({
    ...plan,
    projects: [
      ...plan.projects,
      ...names.map((name) => ({
        name,
        organization: plan.organizations[0]?.name ?? '',
        team: null,
        application: null,
        environments: [],
        limit: null,
        keys: [],
      })),
    ],
  })

/** A person in a job with that level and those projects, instead of all earlier access. */
export const inJob =
  (email: string, level: Plan['jobs'][number]['level'], projects: 'all' | readonly string[]): Changed =>
  (plan) => ({
    ...plan,
    jobs: [...plan.jobs, { name: 'Given', level, projects, note: null }],
    people: [...plan.people.filter((one) => one.email !== email), { name: '', email, job: 'Given' }],
  })

export const hard = (amount: number): PlannedLimit => ({ amount, enforcement: 'hard', thresholds: [] })
