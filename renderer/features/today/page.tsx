import { Button } from '@mantine/core'
import { IconBuildingPlus, IconRefresh } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'

import { query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { useInfo } from '../../data/use-info.ts'
import { syncNow } from '../../data/sync-now.ts'
import { ButtonLink } from '../../ui/button-link.tsx'
import { Answer, Empty } from '../../ui/states.tsx'
import { PageFrame } from '../../ui/page.tsx'
import { ClientTable } from './client-table.tsx'
import { KeyAgePicture } from './key-age-picture.tsx'
import './today.css'
import { Totals } from './totals.tsx'

/** What needs attention today, per client. */
export function Page(): ReactElement {
  const { client } = useScope()
  // The sample's connections have no keys, and are never synced.
  const isSample = useInfo()?.sample === true
  const overview = useQuery(query.overview.get.queryOptions({ input: { client } }))
  return (
    <PageFrame
      title="Today"
      aside={today()}
      actions={
        isSample ? null : (
          <Button
            leftSection={<IconRefresh size={14} aria-hidden />}
            disabled={overview.data?.clients.every((each) => each.connections === 0) ?? true}
            onClick={() => void syncNow({ client })}
          >
            Sync now
          </Button>
        )
      }
    >
      <Answer of={overview} what="today">
        {(data) =>
          data.clients.length === 0 ? (
            <NoClients />
          ) : (
            <>
              <Totals clients={data.clients} />
              <ClientTable clients={data.clients} />
              <KeyAgePicture clients={data.clients} />
            </>
          )
        }
      </Answer>
    </PageFrame>
  )
}

const TODAY = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })

function today(): string {
  return TODAY.format(Date.now())
}

function NoClients(): ReactElement {
  return (
    <Empty
      icon={IconBuildingPlus}
      title="No active clients"
      action={
        <ButtonLink to="/clients" search={{ add: true }}>
          Add client
        </ButtonLink>
      }
    >
      Add a client, or restore an archived one under Clients.
    </Empty>
  )
}
