import { federated } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'

const OWNER = { roleRaw: 'owner', level: 'owner' } as const
const ADMIN = { project: null, roleRaw: 'admin', level: 'admin' } as const

export const cases: RuleCases = {
  rule: 'federation-admin',
  subjects: ['ci'],
  found: {
    'the account owns a project': federated([{}], OWNER),
    'the scope reaches the organization': federated([{ reachesOrganization: true, level: 'admin' }], ADMIN),
  },
  notFound: {
    'the account is a member': federated([{}]),
    'the scope is that of a member': federated([{ level: 'member' }], OWNER),
    'the rule is for other projects': federated([{ projects: ['proj_z'] }], OWNER),
    'no rule': federated([], OWNER),
  },
  boundary: {
    notYet: { 'an admin, and a scope that does not reach the organization': federated([{}], ADMIN) },
    just: { 'an admin, and a scope that does': federated([{ reachesOrganization: true }], ADMIN) },
  },
}
