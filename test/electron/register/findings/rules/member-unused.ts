import { grant, user } from '../../registers.ts'
import { owner } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'
import { ago, type World } from '../worlds.ts'

const member = (lastUsedAt: number | null, world: World = {}): World => ({
  ...world,
  people: [user('ann', { lastUsedAt }), grant('ann', null), user('bob', { lastUsedAt: ago(0) })],
})

export const cases: RuleCases = {
  rule: 'member-unused',
  subjects: ['ann'],
  found: {
    'a year without use': member(ago(365)),
    '60 days where the client allows 60': member(ago(60), { policy: { memberUnusedDays: 60 } }),
    'an owner of a team of which no list of admin keys exists': {
      provider: 'cursor-team',
      people: owner('ann', 'ann@acme.example', ago(365)),
    },
    'without use, with an unused key': member(ago(91), {
      keys: [{ lastUse: { state: 'known', at: ago(91) } }],
    }),
  },
  notFound: {
    'no report of use': member(null),
    'a report of only some of the use': member(ago(365), { provider: 'anthropic' }),
    'an account used long ago, with a recently used key': member(ago(200), {
      keys: [{ lastUse: { state: 'known', at: ago(3) } }],
    }),
    'an owner, which is another rule': { people: owner('ann', 'ann@acme.example', ago(365)) },
  },
  boundary: {
    notYet: { 'a moment less than 90 days': member(ago(90) + 1) },
    just: { '90 days without use': member(ago(90)) },
  },
}
