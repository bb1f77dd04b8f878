import { keyWorld } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'
import { ago } from '../worlds.ts'

export const cases: RuleCases = {
  rule: 'key-expiry-past-ceiling',
  found: {
    'an expiry after ten years': keyWorld({ createdAt: ago(5), expiresAt: ago(5 - 3650) }),
    'an expiry ten years after a rotation': keyWorld({
      createdAt: ago(900),
      rotatedAt: ago(5),
      expiresAt: ago(5 - 3650),
    }),
  },
  notFound: {
    'no expiry': keyWorld({ expiresAt: null }),
    'an expiry within the interval of a rotation, long after the creation': keyWorld({
      createdAt: ago(900),
      rotatedAt: ago(5),
      expiresAt: ago(5 - 365),
    }),
  },
  boundary: {
    notYet: { 'an expiry after 365 days': keyWorld({ createdAt: ago(5), expiresAt: ago(5 - 365) }) },
    just: { 'a moment more': keyWorld({ createdAt: ago(5), expiresAt: ago(5 - 365) + 1 }) },
  },
}
