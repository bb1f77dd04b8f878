import { Button } from '@mantine/core'
import { IconDoorExit, IconFilterOff } from '@tabler/icons-react'
import type { ReactElement } from 'react'

import { ButtonLink } from '../../ui/button-link.tsx'
import { Empty } from '../../ui/states.tsx'

interface LeaversEmptyProps {
  readonly filtered: boolean
  readonly onClear: () => void
}

/** Nobody has left: because of the filters, or because no personnel file tells of it. */
export function LeaversEmpty({ filtered, onClear }: LeaversEmptyProps): ReactElement {
  if (filtered) {
    return (
      <Empty
        icon={IconFilterOff}
        title="No leavers match the filters"
        action={<Button onClick={onClear}>Clear filters</Button>}
      >
        Take a filter back, or search for less.
      </Empty>
    )
  }
  return (
    <Empty icon={IconDoorExit} title="Nobody has left" action={<ButtonLink to="/files">Import a file</ButtonLink>}>
      Import a personnel file; whoever has gone and is known in a connection is listed here, with all that is left of
      them.
    </Empty>
  )
}
