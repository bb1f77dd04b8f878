import type { ServiceAccountRow } from '../../../shared/contract/access.ts'
import { credentialLifetime, credentialWords } from '../../../shared/domain/access/credential.ts'
import { toLocalDay } from '../../../shared/domain/day.ts'
import { levelWord } from '../../entities/access-labels.ts'
import { findingsColumn } from '../../entities/finding-badge.tsx'
import { LevelMark } from '../../entities/level.tsx'
import { clientColumn, connectionOfProviderColumn } from '../../entities/ref-columns.tsx'
import { formatDay } from '../../ui/relative.ts'
import { textColumn, timeColumn } from '../../ui/table/column-kinds.tsx'
import type { DataColumn } from '../../ui/table/column.ts'

const list = (words: readonly string[]): string | null => (words.length === 0 ? null : words.join(', '))

export const SERVICE_ACCOUNT_COLUMNS: readonly DataColumn<ServiceAccountRow>[] = [
  textColumn('name', 'Account', { ch: 18, grow: 1, sort: 'name' }, (row) => row.name?.trim() || row.externalId),
  clientColumn({ ch: 14, sort: 'client' }),
  textColumn('owner', 'Owner', { ch: 13, grow: 1, otherwise: 'No contact' }, (row) => list(row.contacts)),
  textColumn('purpose', 'Purpose', { ch: 14, grow: 1, otherwise: 'Not known' }, (row) => list(row.purposes)),
  textColumn('credential', 'Credential', { ch: 19 }, credentialWords),
  timeColumn('rotated', 'Last rotation', { sort: 'rotated', otherwise: 'None' }, (row) => row.rotatedAt),
  textColumn('lifetime', 'Lifetime', { ch: 22 }, (row) => credentialLifetime(row, (at) => formatDay(toLocalDay(at)))),
  findingsColumn(),
  textColumn('dependants', 'Dependants', { ch: 24, grow: 2, otherwise: 'None known' }, (row) => list(row.dependants)),
  {
    id: 'level',
    header: 'Highest access',
    ch: 14,
    hidden: true,
    cell: (row) => (row.level === null ? <span className="c-quiet">None</span> : <LevelMark level={row.level} />),
    text: (row) => (row.level === null ? '' : levelWord(row.level)),
  },
  textColumn('places', 'Reaches', { ch: 20, hidden: true, otherwise: 'Nothing' }, (row) => list(row.places)),
  timeColumn('used', 'Last used', { sort: 'used', hidden: true, otherwise: 'Not reported' }, (row) => row.lastUsedAt),
  connectionOfProviderColumn({ ch: 20, hidden: true }),
  textColumn('status', 'Status', { ch: 10, hidden: true }, (row) => row.status),
  textColumn('id', 'Account id', { ch: 20, hidden: true, mono: true }, (row) => row.externalId),
]
