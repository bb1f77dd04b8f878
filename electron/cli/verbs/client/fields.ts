import type { Client } from '../../../../shared/contract/clients.ts'
import { count, instant, plain, text } from '../../../../shared/nouns/noun.ts'
import { makeFields } from '../../kit/noun.ts'

export const CLIENT_FIELDS = makeFields<Client>({
  slug: text('Slug', { table: {} }),
  name: text('Client', { table: { flexible: true } }),
  kind: text('Kind', { table: {} }),
  colour: text('Colour', { table: {} }),
  domains: text('Domains', { table: { flexible: true } }, (row) => row.domains.join(' ')),
  ...plain('notes'),
  connections: count('Connections', { table: {} }),
  createdAt: instant(''),
  archivedAt: instant('Archived', { table: {} }),
})
