import { IconUserOff } from '@tabler/icons-react'
import type { ReactElement } from 'react'

import type { PersonRow } from '../../../shared/contract/people.ts'
import { Status } from '../../ui/status.tsx'
import { personStatus } from './labels.ts'

/** What somebody holds, in a dense list. */
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

/** Personnel says that they have gone; while something still stands in their name, it is urgent. */
export function Departed({ status, plain = false }: DepartedProps): ReactElement {
  const standing = status !== 'removed'
  return (
    <Status
      tone={standing ? 'bad' : 'quiet'}
      icon={IconUserOff}
      plain={plain}
      title={
        standing
          ? `Personnel says that they have gone; the status of their access is: ${personStatus(status).word}`
          : 'Personnel says that they have gone, and they hold nothing any more'
      }
    >
      Departed
    </Status>
  )
}
