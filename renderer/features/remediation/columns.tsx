import { IconLock } from '@tabler/icons-react'

import type { RemediationRow } from '../../../shared/contract/remediation.ts'
import { clientColumn, connectionColumn } from '../../entities/ref-columns.tsx'
import { approvalWord } from '../../entities/approval-labels.ts'
import { isOpenRemediation, remediationStateWord, shownWord } from '../../entities/remediation-labels.ts'
import { Status } from '../../ui/status.tsx'
import { textColumn, timeColumn, wordColumn } from '../../ui/table/column-kinds.tsx'
import type { DataColumn } from '../../ui/table/column.ts'
import { originWord } from './links.tsx'
import { ApprovalMark, ShownMark, StateMark } from './state-badge.tsx'

export const REMEDY_COLUMNS: readonly DataColumn<RemediationRow>[] = [
  {
    id: 'state',
    header: 'State',
    ch: 20,
    whole: true,
    // A change that waits for a second member is not ready to be sent.
    cell: (row) =>
      approvalWord(row.approval) === null ? <StateMark row={row} plain /> : <ApprovalMark row={row} plain />,
    text: (row) => approvalWord(row.approval)?.word ?? remediationStateWord(row.state).word,
  },
  textColumn('says', 'Change', { ch: 31, grow: 4 }, (row) => row.says),
  clientColumn({ ch: 13, grow: 1 }),
  connectionColumn({ ch: 17, grow: 1 }),
  {
    id: 'access',
    header: 'Access',
    ch: 14,
    whole: true,
    hidden: true,
    cell: (row) =>
      row.connection.access === 'read-write' ? (
        <span className="c-quiet">Read and write</span>
      ) : (
        <Status tone={isOpenRemediation(row.state) ? 'warn' : 'quiet'} icon={IconLock} plain title="Preview only">
          Read only
        </Status>
      ),
    text: (row) => (row.connection.access === 'read-write' ? 'Read and write' : 'Read only'),
  },
  {
    id: 'shown',
    header: 'Verified',
    ch: 14,
    whole: true,
    cell: (row) => <ShownMark row={row} plain />,
    text: (row) => shownWord(row)?.word ?? '',
  },
  wordColumn('origin', 'From', { ch: 8 }, (row) => originWord(row.origin)),
  timeColumn('added', 'Added', { ch: 10 }, (row) => row.addedAt),
  textColumn('added-by', 'By', { ch: 9, grow: 1 }, (row) => row.addedBy),
  textColumn(
    'approved-by',
    'Approved by',
    { ch: 11, grow: 1, hidden: true, otherwise: '' },
    (row) => row.approval?.approved?.by ?? null,
  ),
  timeColumn('ended', 'Ended', { ch: 10, hidden: true, otherwise: '' }, (row) => row.endedAt),
  timeColumn('recorded', 'Provider log', { ch: 12, hidden: true, otherwise: '' }, (row) => row.recorded?.at ?? null),
  textColumn('outcome', 'Outcome', { ch: 23, grow: 2, hidden: true, otherwise: '' }, (row) => row.outcome),
]
