import { Button, Group } from '@mantine/core'
import { IconUsersGroup } from '@tabler/icons-react'
import type { ReactElement } from 'react'

import { Empty } from '../../ui/states.tsx'

interface NoTeamProps {
  readonly found: () => void
  readonly join: () => void
}

/** A profile without a team: what one is for, and the two ways to have one. */
export function NoTeam({ found, join }: NoTeamProps): ReactElement {
  return (
    <Empty
      icon={IconUsersGroup}
      title="This profile belongs to no team"
      action={
        <Group gap="xs" justify="center">
          <Button variant="default" onClick={join}>
            Join a team…
          </Button>
          <Button onClick={found}>Found a team…</Button>
        </Group>
      }
    >
      In a team, several people share clients and decisions: each signs with the keys of their own device, works
      offline, and exchanges through a PostgreSQL database that cannot read anything. Credentials are never exchanged.
      Alone, you need none of it.
    </Empty>
  )
}
