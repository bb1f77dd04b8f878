import { KEYS } from '../../../shared/nouns/keys.ts'
import { defineNounVerb } from '../kit/noun.ts'
import type { DefineVerb } from '../kit/run.ts'
import { keyFields } from './key/fields.ts'

export const define: DefineVerb = (command, act) => {
  defineNounVerb(
    command
      .command('list')
      .description('List keys.')
      .about({
        calls: ['keys.list', 'views.list --view'],
        example: ['--client acme --view Production', '--environment production --environment staging --json'],
      }),
    act,
    KEYS,
    {
      fields: keyFields,
      views: 'keys',
      read: (api, filter) => (slice) => api.keys.list({ ...filter, sort: { by: 'name' }, ...slice }),
    },
  )
}
