import { admin } from '../parts.ts'
import { webKeys } from '../plan-parts.ts'
import type { RuleCases } from '../rule-cases.ts'

const made = (days: number) => ({ days, subject: 'admin-key', act: 'created', of: 'key_admin' }) as const

const withRobot = webKeys((planned) => [
  ...planned,
  { name: 'Admin-Robot', environment: null, purpose: 'automation', rotationDays: null },
])

export const cases: RuleCases = {
  rule: 'admin-key-created',
  subjects: ['acme openai'],
  found: {
    'the log names an admin key': { events: [made(3)] },
    'the log names a key that is an admin key by its list': {
      keys: [admin({ externalId: 'key_admin' })],
      events: [{ days: 3, subject: 'key', act: 'created', of: 'key_admin' }],
    },
    'an admin key by the name that the active plan has for a key of a project': {
      plan: withRobot,
      events: [{ ...made(3), name: 'admin-robot' }],
    },
  },
  notFound: {
    'a key of a project': { keys: [{}], events: [{ days: 3, subject: 'key', act: 'created', of: 'key_0' }] },
    'an admin key that was deleted': { events: [{ days: 3, subject: 'admin-key', act: 'removed', of: 'key_admin' }] },
    'before the last signed review': { reviewed: 2, before: [[4, {}]], events: [made(5)] },
  },
  boundary: {
    notYet: { 'thirty days ago': { events: [made(30)] } },
    just: { 'a moment less': { events: [made(30 - 1e-6)] } },
  },
}
