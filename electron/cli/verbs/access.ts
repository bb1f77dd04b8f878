import { accessFilter, type AccessRow } from '../../../shared/contract/access.ts'
import { GRANT_STATES, type GrantState, HOLDER_KINDS } from '../../../shared/domain/access/grant-state.ts'
import { LEVELS, type Level } from '../../../shared/domain/role.ts'
import type { DefineVerb } from '../kit/run.ts'
import { readViewFilter, VIEW_OPTION } from '../kit/saved-view.ts'
import { manyOption } from '../kit/options.ts'
import { defineListVerb } from '../kit/list-verb.ts'
import { ACCESS_FIELDS } from './access/fields.ts'

interface Options {
  readonly view?: string
  readonly level?: readonly Level[]
  readonly kind?: readonly (typeof HOLDER_KINDS)[number][]
  readonly state?: readonly GrantState[]
  readonly environment?: readonly string[]
  readonly privileged?: boolean
  readonly search?: string
}

export const define: DefineVerb = (command, act) => {
  const list = command
    .command('list')
    .description('List every grant with its path and whether it is effective now.')
    .option(...VIEW_OPTION)
    .addOption(manyOption('--level <level>', 'only this level', LEVELS))
    .addOption(manyOption('--kind <kind>', 'only this kind of account', HOLDER_KINDS))
    .addOption(
      manyOption(
        '--state <state>',
        'only effective, dormant (archived project) or expired (invite) grants',
        GRANT_STATES,
      ),
    )
    .addOption(manyOption('--environment <name>', 'only grants that reach a key of this environment'))
    .option('--privileged', 'only effective owners and admins')
    .option('--search <text>', 'only grants whose person, account, project or role it names')
  defineListVerb<AccessRow, Options>(list, act, {
    fields: ACCESS_FIELDS,
    empty: 'No grants. Add a connection and sync it, or import a file.',
    read: (api, { view, ...asked }) => {
      const seen = readViewFilter(api, 'access', accessFilter, view, asked)
      return async (slice) => api.access.list({ ...(await seen), ...asked, ...slice })
    },
  })
}
