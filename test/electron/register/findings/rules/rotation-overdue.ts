import { admin, keyWorld } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'
import { ago } from '../worlds.ts'

export const cases: RuleCases = {
  rule: 'rotation-overdue',
  found: {
    'a production key on the 91st day': keyWorld({ name: 'prod-web-api', createdAt: ago(91) }),
  },
  notFound: {
    'a decoy': keyWorld({ createdAt: ago(181) }, { decoys: 10 }),
    'a key that a tool made and makes again': keyWorld({ createdAt: ago(400), tool: 'Claude Code' }),
    'an admin key, which is another rule': keyWorld(admin({ createdAt: ago(91) })),
  },
  boundary: {
    notYet: { 'the 180th day': keyWorld({ createdAt: ago(180) }) },
    just: { 'the 181st day': keyWorld({ createdAt: ago(181) }) },
  },
}
