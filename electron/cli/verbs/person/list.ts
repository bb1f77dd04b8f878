import { PEOPLE } from '../../../../shared/nouns/people.ts'
import { defineNounVerb } from '../../kit/noun.ts'
import type { DefineVerb } from '../../kit/run.ts'
import { PERSON_FIELDS } from './fields.ts'

/** `person list`. */
export const defineList: DefineVerb = (command, act) => {
  defineNounVerb(
    command
      .command('list')
      .description('List people.')
      .about({ calls: 'people.list', example: '--client acme --json' }),
    act,
    PEOPLE,
    {
      fields: PERSON_FIELDS,
      views: 'people',
      read: (api, filter) => (slice) => api.people.list({ ...filter, ...slice }),
    },
  )
}
