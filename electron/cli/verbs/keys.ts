import { Option } from 'commander'

import { type KeyFilter, KEY_FLAGS } from '../../../shared/contract/keys.ts'
import type { KeyRow } from '../../../shared/contract/keys.ts'
import { KEY_KINDS } from '../../../shared/domain/facts.ts'
import { KEY_STATUSES } from '../../../shared/domain/key-status.ts'
import { ROTATION_STATES } from '../../../shared/domain/rotation.ts'
import { keyFields } from './keys/fields.ts'
import type { DefineVerb } from '../kit/run.ts'
import { defineListVerb } from '../kit/list-verb.ts'

type Options = Pick<KeyFilter, 'search' | 'rotation' | 'flag' | 'kind' | 'status'>

export const define: DefineVerb = (command, act) => {
  command
    .option('--search <text>', 'part of a name, an id, a hint or an owner')
    .addOption(new Option('--rotation <state>', 'only this state of rotation').choices(ROTATION_STATES))
    .addOption(new Option('--flag <flag>', 'unowned: no active owner; unused: not in 90 days').choices(KEY_FLAGS))
    .addOption(new Option('--kind <kind>', 'only this kind').choices(KEY_KINDS))
    .addOption(new Option('--status <status>', 'only this status').choices(KEY_STATUSES))
  defineListVerb<KeyRow, Options>(command, act, {
    fields: keyFields,
    empty: 'No keys. Add a connection and sync it, or import a file.',
    read: (api, asked) => (slice) => api.keys.list({ ...asked, sort: { by: 'name' }, ...slice }),
  })
}
