import { two } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'

const given = (days: number) =>
  ({ days, subject: 'user', act: 'changed', of: 'ann', role: 'owner', level: 'owner' }) as const

export const cases: RuleCases = {
  rule: 'ownership-given',
  subjects: ['acme openai'],
  found: {
    'a member becomes an owner': { events: [given(3)] },
    'more than a day after a change of the role in a project': {
      sent: [{ days: 5, action: 'project-member-role', of: 'ann', where: 'proj_a', role: 'owner' }],
      events: [given(3)],
    },
    'in another project than a change': {
      projects: two,
      sent: [{ days: 3, action: 'project-member-role', of: 'ann', where: 'proj_a', role: 'owner' }],
      events: [{ ...given(3), where: 'proj_b' }],
    },
    'more than a day after a change that gave the same role': {
      sent: [{ days: 5, action: 'member-role', of: 'ann', role: 'owner' }],
      events: [given(3)],
    },
    'after a change that ended the account, which has no role': {
      sent: [{ days: 3.5, action: 'member-remove', of: 'ann' }],
      events: [given(3)],
    },
    'an admin is invited': { events: [{ days: 3, subject: 'invite', act: 'created', role: 'admin', level: 'admin' }] },
  },
  notFound: {
    'a role that a change gave': {
      sent: [{ days: 3, action: 'member-role', of: 'ann', role: 'owner' }],
      events: [given(3)],
    },
    'a role that does not administer': { events: [{ ...given(3), role: 'reader', level: 'reader' }] },
    'ownership that was taken away': { events: [{ ...given(3), act: 'removed' }] },
  },
  boundary: {
    notYet: { 'thirty days ago': { events: [given(30)] } },
    just: { 'a moment less': { events: [given(30 - 1e-6)] } },
  },
}
