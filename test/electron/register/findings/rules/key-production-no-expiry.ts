import { project } from '../../registers.ts'
import { keyWorld } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'
import { ago } from '../worlds.ts'

export const cases: RuleCases = {
  rule: 'key-production-no-expiry',
  found: {
    'a key in a project named for production': keyWorld(
      { name: 'key' },
      { policy: { productionKeysExpire: true }, projects: [project('proj_a', { name: 'Web Prod' })] },
    ),
  },
  notFound: {
    'a production key, where the policy requires no expiry': keyWorld({ name: 'prod-web-api' }),
    'a development key': keyWorld({}, { policy: { productionKeysExpire: true } }),
  },
  boundary: {
    notYet: {
      'a production key that expires': keyWorld(
        { name: 'prod-web-api', expiresAt: ago(-20) },
        { policy: { productionKeysExpire: true } },
      ),
    },
    just: {
      'a production key, where the policy requires an expiry': keyWorld(
        { name: 'prod-web-api' },
        { policy: { productionKeysExpire: true } },
      ),
    },
  },
}
