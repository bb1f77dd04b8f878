import type { KeyRow } from '../../../shared/contract/keys.ts'
import { toLocalDay } from '../../../shared/domain/day.ts'
import { findingsColumn } from '../../entities/finding-badge.tsx'
import { AgeMark, LastUseMark, OwnerMark, RotationMark } from '../../entities/key-badges.tsx'
import { ageInDays, keyKindWord, lastUseText, ownerText } from '../../entities/key-labels.ts'
import { clientColumn, connectionColumn } from '../../entities/ref-columns.tsx'
import { Named } from '../../ui/named.tsx'
import { absoluteTime } from '../../ui/relative.ts'
import { dayColumn, textColumn, timeColumn } from '../../ui/table/column-kinds.tsx'
import type { DataColumn } from '../../ui/table/column.ts'
import { WhenDay } from '../../ui/when.tsx'
import { rotationWord } from '../../ui/words.ts'

type Column = DataColumn<KeyRow>

/** A field of a key that a person may set. */
export type KeyWord = 'environment' | 'team' | 'purpose' | 'contact'

const NAME: Column = textColumn(
  'name',
  'Key',
  { width: 170, grow: 2, sort: 'name', otherwise: 'No name' },
  (row) => row.name,
)

const CLIENT: Column = clientColumn({ width: 120, grow: 1, sort: 'client' })

const PROJECT: Column = {
  id: 'project',
  header: 'Project',
  width: 120,
  grow: 1,
  sort: 'project',
  cell: (row) => <Named text={row.project?.name} otherwise={keyKindWord(row.kind, row.tool)} />,
  text: (row) => row.project?.name ?? keyKindWord(row.kind, row.tool),
}

const OWNER: Column = {
  id: 'owner',
  header: 'Owner',
  width: 140,
  grow: 1,
  sort: 'owner',
  cell: (row) => <OwnerMark row={row} />,
  text: (row) => ownerText(row),
}

const AGE: Column = {
  id: 'age',
  header: 'Age',
  width: 76,
  align: 'end',
  sort: 'created',
  cell: (row) => <AgeMark row={row} />,
  text: (row) => String(ageInDays(row, toLocalDay(Date.now())) ?? ''),
}

const LAST_USED: Column = {
  id: 'last-used',
  header: 'Last used',
  width: 106,
  sort: 'last-used',
  cell: (row) => <LastUseMark use={row.lastUse} />,
  text: (row) => lastUseText(row.lastUse),
}

const EXPIRES: Column = {
  ...timeColumn(
    'expires',
    'Expires',
    { width: 92, sort: 'expires', otherwise: 'Never' },
    (row: KeyRow) => row.expiresAt,
  ),
  text: (row) => (row.expiresAt === null ? 'Never' : absoluteTime(row.expiresAt)),
}

const ROTATION: Column = {
  id: 'rotation',
  header: 'Rotation',
  width: 104,
  cell: (row) => <RotationMark rotation={row.rotation} />,
  text: (row) => rotationWord(row.rotation.state).word,
}

const DUE: Column = dayColumn('due', 'Due', { width: 100, align: 'end', sort: 'due' }, (row) => row.rotation.dueOn)

const DISTANCE: Column = {
  id: 'distance',
  header: 'Due in',
  width: 122,
  hidden: true,
  cell: (row) => <WhenDay day={row.rotation.dueOn} />,
  text: (row) => String(row.rotation.daysLeft ?? ''),
}

const REST: readonly Column[] = [
  connectionColumn({ width: 150, hidden: true }),
  textColumn('environment', 'Environment', { width: 110, hidden: true }, (row) => row.environment),
  textColumn('team', 'Team', { width: 100, hidden: true }, (row) => row.team),
  textColumn('purpose', 'Purpose', { width: 120, hidden: true }, (row) => row.purpose),
  textColumn('contact', 'Contact', { width: 150, hidden: true }, (row) => row.contact),
  textColumn('status', 'Status', { width: 90, hidden: true }, (row) => row.status),
  textColumn('hint', 'Key ending', { width: 130, hidden: true, mono: true }, (row) => row.hint),
  textColumn('id', 'Key id', { width: 170, hidden: true, mono: true }, (row) => row.externalId),
]

/** The list of keys. */
export const KEY_COLUMNS: readonly Column[] = [
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
  findingsColumn(),
  ...REST,
]

/** The list of due keys: the day comes first, and the order is fixed. */
export const DUE_COLUMNS: readonly Column[] = [
  DUE,
  { ...DISTANCE, hidden: false },
  ROTATION,
  NAME,
  CLIENT,
  PROJECT,
  OWNER,
  textColumn('contact', 'Contact', { width: 130, grow: 1 }, (row: KeyRow) => row.contact),
  { ...AGE, hidden: true },
  { ...LAST_USED, hidden: true },
  { ...EXPIRES, hidden: true },
  ...REST.filter(({ id }) => id !== 'contact'),
].map((column) => {
  const { sort: _, ...rest } = column
  return rest
})
