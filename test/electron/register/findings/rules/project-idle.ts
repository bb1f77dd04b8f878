import { grant, project, user } from '../../registers.ts'
import { archived, never, used } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'
import { ago, type World } from '../worlds.ts'

/** Keys created long ago, and last used as long ago as given. */
const web = (keys: World['keys'], world: World = {}): World => ({
  ...world,
  keys: (keys ?? []).map((key) => ({ createdAt: ago(300), ...key })),
})

export const cases: RuleCases = {
  rule: 'project-idle',
  subjects: ['Web'],
  found: {
    'a key last used a year ago': web([{ createdAt: ago(400), ...used(365) }]),
    'a key never used': web([never(300)]),
    'a key used before a day, when exactly is not known': web([{ lastUse: { state: 'before', at: ago(100) } }]),
    'with members': web([used(100)], { people: [user('ann'), grant('ann', 'proj_a')] }),
    '30 days where the client allows 30': web([used(30)], { policy: { idleProjectDays: 30 } }),
  },
  notFound: {
    'a decoy': web([used(90)], { decoys: 10 }),
    'one of two keys in use': web([used(200), used(2)]),
    'a key without a report': web([used(200), { lastUse: { state: 'not-reported' } }]),
    'no key, so that the use is unknown': { people: [user('ann'), grant('ann', 'proj_a')] },
    'a recently created key': web([used(200), { createdAt: ago(3), lastUse: { state: 'never' } }]),
    'a recently created project': web([used(200)], {
      projects: [project('proj_a', { name: 'Web', createdAt: ago(10) })],
    }),
    'an archived project, which is another rule': web([used(200)], { projects: archived }),
    'a key that was used and then removed': {
      before: [[20, web([used(100), { externalId: 'gone', ...used(21) }])]],
      ...web([used(100)]),
    },
  },
  boundary: {
    notYet: { 'a moment less than 90 days': web([{ lastUse: { state: 'known', at: ago(90) + 1 } }]) },
    just: { '90 days without use': web([used(90)]) },
  },
}
