import { projectFilter, type ProjectRow } from '../../../shared/contract/projects.ts'
import { PROJECT_STATUSES } from '../../../shared/domain/facts.ts'
import { type Listing } from '../kit/listing.ts'
import { type DefineVerb } from '../kit/run.ts'
import { isoTime } from '../kit/text/when.ts'
import { readViewFilter, VIEW_OPTION } from '../kit/saved-view.ts'
import { manyOption } from '../kit/options.ts'
import { defineListVerb } from '../kit/list-verb.ts'

const LISTING: Listing<ProjectRow> = {
  fields: [
    { key: 'projectId', json: (row) => row.projectId, column: { title: 'ID', align: 'right' } },
    { key: 'name', json: (row) => row.name, column: { title: 'Project', flexible: true } },
    { key: 'externalId', json: (row) => row.externalId },
    { key: 'client', json: (row) => row.client.slug, column: { title: 'Client', whole: true } },
    { key: 'connectionId', json: (row) => row.connection.id },
    { key: 'connection', json: (row) => row.connection.label, column: { title: 'Connection', flexible: true } },
    { key: 'provider', json: (row) => row.connection.provider },
    { key: 'status', json: (row) => row.status, column: { title: 'Status' } },
    { key: 'isDefault', json: (row) => row.isDefault },
    { key: 'createdAt', json: (row) => isoTime(row.createdAt) },
    { key: 'archivedAt', json: (row) => isoTime(row.archivedAt) },
    { key: 'residency', json: (row) => row.residency },
    { key: 'tags', json: (row) => row.tags.join(', ') },
    { key: 'people', json: (row) => row.people, column: { title: 'People', align: 'right' } },
    {
      key: 'serviceAccounts',
      json: (row) => row.serviceAccounts,
      column: { title: 'Service accounts', align: 'right' },
    },
    { key: 'keys', json: (row) => row.keys, column: { title: 'Keys', align: 'right' } },
    { key: 'limits', json: (row) => row.limits, column: { title: 'Limits', align: 'right' } },
  ],
  empty: 'No projects. Add a connection and sync it, or import a file.',
}

interface Options {
  readonly view?: string
  readonly search?: string
  readonly status?: readonly ProjectRow['status'][]
}

export const define: DefineVerb = (command, act) => {
  const list = command
    .command('list')
    .description('List projects.')
    .option(...VIEW_OPTION)
    .option('--search <text>', 'part of a name or an id')
    .addOption(manyOption('--status <status>', 'only this status', PROJECT_STATUSES))
  defineListVerb<ProjectRow, Options>(list, act, {
    ...LISTING,
    read: (api, { view, ...asked }) => {
      const seen = readViewFilter(api, 'projects', projectFilter, view, asked)
      return async (slice) => api.projects.list({ ...(await seen), ...asked, ...slice })
    },
  })
}
