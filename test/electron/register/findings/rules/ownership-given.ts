import type { RuleCases } from '../rule-cases.ts'

const given = (days: number) =>
  ({ days, subject: 'user', act: 'changed', of: 'ann', role: 'owner', level: 'owner' }) as const

export const cases: RuleCases = {
  rule: 'ownership-given',
  subjects: ['acme openai'],
  found: {
    'a member becomes an owner': { events: [given(3)] },
    'an admin is invited': { events: [{ days: 3, subject: 'invite', act: 'created', role: 'admin', level: 'admin' }] },
  },
  notFound: {
    'a role that does not administer': { events: [{ ...given(3), role: 'reader', level: 'reader' }] },
    'ownership that was taken away': { events: [{ ...given(3), act: 'removed' }] },
  },
  boundary: {
    notYet: { 'thirty days ago': { events: [given(30)] } },
    just: { 'a moment less': { events: [given(30 - 1e-6)] } },
  },
}
