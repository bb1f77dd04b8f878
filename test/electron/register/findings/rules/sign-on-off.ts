import type { RuleCases } from '../rule-cases.ts'

const off = (days: number) => ({ days, subject: 'sign-on', act: 'disabled' }) as const

export const cases: RuleCases = {
  rule: 'sign-on-off',
  subjects: ['acme openai'],
  found: {
    'single sign-on was turned off': { events: [off(3)] },
    'the directory was removed': { events: [{ days: 3, subject: 'provisioning', act: 'removed' }] },
    'only the other one was turned on again': {
      events: [off(3), { days: 2, subject: 'provisioning', act: 'enabled' }],
    },
  },
  notFound: {
    'it was changed': { events: [{ ...off(3), act: 'changed' }] },
    'it was turned on again': { events: [off(3), { ...off(2), act: 'enabled' }] },
  },
  boundary: {
    notYet: { 'thirty days ago': { events: [off(30)] } },
    just: { 'a moment less': { events: [off(30 - 1e-6)] } },
  },
}
