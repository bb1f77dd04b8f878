import { IconUserOff } from '@tabler/icons-react'
import type { ReactElement } from 'react'

import type { PersonRow } from '../../../shared/contract/people.ts'
import { Status } from '../../ui/status.tsx'
import { personStatus } from './labels.ts'

/** The access status of a person, in a dense list. */
export function PersonStatus({ status }: Pick<PersonRow, 'status'>): ReactElement {
  const { tone, word } = personStatus(status)
  return (
    <Status tone={tone} plain>
      {word}
    </Status>
  )
}

interface DepartedProps extends Pick<PersonRow, 'status'> {
  readonly plain?: boolean
}

/** Marks a person who has left; urgent while they still have access. */
export function Departed({ status, plain = false }: DepartedProps): ReactElement {
  const standing = status !== 'removed'
  return (
    <Status
      tone={standing ? 'bad' : 'quiet'}
      icon={IconUserOff}
      plain={plain}
      title={
        standing ? `Has left; access status: ${personStatus(status).word}` : 'Has left, and has no access any more'
      }
    >
      Left
    </Status>
  )
}
