import { FEDERATION } from '../../../shared/nouns/federation.ts'
import { defineNounVerb, toFields } from '../kit/noun.ts'
import type { DefineVerb } from '../kit/run.ts'
import { shown } from '../kit/text/shown.ts'

export const define: DefineVerb = (command, act) => {
  const list = command
    .command('list')
    .summary('list federation rules: which workloads act as a service account without a key')
    .about({ calls: 'access.federation', example: '--client acme' })
  defineNounVerb(list, act, FEDERATION, {
    fields: toFields(FEDERATION, {
      account: (row) => shown(row.account?.name ?? row.account?.externalId ?? ''),
    }),
    empty: 'No federation rules.',
    read: (api, filter) => (slice) => api.access.federation({ ...filter, ...slice }),
  })
}
