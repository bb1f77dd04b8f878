import { Button, Table } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState, type ReactElement } from 'react'

import type { Client } from '../../../shared/contract/clients.ts'
import { query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { ButtonLink } from '../../ui/button-link.tsx'
import { ClientMark } from '../../ui/client-badge.tsx'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'
import { wholeNumber } from '../../ui/relative.ts'
import { Status } from '../../ui/status.tsx'
import { ACTIONS, numbers, SmallTable } from '../../ui/table/small-table.tsx'
import { visibleText } from '../../ui/text.ts'
import { When } from '../../ui/when.tsx'
import { ArchiveDialog } from './archive-dialog.tsx'

interface ClientListProps {
  readonly clients: readonly Client[]
  readonly edit: (slug: string) => void
}

export function ClientList({ clients, edit }: ClientListProps): ReactElement {
  return (
    <section className="c-card">
      <SmallTable
        id="clients-and-connections"
        minWidth={760}
        headings={['Client', 'Kind', 'E-mail domains', numbers('Connections'), 'Added', ACTIONS]}
      >
        {clients.map((client) => (
          <ClientRow key={client.slug} client={client} edit={edit} />
        ))}
      </SmallTable>
    </section>
  )
}

function ClientRow({ client, edit }: { readonly client: Client; readonly edit: (slug: string) => void }): ReactElement {
  const { setClient } = useScope()
  const name = visibleText(client.name)
  return (
    <Table.Tr data-archived={client.archivedAt !== null || undefined}>
      <Table.Th scope="row">
        <button
          type="button"
          className="c-link"
          title="Show only this client"
          onClick={() => setClient(client.slug)}
          disabled={client.archivedAt !== null}
        >
          <ClientMark client={client} />
        </button>
        <span className="c-sub c-mono">{client.slug}</span>
      </Table.Th>
      <Table.Td>
        {client.archivedAt === null ? (
          client.kind === 'internal' ? (
            'Internal'
          ) : (
            'Client'
          )
        ) : (
          <Status tone="quiet" plain>
            Archived <When at={client.archivedAt} />
          </Status>
        )}
      </Table.Td>
      <Table.Td>
        {client.domains.length === 0 ? <span className="c-quiet">None</span> : client.domains.join(', ')}
      </Table.Td>
      <Table.Td className="c-number">
        <Link to="/connections" search={{ client: client.slug }}>
          {wholeNumber(client.connections)}
        </Link>
      </Table.Td>
      <Table.Td>
        <When at={client.createdAt} />
      </Table.Td>
      <Table.Td className="c-row-actions">
        {client.archivedAt === null ? (
          <>
            <Button size="compact-xs" variant="subtle" aria-label={`Edit ${name}`} onClick={() => edit(client.slug)}>
              Edit
            </Button>
            {client.kind === 'internal' ? null : (
              <ButtonLink
                to="/offboarding"
                search={{ client: client.slug }}
                size="compact-xs"
                variant="subtle"
                aria-label={`Offboard ${name}`}
              >
                Offboard
              </ButtonLink>
            )}
            <ArchiveButton client={client} />
          </>
        ) : (
          <RestoreButton client={client} />
        )}
      </Table.Td>
    </Table.Tr>
  )
}

function ArchiveButton({ client }: { readonly client: Client }): ReactElement {
  const [asked, setAsked] = useState(false)
  return (
    <>
      <Button
        size="compact-xs"
        variant="subtle"
        color="gray"
        aria-label={`Archive ${visibleText(client.name)}`}
        onClick={() => setAsked(true)}
      >
        Archive…
      </Button>
      <ArchiveDialog client={asked ? client : null} close={() => setAsked(false)} />
    </>
  )
}

function RestoreButton({ client }: { readonly client: Client }): ReactElement {
  const name = visibleText(client.name)
  const restore = useMutation(
    query.client.restore.mutationOptions({
      onError: notifyFailed,
      onSuccess: () => notifyDone({ message: `Restored ${name}` }),
    }),
  )
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      aria-label={`Restore ${name}`}
      loading={restore.isPending}
      onClick={() => restore.mutate({ slug: client.slug })}
    >
      Restore
    </Button>
  )
}
