import { credentialWords } from '../../../shared/domain/access/credential.ts'
import { SERVICE_ACCOUNTS } from '../../../shared/nouns/service-accounts.ts'
import { defineNounVerb, toFields } from '../kit/noun.ts'
import type { DefineVerb } from '../kit/run.ts'
import { shown } from '../kit/text/shown.ts'

export const define: DefineVerb = (command, act) => {
  const list = command
    .command('list')
    .summary('list service accounts: owner, purpose, credential, last rotation, lifetime, dependants')
    .about({ calls: 'access.serviceAccounts', example: '--client acme' })
  defineNounVerb(list, act, SERVICE_ACCOUNTS, {
    fields: toFields(SERVICE_ACCOUNTS, {
      name: (row) => shown(row.name?.trim() || row.externalId),
      credential: credentialWords,
    }),
    empty: 'No service accounts.',
    read: (api, filter) => (slice) => api.access.serviceAccounts({ ...filter, ...slice }),
  })
}
