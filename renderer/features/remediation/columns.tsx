import { IconLock } from '@tabler/icons-react'

import { REMEDIATION } from '../../../shared/nouns/remediation.ts'
import { approvalWord } from '../../entities/approval-labels.ts'
import { toColumns } from '../../entities/noun-columns.tsx'
import { isOpenRemediation, remediationStateWord, shownWord } from '../../entities/remediation-labels.ts'
import { Status } from '../../ui/status.tsx'
import { originWord } from './links.tsx'
import { ApprovalMark, ShownMark, StateMark } from './state-badge.tsx'

export const REMEDIATION_COLUMNS = toColumns(REMEDIATION, {
  state: {
    // A change that waits for a second member is not ready to be sent.
    cell: (row) =>
      approvalWord(row.approval) === null ? <StateMark row={row} plain /> : <ApprovalMark row={row} plain />,
    text: (row) => approvalWord(row.approval)?.word ?? remediationStateWord(row.state).word,
  },
  access: {
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
  shown: { cell: (row) => <ShownMark row={row} plain />, text: (row) => shownWord(row)?.word ?? '' },
  originKind: (row) => originWord(row.origin),
})
