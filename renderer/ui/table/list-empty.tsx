import { Button, Group } from '@mantine/core'
import { IconFilterOff, IconInbox } from '@tabler/icons-react'
import type { ReactNode } from 'react'

import { ButtonLink } from '../button-link.tsx'
import { Empty } from '../states.tsx'

interface ListEmptyProps {
  /** The noun of the list: `people`. */
  readonly what: string
  readonly filtered: boolean
  readonly onClear: () => void
  /** Replaces the sentence for filters without a match. */
  readonly title?: string
  readonly hint?: string
  /** Shown without filters, in place of the links that bring data in. */
  readonly children?: ReactNode
}

/** The empty state of a list and what to do next: clear the filters, or bring data in. */
export function ListEmpty(props: ListEmptyProps): ReactNode {
  const { what, filtered, onClear, title = `No ${what} match the filters`, children } = props
  if (filtered) {
    const { hint = 'Remove a filter or broaden your search.' } = props
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
          <ButtonLink to="/connections" search={{ add: true }}>
            Add connection
          </ButtonLink>
          <ButtonLink to="/files" search={{ view: 'import' }} variant="default">
            Import a file
          </ButtonLink>
        </Group>
      }
    >
      Sync a connection, or import a register or a CSV file.
    </Empty>
  )
}
