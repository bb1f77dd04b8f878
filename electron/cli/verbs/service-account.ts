import type { ServiceAccountFilter, ServiceAccountRow } from '../../../shared/contract/access.ts'
import { CREDENTIALS, credentialLifetime, credentialWords } from '../../../shared/domain/access/credential.ts'
import { getDay } from '../../../shared/domain/day.ts'
import { CONNECTION_FIELDS, dayField, plain } from '../kit/fields.ts'
import type { Field } from '../kit/listing.ts'
import { defineListVerb } from '../kit/list-verb.ts'
import { manyOption } from '../kit/options.ts'
import type { DefineVerb } from '../kit/run.ts'
import { shown } from '../kit/text/shown.ts'
import { isoTime } from '../kit/text/when.ts'

const FIELDS: readonly Field<ServiceAccountRow>[] = [
  { key: 'principalId', json: (row) => row.principalId, column: { title: 'ID', align: 'right' } },
  { key: 'client', json: (row) => row.client.slug, column: { title: 'Client', whole: true } },
  ...CONNECTION_FIELDS,
  { key: 'provider', json: (row) => row.connection.provider },
  { key: 'externalId', json: (row) => row.externalId },
  {
    key: 'name',
    json: (row) => row.name,
    column: { title: 'Account', flexible: true },
    cell: (row) => shown(row.name?.trim() || row.externalId),
  },
  ...plain('status', 'level'),
  { key: 'places', json: (row) => row.places.join(', ') },
  { key: 'owner', json: (row) => row.contacts.join(', '), column: { title: 'Owner', flexible: true } },
  { key: 'purpose', json: (row) => row.purposes.join(', '), column: { title: 'Purpose', flexible: true } },
  { key: 'credential', json: (row) => row.credential, column: { title: 'Credential' }, cell: credentialWords },
  ...plain('keys', 'endless', 'endsUnknown'),
  { key: 'keyEndsAt', json: (row) => isoTime(row.keyEndsAt) },
  dayField('rotatedAt', { title: 'Rotated' }, (row) => row.rotatedAt),
  {
    key: 'lifetime',
    json: (row) => credentialLifetime(row, getDay),
    column: { title: 'Lifetime', flexible: true },
  },
  { key: 'tokenSeconds', json: (row) => row.tokenSeconds },
  { key: 'lastUsedAt', json: (row) => isoTime(row.lastUsedAt) },
  { key: 'dependants', json: (row) => row.dependants.join(', '), column: { title: 'Dependants', flexible: true } },
]

type Options = Pick<ServiceAccountFilter, 'search' | 'credential' | 'privileged'>

export const define: DefineVerb = (command, act) => {
  const list = command
    .command('list')
    .summary('list service accounts: owner, purpose, credential, last rotation, lifetime, dependants')
    .option('--search <text>', 'part of the name or the id of an account')
    .addOption(manyOption('--credential <credential>', 'only accounts that are opened so', CREDENTIALS))
    .option('--privileged', 'only those with the role of an owner or admin')
  defineListVerb<ServiceAccountRow, Options>(list, act, {
    fields: FIELDS,
    empty: 'No service accounts.',
    read: (api, asked) => (slice) => api.access.serviceAccounts({ ...asked, ...slice }),
  })
}
