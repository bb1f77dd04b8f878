import { ACCESS_FACTS, defineArea } from '../../data/areas.ts'
import { searchSchema } from './search.ts'

/** Effective access belongs to people, keys and projects alike: one page, a tab of each. */
const facts = {
  search: searchSchema,
  rail: null,
  opens: ['connection', 'project', 'person', 'principal'],
} as const

const synonyms = 'grants permissions roles who can'

export const accessOfPeople = defineArea({
  ...facts,
  path: '/people/access',
  page: async () => ({ Page: (await import('./page.tsx')).pageAt('/people/access', 'People') }),
  parent: '/people',
  // Certificates and the roster depend on the policy and on the keys’ contacts, and rows have their findings.
  reads: { access: [...ACCESS_FACTS, 'rotation', 'policy', 'findings'] },
  tabs: [{ label: 'Access', synonyms }],
})

export const accessOfKeys = defineArea({
  ...facts,
  path: '/keys/access',
  page: async () => ({ Page: (await import('./page.tsx')).pageAt('/keys/access', 'Keys') }),
  parent: '/keys',
  reads: {},
  tabs: [{ label: 'Access', synonyms }],
})

export const accessOfProjects = defineArea({
  ...facts,
  path: '/projects/access',
  page: async () => ({ Page: (await import('./page.tsx')).pageAt('/projects/access', 'Projects') }),
  parent: '/projects',
  reads: {},
  tabs: [{ label: 'Access', synonyms }],
})
