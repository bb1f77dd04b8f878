import { IconLock } from '@tabler/icons-react'

import type { RemedyRow } from '../../../shared/contract/remediation.ts'
import { ClientMark } from '../../ui/client-mark.tsx'
import { Named } from '../../ui/named.tsx'
import { absoluteTime } from '../../ui/relative.ts'
import { Status } from '../../ui/status.tsx'
import type { DataColumn } from '../../ui/table/column.ts'
import { When } from '../../ui/when.tsx'
import { originWord } from './links.tsx'
import { ShownMark, StateMark } from './state-mark.tsx'
import { isStanding, remedyStateWord, shownWord } from '../../entities/remedy-labels.ts'

export const REMEDY_COLUMNS: readonly DataColumn<RemedyRow>[] = [
  {
    id: 'state',
    header: 'State',
    width: 122,
    cell: (row) => <StateMark state={row.state} plain />,
    text: (row) => remedyStateWord(row.state).word,
  },
  {
    id: 'says',
    header: 'Remedy',
    width: 270,
    grow: 4,
    cell: (row) => <Named text={row.says} />,
    text: (row) => row.says,
  },
  {
    id: 'client',
    header: 'Client',
    width: 120,
    grow: 1,
    cell: (row) => <ClientMark client={row.client} />,
    text: (row) => row.client.name,
  },
  {
    id: 'connection',
    header: 'Connection',
    width: 150,
    grow: 1,
    cell: (row) => <Named text={row.connection.label} />,
    text: (row) => row.connection.label,
  },
  {
    id: 'access',
    header: 'Access',
    width: 112,
    hidden: true,
    cell: (row) =>
      row.connection.access === 'read-write' ? (
        <span className="c-quiet">Read and write</span>
      ) : (
        <Status tone={isStanding(row.state) ? 'warn' : 'quiet'} icon={IconLock} plain title="It is previewed, not run">
          Read only
        </Status>
      ),
    text: (row) => (row.connection.access === 'read-write' ? 'Read and write' : 'Read only'),
  },
  {
    id: 'shown',
    header: 'Read since',
    width: 104,
    cell: (row) => <ShownMark row={row} plain />,
    text: (row) => shownWord(row)?.word ?? '',
  },
  {
    id: 'origin',
    header: 'From',
    width: 84,
    cell: (row) => originWord(row.origin),
    text: (row) => originWord(row.origin),
  },
  {
    id: 'added',
    header: 'Added',
    width: 96,
    cell: (row) => <When at={row.addedAt} />,
    text: (row) => absoluteTime(row.addedAt),
  },
  {
    id: 'added-by',
    header: 'By',
    width: 90,
    grow: 1,
    cell: (row) => <Named text={row.addedBy} />,
    text: (row) => row.addedBy,
  },
  {
    id: 'ended',
    header: 'Ended',
    width: 96,
    hidden: true,
    cell: (row) => <When at={row.endedAt} otherwise="" />,
    text: (row) => (row.endedAt === null ? '' : absoluteTime(row.endedAt)),
  },
  {
    id: 'outcome',
    header: 'Outcome',
    width: 200,
    grow: 2,
    hidden: true,
    cell: (row) => <Named text={row.outcome} otherwise="" />,
    text: (row) => row.outcome ?? '',
  },
]
