import { admin, keyWorld } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'

export const cases: RuleCases = {
  rule: 'key-name-off-convention',
  found: {
    'a free name': keyWorld({ name: 'my key' }),
    'a word that is not an environment in its place': keyWorld(
      { name: 'prod-web-chat' },
      {
        policy: { keyNamePattern: '{team}-{environment}-{purpose}' },
      },
    ),
  },
  notFound: {
    'a pattern of the client': keyWorld(
      { name: 'dev.web' },
      {
        policy: { keyNamePattern: '{environment}.{team}' },
      },
    ),
    'an environment in its place': keyWorld(
      { name: 'web-prod-chat' },
      {
        policy: { keyNamePattern: '{team}-{environment}-{purpose}' },
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
