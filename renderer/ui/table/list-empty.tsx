import { Button, Group } from '@mantine/core'
import { IconFilterOff, IconInbox } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

import { Empty } from '../states.tsx'

interface ListEmptyProps {
  /** What the list would hold: `people`. */
  readonly what: string
  readonly filtered: boolean
  readonly onClear: () => void
  /** Instead of the sentence for filters that nothing matches. */
  readonly title?: string
  readonly hint?: string
  /** What stands there without filters, instead of the ways to bring data in. */
  readonly children?: ReactNode
}

/** An empty list says what to do next: take the filters back, or bring data in. */
export function ListEmpty(props: ListEmptyProps): ReactNode {
  const { what, filtered, onClear, title = `No ${what} match the filters`, children } = props
  if (filtered) {
    const { hint = 'Take a filter back, or search for less.' } = props
    return (
      <Empty icon={IconFilterOff} title={title} action={<Button onClick={onClear}>Clear filters</Button>}>
        {hint}
      </Empty>
    )
  }
  if (children !== undefined) return children
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
