import type { RuleCases } from '../rule-cases.ts'

export const cases: RuleCases = {
  rule: 'last-use-not-reported',
  subjects: ['acme openai'],
  found: {
    'one key without a report': { keys: [{ lastUse: { state: 'not-reported' } }] },
  },
  notFound: {
    'no key at all': {},
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
