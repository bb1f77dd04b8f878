import { project } from '../../registers.ts'
import type { RuleCases } from '../rule-cases.ts'

export const cases: RuleCases = {
  rule: 'default-project-in-use',
  subjects: ['Default project'],
  found: {
    'with several keys': {
      keys: [{}, {}, {}],
      projects: [project('proj_a', { name: 'Default project', isDefault: true })],
    },
  },
  notFound: {
    'another project': { keys: [{}] },
  },
  boundary: {
    notYet: {
      'without a key': {
        projects: [project('proj_a', { name: 'Default project', isDefault: true })],
      },
    },
    just: {
      'with a key': {
        keys: [{}],
        projects: [project('proj_a', { name: 'Default project', isDefault: true })],
      },
    },
  },
}
