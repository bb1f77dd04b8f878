import { Button } from '@mantine/core'
import { IconFilterOff, IconTool } from '@tabler/icons-react'
import type { ReactElement } from 'react'

import { ButtonLink } from '../../ui/button-link.tsx'
import { Empty } from '../../ui/states.tsx'

interface RemedyEmptyProps {
  readonly filtered: boolean
  readonly onClear: () => void
}

/** Nothing on the list: where to find what could be carried out. */
export function RemedyEmpty({ filtered, onClear }: RemedyEmptyProps): ReactElement {
  if (filtered) {
    return (
      <Empty
        icon={IconFilterOff}
        title="No remedy is in this state"
        action={<Button onClick={onClear}>Clear filters</Button>}
      >
        Take the filter back to see the others.
      </Empty>
    )
  }
  return (
    <Empty
      icon={IconTool}
      title="Nothing waits to be carried out"
      action={
        <ButtonLink to="/findings" search={{ view: 'all' }}>
          Findings
        </ButtonLink>
      }
    >
      Open a finding, a key or a person who left: what can be done about it goes on this list. Nothing is sent before it
      was previewed and confirmed.
    </Empty>
  )
}
