import type { Connection } from '../../../../shared/contract/connections.ts'
import { providerWords } from '../../../../shared/domain/providers/providers.ts'
import { findLack, type SyncLack } from '../../../../shared/domain/sync-lack.ts'
import { plain } from '../../kit/fields.ts'
import type { Field } from '../../kit/listing.ts'
import { shown } from '../../kit/text/shown.ts'
import { isoTime, minuteCell } from '../../kit/text/when.ts'

export const CONNECTION_LIST_FIELDS: readonly Field<Connection>[] = [
  { key: 'id', json: (row) => row.id, column: { title: 'ID', align: 'right' } },
  { key: 'client', json: (row) => row.client.slug, column: { title: 'Client', whole: true } },
  {
    key: 'provider',
    json: (row) => row.provider,
    column: { title: 'Provider' },
    cell: (row) => (row.platform === null ? row.provider : providerWords(row.provider, row.platform)),
  },
  ...plain('platform', 'path'),
  { key: 'label', json: (row) => row.label, column: { title: 'Label', flexible: true } },
  {
    key: 'organizationId',
    json: (row) => row.organizationId,
    column: { title: 'Organization', flexible: true, optional: true },
  },
  ...plain('organizationName', 'baseUrl'),
  { key: 'access', json: (row) => row.access, column: { title: 'Access', optional: true } },
  {
    key: 'credential',
    json: (row) => row.credential.state,
    column: { title: 'Credential' },
    cell: (row) => [row.credential.state, ...(row.readBy?.length ? [`read by ${nameReaders(row)}`] : [])].join(', '),
  },
  { key: 'readBy', json: nameReaders },
  { key: 'credentialHint', json: (row) => row.credential.hint },
  { key: 'credentialSetAt', json: (row) => isoTime(row.credential.setAt) },
  { key: 'credentialCheck', json: (row) => row.credential.check },
  { key: 'credentialTestedAt', json: (row) => isoTime(row.credential.testedAt) },
  {
    key: 'lastSyncAt',
    json: (row) => isoTime(row.lastSync?.finishedAt ?? null),
    column: { title: 'Last sync' },
    cell: (row) => (row.lastSync === null ? 'never' : minuteCell(row.lastSync.finishedAt)),
  },
  { key: 'lastSyncState', json: (row) => row.lastSync?.state ?? null, column: { title: 'State' } },
  { key: 'lastAttemptAt', json: (row) => isoTime(row.lastAttempt?.finishedAt ?? null) },
  { key: 'lastAttemptState', json: (row) => row.lastAttempt?.state ?? null },
  { key: 'lastFault', json: (row) => findLastLack(row)?.fault ?? null },
  {
    key: 'lastReason',
    json: (row) => findLastLack(row)?.text ?? null,
    column: { title: 'Why incomplete', sentence: true, optional: true },
  },
  { key: 'createdAt', json: (row) => isoTime(row.createdAt) },
]

/** The members of a team whose devices read a connection; null without a team. */
function nameReaders({ readBy }: Connection): string | null {
  return readBy === null ? null : [...new Set(readBy.map(({ member }) => shown(member)))].join(', ')
}

function findLastLack({ lastAttempt }: Connection): SyncLack | null {
  return lastAttempt === null ? null : findLack(lastAttempt)
}
