import type { Plan } from '../../../../../shared/domain/plans/plan.ts'
import type { RuleCases } from '../rule-cases.ts'
import { asItIs } from '../plan-parts.ts'
import { project } from '../../registers.ts'
import { two } from '../parts.ts'

const onlyShop = {
  plan: (plan: Plan): Plan => ({ ...plan, projects: plan.projects.filter(({ name }) => name === 'Shop') }),
}

export const cases: RuleCases = {
  rule: 'plan-project-extra',
  subjects: ['Web'],
  found: {
    'a project that is not in the plan': { projects: two, ...onlyShop },
    'the default project, with a key': {
      projects: [project('proj_a', { name: 'Web', isDefault: true })],
      keys: [{}],
      plan: (plan) => ({ ...plan, projects: [] }),
    },
  },
  notFound: {
    'no active plan': { projects: two },
    'an archived project': { projects: [project('proj_a', { name: 'Web', status: 'archived' })], ...onlyShop },
    'the unused default project': {
      projects: [project('proj_a', { name: 'Web', isDefault: true })],
      ...onlyShop,
    },
  },
  boundary: {
    notYet: { 'every project is planned': { projects: two, plan: asItIs } },
    just: { 'all but one are': { projects: two, ...onlyShop } },
  },
}
