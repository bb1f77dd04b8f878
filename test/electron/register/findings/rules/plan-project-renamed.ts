import type { RuleCases } from '../rule-cases.ts'
import { asItIs, webAs } from '../plan-parts.ts'

export const cases: RuleCases = {
  rule: 'plan-project-renamed',
  subjects: ['Web'],
  found: { 'the same keys under another name': { keys: [{}], plan: webAs((web) => ({ ...web, name: 'Site' })) } },
  notFound: {
    'no active plan': { keys: [{}] },
    'another name and nothing in common': { plan: webAs((web) => ({ ...web, name: 'Site' })) },
  },
  boundary: {
    notYet: {
      'the name itself': { keys: [{}], plan: asItIs },
      'another case': { keys: [{}], plan: webAs((web) => ({ ...web, name: 'WEB' })) },
    },
    just: { 'one letter more': { keys: [{}], plan: webAs((web) => ({ ...web, name: 'Webs' })) } },
  },
}
