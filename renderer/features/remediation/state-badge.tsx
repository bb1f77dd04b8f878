import type { ReactElement } from 'react'

import type { RemediationRow } from '../../../shared/contract/remediation.ts'
import { Status } from '../../ui/status.tsx'
import { approvalWord } from '../../entities/approval-labels.ts'
import { aboutState, remediationStateWord, shownWord } from '../../entities/remediation-labels.ts'

interface StateMarkProps {
  readonly row: Pick<RemediationRow, 'state' | 'action'>
  readonly plain?: boolean
}

export function StateMark({ row, plain = false }: StateMarkProps): ReactElement {
  const { tone, icon, word } = remediationStateWord(row.state)
  return (
    <Status tone={tone} {...(icon === undefined ? {} : { icon })} title={aboutState(row)} plain={plain}>
      {word}
    </Status>
  )
}

/** Marks a change that waits for a second member of a team; nothing where it needs no approval. */
export function ApprovalMark({
  row,
  plain = false,
}: {
  readonly row: RemediationRow
  readonly plain?: boolean
}): ReactElement | null {
  const found = approvalWord(row.approval)
  return found === null ? null : (
    <Status tone={found.tone} icon={found.icon} title={found.about} plain={plain}>
      {found.word}
    </Status>
  )
}

interface ShownMarkProps {
  readonly row: Pick<RemediationRow, 'shown' | 'state' | 'action'>
  readonly plain?: boolean
}

/** Shows the result of the later sync that could verify a change; nothing without such a sync. */
export function ShownMark({ row, plain = false }: ShownMarkProps): ReactElement | null {
  const word = shownWord(row)
  return word === null ? null : (
    <Status tone={word.tone} title={word.about} plain={plain}>
      {word.word}
    </Status>
  )
}
