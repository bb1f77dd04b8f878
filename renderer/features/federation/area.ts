import { defineArea } from '../../data/areas.ts'
import { searchSchema } from './search.ts'

export const area = defineArea({
  path: '/keys/federation',
  search: searchSchema,
  page: () => import('./page.tsx'),
  rail: null,
  // The lists are operations of access, which the area of grants declares.
  reads: {},
  opens: ['connection', 'principal', 'rule', 'certificate'],
  parent: '/keys',
  tabs: [
    { label: 'Federation', synonyms: 'workload identity oidc keyless github actions pipelines rules issuers' },
    { label: 'Certificates', search: { view: 'certificates' }, synonyms: 'mtls client certificates expiry' },
  ],
})
