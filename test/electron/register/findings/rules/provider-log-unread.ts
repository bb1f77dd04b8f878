import type { RuleCases } from '../rule-cases.ts'

const log = (state: 'complete' | 'unavailable' | 'failed') =>
  ({ more: [{ source: 'audit-log', state, facts: [] }] }) as const

export const cases: RuleCases = {
  rule: 'provider-log-unread',
  subjects: ['acme openai'],
  found: {
    'the log is off': log('unavailable'),
    'a page of it failed': log('failed'),
  },
  notFound: {
    'no log was asked for': {},
  },
  boundary: {
    notYet: { 'the log was read to its end': log('complete') },
    just: { 'it was not': log('failed') },
  },
}
