import { projectFilter, type ProjectRow } from '../../../shared/contract/projects.ts'
import { PROJECT_STATUSES } from '../../../shared/domain/facts.ts'
import { type DefineVerb } from '../kit/run.ts'
import { readViewFilter, VIEW_OPTION } from '../kit/saved-view.ts'
import { manyOption } from '../kit/options.ts'
import { defineListVerb } from '../kit/list-verb.ts'
import { PROJECT_FIELDS } from './project/fields.ts'

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
    fields: PROJECT_FIELDS,
    empty: 'No projects. Add a connection and sync it, or import a file.',
    read: (api, { view, ...asked }) => {
      const seen = readViewFilter(api, 'projects', projectFilter, view, asked)
      return async (slice) => api.projects.list({ ...(await seen), ...asked, ...slice })
    },
  })
}
