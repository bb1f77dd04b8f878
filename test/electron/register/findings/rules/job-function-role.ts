import { grant, user } from '../../registers.ts'
import { guest, owner } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'

const reader = [user('eve'), grant('eve', null, { roleRaw: 'reader', level: 'reader' })]

export const cases: RuleCases = {
  rule: 'job-function-role',
  found: {
    'a developer who is an owner': { people: owner('ann'), employment: { ann: { jobTitle: 'Backend Developer' } } },
    'finance with a role in a project': { people: guest('proj_a'), employment: { eve: { jobTitle: 'Accountant' } } },
    'a researcher who is an owner': { people: owner('ann'), employment: { ann: { jobTitle: 'Researcher' } } },
  },
  notFound: {
    'a manager who is an owner': { people: owner('ann'), employment: { ann: { jobTitle: 'Engineering Manager' } } },
    'security that is an owner': { people: owner('ann'), employment: { ann: { jobTitle: 'Security Engineer' } } },
    'an owner without a title': { people: owner('ann'), employment: { ann: {} } },
    'a title without a known job function': { people: owner('ann'), employment: { ann: { jobTitle: 'Gardener' } } },
    'a developer who is a member': { people: guest('proj_a'), employment: { eve: { jobTitle: 'Developer' } } },
  },
  boundary: {
    notYet: { 'finance that reads': { people: reader, employment: { eve: { jobTitle: 'Finance Manager' } } } },
    just: {
      'finance that reads, and is a member of one project': {
        people: [...reader, grant('eve', 'proj_a')],
        employment: { eve: { jobTitle: 'Finance Manager' } },
      },
    },
  },
}
