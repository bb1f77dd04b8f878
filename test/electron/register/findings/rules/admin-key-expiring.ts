import { admin, keyWorld } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'
import { ago } from '../worlds.ts'

export const cases: RuleCases = {
  rule: 'admin-key-expiring',
  found: {
    'three days left': keyWorld(admin({ expiresAt: ago(-3) })),
  },
  notFound: {
    'expired: it opens nothing': keyWorld(admin({ expiresAt: ago(0) })),
    'a key of a project': keyWorld({ expiresAt: ago(-3) }),
  },
  boundary: {
    notYet: { 'a moment more': keyWorld(admin({ expiresAt: ago(-14) + 1 })) },
    just: { '14 days left': keyWorld(admin({ expiresAt: ago(-14) })) },
  },
}
