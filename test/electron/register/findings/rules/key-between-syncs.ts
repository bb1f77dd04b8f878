import type { RuleCases } from '../rule-cases.ts'

const made = (days: number) => ({ days, subject: 'key', act: 'created', of: 'key_x' }) as const
const deleted = (days: number) => ({ ...made(days), act: 'removed' }) as const
const LATER = 40 / (24 * 60)

export const cases: RuleCases = {
  rule: 'key-between-syncs',
  subjects: ['acme openai'],
  found: {
    'a key lived forty minutes': { events: [made(3), deleted(3 - LATER)] },
  },
  notFound: {
    'a key that was not deleted': { events: [made(3)] },
    'a key that a list showed': { keys: [{ externalId: 'key_x' }], events: [made(3), deleted(3 - LATER)] },
    'the deletion of another key': { events: [made(3), { ...deleted(2), of: 'key_y' }] },
  },
  boundary: {
    notYet: { 'thirty days ago': { events: [made(30), deleted(29)] } },
    just: { 'a moment less': { events: [made(30 - 1e-6), deleted(29)] } },
  },
}
