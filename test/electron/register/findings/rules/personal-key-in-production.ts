import { account, keyWorld } from '../parts.ts'
import { project } from '../../registers.ts'
import type { RuleCases } from '../rule-cases.ts'

export const cases: RuleCases = {
  rule: 'personal-key-in-production',
  found: {
    'a person’s key in a project named for production': keyWorld(
      { name: 'Ann’s key' },
      { projects: [project('proj_a', { name: 'Web Prod' })] },
    ),
  },
  notFound: {
    'a person’s key in development': keyWorld({}),
    'a workspace key with a creator': keyWorld({ name: 'prod-web-api' }, { provider: 'anthropic' }),
  },
  boundary: {
    notYet: { 'a service account’s key': keyWorld({ name: 'prod-web-api', owner: account }) },
    just: { 'a person’s key named for production': keyWorld({ name: 'prod-web-api' }) },
  },
}
