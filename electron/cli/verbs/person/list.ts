import { peopleFilter, type PersonRow, PERSON_STATUSES } from '../../../../shared/contract/people.ts'
import { type DefineVerb } from '../../kit/run.ts'
import { LEVELS, type Level } from '../../../../shared/domain/role.ts'
import { readViewFilter, VIEW_OPTION } from '../../kit/saved-view.ts'
import { manyOption } from '../../kit/options.ts'
import { defineListVerb } from '../../kit/list-verb.ts'
import { PERSON_FIELDS } from './fields.ts'

interface Options {
  readonly view?: string
  readonly search?: string
  readonly privileged?: boolean
  readonly external?: boolean
  readonly departed?: boolean
  readonly level?: readonly Level[]
  readonly status?: readonly PersonRow['status'][]
}

/** `person list`. */
export const defineList: DefineVerb = (command, act) => {
  const list = command
    .command('list')
    .description('List people.')
    .option(...VIEW_OPTION)
    .option('--search <text>', 'part of a name or an address')
    .option('--privileged', 'only owners and admins')
    .option('--external', 'only addresses outside the clients’ domains')
    .option('--departed', 'only people who have left, by the personnel files')
    .addOption(manyOption('--level <level>', 'only this highest level', LEVELS))
    .addOption(manyOption('--status <status>', 'only this status', PERSON_STATUSES))
  defineListVerb<PersonRow, Options>(list, act, {
    fields: PERSON_FIELDS,
    empty: 'No people. Add a connection and sync it, or import a file.',
    read: (api, { view, ...asked }) => {
      const seen = readViewFilter(api, 'people', peopleFilter, view, asked)
      return async (slice) => api.people.list({ ...(await seen), ...asked, ...slice })
    },
  })
}
