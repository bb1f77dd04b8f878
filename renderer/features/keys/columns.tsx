import { KEYS, DUE_KEYS, type KeyRow } from '../../../shared/nouns/keys.ts'
import { toLocalDay } from '../../../shared/domain/day.ts'
import { AgeMark, DueMark, LastUseMark, OwnerMark } from '../../entities/key-badges.tsx'
import { ageInDays, endText, keyWord, lastUseText } from '../../entities/key-labels.ts'
import { holderWords } from '../../../shared/domain/providers/key-holder.ts'
import { toColumns, type OwnCell } from '../../entities/noun-columns.tsx'
import { Named } from '../../ui/named.tsx'
import { absoluteTime } from '../../ui/relative.ts'
import { When } from '../../ui/when.tsx'
import { rotationWord } from '../../ui/words.ts'

/** A field of a key that a person may set. */
export type KeyWord = 'environment' | 'team' | 'purpose' | 'contact'

const CELLS = {
  project: {
    cell: (row) => <Named text={row.project?.name} otherwise={keyWord(row)} />,
    text: (row) => row.project?.name ?? keyWord(row),
  },
  ownerName: { cell: (row) => <OwnerMark row={row} />, text: holderWords },
  createdAt: {
    cell: (row) => <AgeMark row={row} />,
    text: (row) => String(ageInDays(row, toLocalDay(Date.now())) ?? ''),
  },
  lastUsedAt: { cell: (row) => <LastUseMark use={row.lastUse} />, text: (row) => lastUseText(row.lastUse) },
  expiresAt: {
    cell: (row) => <When at={row.expiresAt} otherwise={endText(row.endState)} />,
    text: (row) => (row.expiresAt === null ? endText(row.endState) : absoluteTime(row.expiresAt)),
  },
  rotation: (row) => rotationWord(row.rotation.state),
  dueOn: { cell: (row) => <DueMark rotation={row.rotation} />, text: (row) => row.rotation.dueOn ?? '' },
} as const satisfies Readonly<Record<string, OwnCell<KeyRow>>>

/** The list of keys. */
export const KEY_COLUMNS = toColumns(KEYS, CELLS)

/** The lists of due keys. */
export const DUE_COLUMNS = toColumns(DUE_KEYS, CELLS)
