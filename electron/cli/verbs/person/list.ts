import { peopleFilter, type PersonRow, PERSON_STATUSES } from '../../../../shared/contract/people.ts'
import { type Listing } from '../../kit/listing.ts'
import { type DefineVerb } from '../../kit/run.ts'
import { LEVELS, type Level } from '../../../../shared/domain/role.ts'
import { readViewFilter, VIEW_OPTION } from '../../kit/saved-view.ts'
import { manyOption } from '../../kit/options.ts'
import { defineListVerb } from '../../kit/list-verb.ts'
import { dayField } from '../../kit/fields.ts'
import { dayCell, isoTime } from '../../kit/text/when.ts'

const LISTING: Listing<PersonRow> = {
  fields: [
    { key: 'personId', json: (row) => row.personId, column: { title: 'ID', align: 'right' } },
    { key: 'name', json: (row) => row.name, column: { title: 'Person', flexible: true, keep: 18 } },
    { key: 'email', json: (row) => row.email, column: { title: 'E-mail', flexible: true } },
    { key: 'level', json: (row) => row.level, column: { title: 'Level' } },
    { key: 'privileged', json: (row) => row.privileged },
    { key: 'status', json: (row) => row.status, column: { title: 'Status' } },
    { key: 'external', json: (row) => row.external, column: { title: 'External', optional: true } },
    { key: 'departed', json: (row) => row.departed, column: { title: 'Left' } },
    {
      key: 'clients',
      json: (row) => row.clients.map((client) => client.slug).join(' '),
      column: { title: 'Clients', flexible: true, keep: 17 },
    },
    { key: 'connections', json: (row) => row.connections },
    { key: 'projects', json: (row) => row.projects, column: { title: 'Projects', align: 'right', optional: true } },
    { key: 'keys', json: (row) => row.keys, column: { title: 'Keys', align: 'right', optional: true } },
    {
      ...dayField<PersonRow>('lastUsedAt', { title: 'Last used', optional: true }, (row) => row.lastUsedAt),
      cell: ({ lastUsedAt, knownUseAt }) =>
        knownUseAt === null ? dayCell(lastUsedAt) : `${dayCell(knownUseAt)} or later`,
    },
    { key: 'knownUseAt', json: (row) => isoTime(row.knownUseAt) },
    { key: 'lastReviewedOn', json: (row) => row.lastReviewedOn, column: { title: 'Last review', optional: true } },
  ],
  empty: 'No people. Add a connection and sync it, or import a file.',
}

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
    ...LISTING,
    read: (api, { view, ...asked }) => {
      const seen = readViewFilter(api, 'people', peopleFilter, view, asked)
      return async (slice) => api.people.list({ ...(await seen), ...asked, ...slice })
    },
  })
}
