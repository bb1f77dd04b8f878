import type { ReactElement } from 'react'

import type { RemedyState } from '../../../shared/domain/remedy/remedy.ts'
import { Status } from '../../ui/status.tsx'
import { remedyStateWord } from './words.ts'

interface StateMarkProps {
  readonly state: RemedyState
  readonly plain?: boolean
}

/** Where a remedy stands. */
export function StateMark({ state, plain = false }: StateMarkProps): ReactElement {
  const { tone, icon, word, about } = remedyStateWord(state)
  return (
    <Status tone={tone} {...(icon === undefined ? {} : { icon })} title={about} plain={plain}>
      {word}
    </Status>
  )
}
