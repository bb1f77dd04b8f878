import type { KeyRow } from '../../../shared/contract/keys.ts'
import { toLocalDay } from '../../../shared/domain/day.ts'
import { findingsColumn } from '../../entities/finding-badge.tsx'
import { AgeMark, DueMark, LastUseMark, OwnerMark, RotationMark } from '../../entities/key-badges.tsx'
import { ageInDays, endText, keyWord, lastUseText } from '../../entities/key-labels.ts'
import { holderWords } from '../../../shared/domain/providers/key-holder.ts'
import { clientColumn, connectionColumn } from '../../entities/ref-columns.tsx'
import { Named } from '../../ui/named.tsx'
import { absoluteTime } from '../../ui/relative.ts'
import { textColumn, timeColumn } from '../../ui/table/column-kinds.tsx'
import type { DataColumn } from '../../ui/table/column.ts'
import { When } from '../../ui/when.tsx'
import { rotationWord } from '../../ui/words.ts'

type Column = DataColumn<KeyRow>

/** A field of a key that a person may set. */
export type KeyWord = 'environment' | 'team' | 'purpose' | 'contact'

const NAME: Column = textColumn(
  'name',
  'Key',
  { ch: 18, grow: 2, sort: 'name', otherwise: 'No name' },
  (row) => row.name,
)

const CLIENT: Column = clientColumn({ ch: 14, grow: 1, sort: 'client' })

const PROJECT: Column = {
  id: 'project',
  header: 'Project',
  ch: 13,
  grow: 1,
  sort: 'project',
  cell: (row) => <Named text={row.project?.name} otherwise={keyWord(row)} />,
  text: (row) => row.project?.name ?? keyWord(row),
}

const OWNER: Column = {
  id: 'owner',
  header: 'Owner',
  // A name, and *Removed* beside it.
  ch: 27,
  grow: 1,
  sort: 'owner',
  cell: (row) => <OwnerMark row={row} />,
  text: (row) => holderWords(row),
}

const AGE: Column = {
  id: 'age',
  header: 'Age',
  ch: 8,
  whole: true,
  hidden: true,
  align: 'end',
  sort: 'created',
  cell: (row) => <AgeMark row={row} />,
  text: (row) => String(ageInDays(row, toLocalDay(Date.now())) ?? ''),
}

const LAST_USED: Column = {
  id: 'last-used',
  header: 'Last used',
  ch: 13,
  whole: true,
  sort: 'last-used',
  cell: (row) => <LastUseMark use={row.lastUse} />,
  text: (row) => lastUseText(row.lastUse),
}

const EXPIRES: Column = {
  ...timeColumn(
    'expires',
    'Expires',
    { sort: 'expires', otherwise: 'Not reported', hidden: true },
    (row: KeyRow) => row.expiresAt,
  ),
  cell: (row) => <When at={row.expiresAt} otherwise={endText(row.endState)} />,
  text: (row) => (row.expiresAt === null ? endText(row.endState) : absoluteTime(row.expiresAt)),
}

const ROTATION: Column = {
  id: 'rotation',
  header: 'Rotation',
  ch: 14,
  whole: true,
  hidden: true,
  cell: (row) => <RotationMark rotation={row.rotation} />,
  text: (row) => rotationWord(row.rotation.state).word,
}

const DUE: Column = {
  id: 'due',
  header: 'Due',
  ch: 22,
  whole: true,
  align: 'end',
  sort: 'due',
  cell: (row) => <DueMark rotation={row.rotation} />,
  text: (row) => row.rotation.dueOn ?? '',
}

const ENVIRONMENT: Column = textColumn('environment', 'Environment', { ch: 12 }, (row) => row.environment)

const REST: readonly Column[] = [
  connectionColumn({ ch: 17, hidden: true }),
  { ...ENVIRONMENT, hidden: true },
  textColumn('team', 'Team', { ch: 10, hidden: true }, (row) => row.team),
  textColumn('purpose', 'Purpose', { ch: 13, hidden: true }, (row) => row.purpose),
  textColumn('contact', 'Contact', { ch: 17, hidden: true }, (row) => row.contact),
  textColumn('status', 'Status', { ch: 9, hidden: true }, (row) => row.status),
  textColumn('hint', 'Key ending', { ch: 14, hidden: true, mono: true }, (row) => row.hint),
  textColumn('id', 'Key id', { ch: 19, hidden: true, mono: true }, (row) => row.externalId),
]

/** The list of keys. */
export const KEY_COLUMNS: readonly Column[] = [
  NAME,
  CLIENT,
  PROJECT,
  DUE,
  OWNER,
  LAST_USED,
  findingsColumn(),
  ROTATION,
  AGE,
  EXPIRES,
  ...REST,
]

/** The lists of due keys. */
export const DUE_COLUMNS: readonly Column[] = [
  NAME,
  CLIENT,
  DUE,
  ENVIRONMENT,
  PROJECT,
  OWNER,
  textColumn('contact', 'Contact', { ch: 14, grow: 1 }, (row) => row.contact),
  LAST_USED,
  ROTATION,
  AGE,
  EXPIRES,
  ...REST.filter(({ id }) => id !== 'contact' && id !== 'environment'),
]
