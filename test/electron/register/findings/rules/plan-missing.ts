import type { RuleCases } from '../rule-cases.ts'
import { asItIs, inJob, webKeys, withProjects } from '../plan-parts.ts'

const missingKey = webKeys((keys) => [
  ...keys,
  { name: 'prod-web-api', environment: 'prod', purpose: 'api', rotationDays: null },
])

export const cases: RuleCases = {
  rule: 'plan-missing',
  subjects: ['acme openai'],
  found: {
    'a person': { plan: inJob('zoe@acme.example', 'reader', []) },
    'a person who is planned for a project': { plan: inJob('ann@acme.example', 'member', ['Web']) },
    'a key': { plan: missingKey },
  },
  notFound: {
    'what is there and not planned': { plan: (plan) => ({ ...plan, projects: [] }) },
    'a list that could not be read': {
      plan: missingKey,
      more: [{ source: 'project-service-accounts', project: 'proj_a', state: 'denied', facts: [] }],
    },
    'no active plan': {},
  },
  boundary: {
    notYet: { 'all that is planned is there': { plan: asItIs } },
    just: { 'one project is not': { plan: withProjects('Shop') } },
  },
}
