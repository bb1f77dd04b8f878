import { ACCESS } from '../../../shared/nouns/access.ts'
import { defineNounVerb } from '../kit/noun.ts'
import type { DefineVerb } from '../kit/run.ts'
import { ACCESS_FIELDS } from './access/fields.ts'

export const define: DefineVerb = (command, act) => {
  const list = command
    .command('list')
    .description('List every grant with its path and whether it is effective now.')
    .about({ calls: 'access.list', example: '--client acme --json' })
  defineNounVerb(list, act, ACCESS, {
    fields: ACCESS_FIELDS,
    views: 'access',
    read: (api, filter) => (slice) => api.access.list({ ...filter, ...slice }),
  })
}
