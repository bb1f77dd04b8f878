import type { ReactElement } from 'react'

import type { RemediationRow } from '../../../shared/contract/remediation.ts'
import type { RemediationState } from '../../../shared/domain/remediation/remediation.ts'
import { Status } from '../../ui/status.tsx'
import { remediationStateWord, shownWord } from '../../entities/remediation-labels.ts'

interface StateMarkProps {
  readonly state: RemediationState
  readonly plain?: boolean
}

/** The state of a change. */
export function StateMark({ state, plain = false }: StateMarkProps): ReactElement {
  const { tone, icon, word, about } = remediationStateWord(state)
  return (
    <Status tone={tone} {...(icon === undefined ? {} : { icon })} title={about} plain={plain}>
      {word}
    </Status>
  )
}

interface ShownMarkProps {
  readonly row: Pick<RemediationRow, 'shown' | 'state' | 'action'>
  readonly plain?: boolean
}

/** Whether a later sync verified a change; nothing without such a sync. */
export function ShownMark({ row, plain = false }: ShownMarkProps): ReactElement | null {
  const word = shownWord(row)
  return word === null ? null : (
    <Status tone={word.tone} title={word.about} plain={plain}>
      {word.word}
    </Status>
  )
}
