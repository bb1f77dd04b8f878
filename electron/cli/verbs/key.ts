import { type KeyFilter, keyFilter, KEY_ACCOUNTS, KEY_FLAGS } from '../../../shared/contract/keys.ts'
import type { KeyRow } from '../../../shared/contract/keys.ts'
import { KEY_KINDS } from '../../../shared/domain/facts.ts'
import { KEY_STATUSES } from '../../../shared/domain/key-status.ts'
import { ROTATION_STATES } from '../../../shared/domain/rotation.ts'
import { keyFields } from './key/fields.ts'
import type { DefineVerb } from '../kit/run.ts'
import { readViewFilter, VIEW_OPTION } from '../kit/saved-view.ts'
import { manyOption } from '../kit/options.ts'
import { defineListVerb } from '../kit/list-verb.ts'

type Filter = Pick<KeyFilter, 'search' | 'environment' | 'account' | 'rotation' | 'flag' | 'kind' | 'status'>
type Options = Filter & { readonly view?: string }

export const define: DefineVerb = (command, act) => {
  const list = command
    .command('list')
    .description('List keys.')
    .option(...VIEW_OPTION)
    .option('--search <text>', 'part of a name, an id, a hint or an owner')
    .addOption(manyOption('--environment <name>', 'only keys of this environment'))
    .addOption(manyOption('--account <kind>', 'only keys of this kind of account', KEY_ACCOUNTS))
    .addOption(manyOption('--rotation <state>', 'only this state of rotation', ROTATION_STATES))
    .addOption(
      manyOption('--flag <flag>', 'unowned: no active owner; unused: for longer than the policy allows', KEY_FLAGS),
    )
    .addOption(manyOption('--kind <kind>', 'only this kind', KEY_KINDS))
    .addOption(manyOption('--status <status>', 'only this status', KEY_STATUSES))
  defineListVerb<KeyRow, Options>(list, act, {
    fields: keyFields,
    empty: 'No keys. Add a connection and sync it, or import a file.',
    read: (api, { view, ...asked }) => {
      const seen = readViewFilter(api, 'keys', keyFilter, view, asked)
      return async (slice) => api.keys.list({ ...(await seen), ...asked, sort: { by: 'name' }, ...slice })
    },
  })
}
