import type { RuleCases } from '../rule-cases.ts'

const removed = (days: number) => ({ days, subject: 'network', act: 'removed', of: 'list_1' }) as const

export const cases: RuleCases = {
  rule: 'allow-list-removed',
  subjects: ['acme openai'],
  found: {
    'the list was removed': { events: [removed(3)] },
    'it was turned off': { events: [{ ...removed(3), act: 'disabled' }] },
    'another was there before': { events: [{ ...removed(9), act: 'created' }, removed(3)] },
  },
  notFound: {
    'it was changed': { events: [{ ...removed(3), act: 'changed' }] },
    'another was made afterwards': { events: [removed(3), { ...removed(2), act: 'created' }] },
  },
  boundary: {
    notYet: { 'thirty days ago': { events: [removed(30)] } },
    just: { 'a moment less': { events: [removed(30 - 1e-6)] } },
  },
}
