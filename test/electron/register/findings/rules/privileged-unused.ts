import { user } from '../../registers.ts'
import { admin, owner, used } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'
import { ago, type World } from '../worlds.ts'

const ann = (days: number, world: World = {}): World => ({
  ...world,
  people: owner('ann', 'ann@acme.example', ago(days)),
})

export const cases: RuleCases = {
  rule: 'privileged-unused',
  subjects: ['ann'],
  found: {
    'an owner without use for a year': ann(365),
    'an owner whose calls of the API need no more than a member’s role': ann(1, { keys: [used(1)] }),
    'an owner with an admin key that was never used': ann(1, { keys: [admin({ lastUse: { state: 'never' } })] }),
  },
  notFound: {
    'an owner of a team of which no list of admin keys exists': ann(365, { provider: 'cursor-team' }),
    'an owner of whom no use is reported': { people: owner('ann') },
    'an owner with an admin key in use': ann(1, { keys: [admin(used(1))] }),
    'an owner with an admin key whose use is not reported': ann(1, {
      keys: [admin({ lastUse: { state: 'not-reported' } })],
    }),
    'a member, which is another rule': { people: [user('ann', { lastUsedAt: ago(365) })] },
  },
  boundary: {
    notYet: {
      'an admin key last used a moment less than 90 days ago': ann(1, {
        keys: [admin({ lastUse: { state: 'known', at: ago(90) + 1 } })],
      }),
    },
    just: { 'an admin key last used 90 days ago': ann(1, { keys: [admin(used(90))] }) },
  },
}
