import { archived, limit, projectSpendRead } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'

const CENT = 10_000
const agreed = [{ connection: 1, project: 1, amount: 1_000_000, enforcement: 'hard' as const }]
const held = (amount: number) => ({ more: projectSpendRead([limit('proj_a', { enforcement: 'hard', amount })]) })

export const cases: RuleCases = {
  rule: 'project-limit-disagrees',
  subjects: ['Web'],
  found: {
    'another amount': { ...held(2_000_000), agreed },
    'none at all': { more: projectSpendRead(), agreed },
  },
  notFound: {
    'the same': { ...held(1_000_000), agreed },
    'nothing agreed': held(1_000_000),
    'not read': { agreed },
    'an archived project': { ...held(2_000_000), projects: archived, agreed },
  },
  boundary: {
    notYet: { 'less than a cent apart': { ...held(1_000_000 - CENT + 1), agreed } },
    just: { 'a cent apart': { ...held(1_000_000 - CENT), agreed } },
  },
}
