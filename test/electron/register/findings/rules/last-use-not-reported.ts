import type { RuleCases } from '../rule-cases.ts'
import { ago } from '../worlds.ts'

export const cases: RuleCases = {
  rule: 'last-use-not-reported',
  subjects: ['acme openai'],
  found: {
    'one key without a report': { keys: [{ lastUse: { state: 'not-reported' } }] },
  },
  notFound: {
    'no key at all': {},
    'used before a day, when exactly is not known': { keys: [{ lastUse: { state: 'before', at: ago(100) } }] },
  },
  boundary: {
    notYet: { 'reported and never used': { keys: [{}, { lastUse: { state: 'never' } }] } },
    just: {
      'two keys without a report': {
        keys: [{ lastUse: { state: 'not-reported' } }, { lastUse: { state: 'not-reported' } }, {}],
      },
    },
  },
}
