import { Button, Group } from '@mantine/core'
import { IconFilterOff, IconInbox } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import { Empty } from '../states.tsx'

interface ListEmptyProps {
  /** What the list would hold: `people`. */
  readonly what: string
  readonly filtered: boolean
  readonly onClear: () => void
}

/** An empty list says what to do next: take the filters back, or bring data in. */
export function ListEmpty({ what, filtered, onClear }: ListEmptyProps): ReactElement {
  if (filtered) {
    return (
      <Empty
        icon={IconFilterOff}
        title={`No ${what} match the filters`}
        action={<Button onClick={onClear}>Clear filters</Button>}
      >
        Take a filter back, or search for less.
      </Empty>
    )
  }
  return (
    <Empty
      icon={IconInbox}
      title={`No ${what} yet`}
      action={
        <Group gap="xs" justify="center">
          <Button component={Link} to="/connections">
            Connections
          </Button>
          <Button component={Link} to="/files" variant="default">
            Import a file
          </Button>
        </Group>
      }
    >
      Sync a connection, or import a register or a CSV file.
    </Empty>
  )
}
