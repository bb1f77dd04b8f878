import { admin, keyWorld } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'

export const cases: RuleCases = {
  rule: 'key-name-off-convention',
  found: {
    'a free name': keyWorld({ name: 'my key' }),
  },
  notFound: {
    'a pattern of the client': keyWorld(
      { name: 'dev.web' },
      {
        policy: { keyNamePattern: '{environment}.{team}' },
      },
    ),
    'a key that a tool named': keyWorld({ name: 'my key', tool: 'Claude Code' }),
    'an admin key': keyWorld(admin({ name: 'my key' })),
  },
  boundary: {
    notYet: { 'a name by the convention': keyWorld({ name: 'dev-web-api' }) },
    just: { 'one part too few': keyWorld({ name: 'dev-web' }) },
  },
}
