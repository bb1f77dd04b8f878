import type { Connection } from '../../../../shared/contract/connections.ts'
import { providerWords } from '../../../../shared/domain/providers/providers.ts'
import { findLack, type SyncLack } from '../../../../shared/domain/sync-lack.ts'
import { clientField, count, instant, json, plain, text } from '../../../../shared/nouns/noun.ts'
import { makeFields } from '../../kit/noun.ts'
import { shown } from '../../kit/text/shown.ts'
import { minuteCell } from '../../kit/text/when.ts'

export const CONNECTION_LIST_FIELDS = makeFields<Connection>(
  {
    id: count('ID', { table: {} }),
    client: clientField({}),
    provider: text('Provider', { table: {} }),
    ...plain('platform', 'path'),
    label: text('Label', { table: { flexible: true } }),
    organizationId: text('Organization', { table: { flexible: true, optional: true } }),
    ...plain('organizationName', 'baseUrl'),
    access: text('Access', { table: { optional: true } }),
    credential: text('Credential', { table: {} }, (row) => row.credential.state),
    readBy: json(nameReaders),
    credentialHint: json((row) => row.credential.hint),
    credentialSetAt: instant('', {}, (row) => row.credential.setAt),
    credentialCheck: json((row) => row.credential.check),
    credentialTestedAt: instant('', {}, (row) => row.credential.testedAt),
    lastSyncAt: instant('Last sync', { table: {} }, (row) => row.lastSync?.finishedAt ?? null),
    lastSyncState: text('State', { table: {} }, (row) => row.lastSync?.state ?? null),
    lastAttemptAt: instant('', {}, (row) => row.lastAttempt?.finishedAt ?? null),
    lastAttemptState: json((row) => row.lastAttempt?.state ?? null),
    lastFault: json((row) => findLastLack(row)?.fault ?? null),
    lastReason: text(
      'Why incomplete',
      { table: { sentence: true, optional: true } },
      (row) => findLastLack(row)?.text ?? null,
    ),
    createdAt: instant(''),
  },
  {
    provider: (row) => (row.platform === null ? row.provider : providerWords(row.provider, row.platform)),
    credential: (row) =>
      [row.credential.state, ...(row.readBy?.length ? [`read by ${nameReaders(row)}`] : [])].join(', '),
    lastSyncAt: (row) => (row.lastSync === null ? 'never' : minuteCell(row.lastSync.finishedAt)),
  },
)

/** The members of a team whose devices read a connection; null without a team. */
function nameReaders({ readBy }: Connection): string | null {
  return readBy === null ? null : [...new Set(readBy.map(({ member }) => shown(member)))].join(', ')
}

function findLastLack({ lastAttempt }: Connection): SyncLack | null {
  return lastAttempt === null ? null : findLack(lastAttempt)
}
