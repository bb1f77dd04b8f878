import { invite } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'
import { ago } from '../worlds.ts'

export const cases: RuleCases = {
  rule: 'invite-expired',
  subjects: ['inv'],
  found: {
    'a day ago': { people: invite(ago(8), ago(1)) },
    'the provider reports it as expired': { people: invite(ago(7), null, 'expired') },
  },
  notFound: {
    'a week to go': { people: invite(ago(1), ago(-7)) },
  },
  boundary: {
    notYet: { 'in a moment': { people: invite(ago(7), ago(0) + 1) } },
    just: { 'at this moment': { people: invite(ago(7), ago(0)) } },
  },
}
