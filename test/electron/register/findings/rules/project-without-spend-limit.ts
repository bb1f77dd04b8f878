import { limit, perProject, projectSpendRead } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'

export const cases: RuleCases = {
  rule: 'project-without-spend-limit',
  subjects: ['Web'],
  found: {
    'read, and none, with several keys': { keys: [{}, {}], more: projectSpendRead(), ...perProject },
  },
  notFound: {
    'read, and an alert': {
      keys: [{}],
      more: projectSpendRead([limit('proj_a')]),
      ...perProject,
    },
    'not read': { keys: [{}], ...perProject },
    'not wanted': { keys: [{}], more: projectSpendRead() },
  },
  boundary: {
    notYet: { 'no key to spend with': { more: projectSpendRead(), ...perProject } },
    just: { 'read, and none': { keys: [{}], more: projectSpendRead(), ...perProject } },
  },
}
