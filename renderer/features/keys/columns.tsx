import type { KeyRow } from '../../../shared/contract/keys.ts'
import { localDayOf } from '../../../shared/domain/day.ts'
import { ClientMark } from '../../ui/client-mark.tsx'
import { Named } from '../../ui/named.tsx'
import { absoluteTime } from '../../ui/relative.ts'
import type { DataColumn } from '../../ui/table/column.ts'
import { When, WhenDay } from '../../ui/when.tsx'
import { rotationWord } from '../../ui/words.ts'
import { findingsColumn } from '../../entities/finding-badge.tsx'
import { AgeMark, LastUseMark, OwnerMark, RotationMark } from '../../entities/key-badges.tsx'
import { ageInDays, keyKindWord, lastUseText, ownerText } from '../../entities/key-labels.ts'

/** A word of a key that a person may set. */
export type KeyWord = 'environment' | 'team' | 'purpose' | 'contact'

const word = (id: KeyWord, header: string, width: number): DataColumn<KeyRow> => ({
  id,
  header,
  width,
  hidden: true,
  cell: (row) => <Named text={row[id]} />,
  text: (row) => row[id] ?? '',
})

const NAME: DataColumn<KeyRow> = {
  id: 'name',
  header: 'Key',
  width: 170,
  grow: 2,
  sort: 'name',
  cell: (row) => <Named text={row.name} otherwise="No name" />,
  text: (row) => row.name,
}

const CLIENT: DataColumn<KeyRow> = {
  id: 'client',
  header: 'Client',
  width: 120,
  grow: 1,
  sort: 'client',
  cell: (row) => <ClientMark client={row.client} />,
  text: (row) => row.client.name,
}

const PROJECT: DataColumn<KeyRow> = {
  id: 'project',
  header: 'Project',
  width: 120,
  grow: 1,
  sort: 'project',
  cell: (row) => <Named text={row.project?.name} otherwise={keyKindWord(row.kind, row.tool)} />,
  text: (row) => row.project?.name ?? keyKindWord(row.kind, row.tool),
}

const OWNER: DataColumn<KeyRow> = {
  id: 'owner',
  header: 'Owner',
  width: 140,
  grow: 1,
  sort: 'owner',
  cell: (row) => <OwnerMark row={row} />,
  text: (row) => ownerText(row),
}

const AGE: DataColumn<KeyRow> = {
  id: 'age',
  header: 'Age',
  width: 76,
  align: 'end',
  sort: 'created',
  cell: (row) => <AgeMark row={row} />,
  text: (row) => String(ageInDays(row, localDayOf(Date.now())) ?? ''),
}

const LAST_USED: DataColumn<KeyRow> = {
  id: 'last-used',
  header: 'Last used',
  width: 106,
  sort: 'last-used',
  cell: (row) => <LastUseMark use={row.lastUse} />,
  text: (row) => lastUseText(row.lastUse),
}

const EXPIRES: DataColumn<KeyRow> = {
  id: 'expires',
  header: 'Expires',
  width: 92,
  sort: 'expires',
  cell: (row) => <When at={row.expiresAt} otherwise="Never" />,
  text: (row) => (row.expiresAt === null ? 'Never' : absoluteTime(row.expiresAt)),
}

const ROTATION: DataColumn<KeyRow> = {
  id: 'rotation',
  header: 'Rotation',
  width: 104,
  cell: (row) => <RotationMark rotation={row.rotation} />,
  text: (row) => rotationWord(row.rotation.state).word,
}

const DUE: DataColumn<KeyRow> = {
  id: 'due',
  header: 'Due',
  width: 100,
  align: 'end',
  sort: 'due',
  cell: (row) => <WhenDay day={row.rotation.dueOn} show="day" />,
  text: (row) => row.rotation.dueOn ?? '',
}

const DISTANCE: DataColumn<KeyRow> = {
  id: 'distance',
  header: 'Distance',
  width: 122,
  hidden: true,
  cell: (row) => <WhenDay day={row.rotation.dueOn} />,
  text: (row) => String(row.rotation.daysLeft ?? ''),
}

const REST: readonly DataColumn<KeyRow>[] = [
  {
    id: 'connection',
    header: 'Connection',
    width: 150,
    hidden: true,
    cell: (row) => <Named text={row.connection.label} />,
    text: (row) => row.connection.label,
  },
  word('environment', 'Environment', 110),
  word('team', 'Team', 100),
  word('purpose', 'Purpose', 120),
  word('contact', 'Contact', 150),
  {
    id: 'status',
    header: 'Status',
    width: 90,
    hidden: true,
    cell: (row) => <Named text={row.status} />,
    text: (row) => row.status,
  },
  {
    id: 'hint',
    header: 'Hint',
    width: 130,
    hidden: true,
    cell: (row) => <Named text={row.hint} mono />,
    text: (row) => row.hint ?? '',
  },
  {
    id: 'id',
    header: 'Key id',
    width: 170,
    hidden: true,
    cell: (row) => <Named text={row.externalId} mono />,
    text: (row) => row.externalId,
  },
]

/** The list of keys. */
export const KEY_COLUMNS: readonly DataColumn<KeyRow>[] = [
  NAME,
  CLIENT,
  PROJECT,
  OWNER,
  AGE,
  LAST_USED,
  EXPIRES,
  ROTATION,
  DUE,
  DISTANCE,
  findingsColumn<KeyRow>(),
  ...REST,
]

/** The list of due keys: the day first, and always in its order. */
export const DUE_COLUMNS: readonly DataColumn<KeyRow>[] = [
  DUE,
  { ...DISTANCE, hidden: false },
  ROTATION,
  NAME,
  CLIENT,
  PROJECT,
  OWNER,
  { ...word('contact', 'Contact', 130), grow: 1, hidden: false },
  { ...AGE, hidden: true },
  { ...LAST_USED, hidden: true },
  { ...EXPIRES, hidden: true },
  ...REST.filter(({ id }) => id !== 'contact'),
].map(withoutSort)

function withoutSort(column: DataColumn<KeyRow>): DataColumn<KeyRow> {
  const { id, header, width, grow, align, hidden, cell, text } = column
  return {
    id,
    header,
    width,
    cell,
    text,
    ...(grow === undefined ? {} : { grow }),
    ...(align === undefined ? {} : { align }),
    ...(hidden === undefined ? {} : { hidden }),
  }
}
