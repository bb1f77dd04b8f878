import type { ClientRef, ConnectionRef } from '../../shared/contract/common.ts'
import { providerName } from '../../shared/domain/providers/providers.ts'
import { ClientMark } from '../ui/client-badge.tsx'
import { Named } from '../ui/named.tsx'
import type { Layout } from '../ui/table/column-kinds.tsx'
import type { DataColumn } from '../ui/table/column.ts'
import { ClientMarks } from './client-badges.tsx'
import { ConnectionName } from './connection-name.tsx'

/** Room for a client’s name and its mark: a cut name is not a safe label. */
const CLIENT_CH = 18

/** The client of a row; some rows have none. */
export function clientColumn<Row extends { readonly client: ClientRef | null }>(layout: Layout): DataColumn<Row> {
  return {
    id: 'client',
    header: 'Client',
    ...layout,
    ch: Math.max(CLIENT_CH, layout.ch),
    cell: ({ client }) => (client === null ? null : <ClientMark client={client} />),
    text: ({ client }) => client?.name ?? '',
  }
}

export function clientsColumn<Row extends { readonly clients: readonly ClientRef[] }>(): DataColumn<Row> {
  return {
    id: 'clients',
    header: 'Clients',
    ch: 15,
    grow: 1,
    cell: ({ clients }) => <ClientMarks clients={clients} />,
    text: ({ clients }) => clients.map((client) => client.name).join(', '),
  }
}

interface OfConnection {
  readonly connection: ConnectionRef
}

export function connectionColumn<Row extends { readonly connection: Pick<ConnectionRef, 'label'> }>(
  layout: Layout,
  header = 'Connection',
): DataColumn<Row> {
  return {
    id: 'connection',
    header,
    ...layout,
    cell: ({ connection }) => <ConnectionName label={connection.label} />,
    text: ({ connection }) => connection.label,
  }
}

/** The connection of a row, copied with its provider. */
export function connectionOfProviderColumn<Row extends OfConnection>(layout: Layout): DataColumn<Row> {
  return {
    ...connectionColumn(layout),
    cell: ({ connection }) => <ConnectionName label={connection.label} provider={providerName(connection.provider)} />,
    text: ({ connection }) => `${connection.label} (${providerName(connection.provider)})`,
  }
}

/** The project of a row; a row without one belongs to the whole organization. */
export function projectColumn<Row extends { readonly project: { readonly name: string } | null }>(
  layout: Layout,
): DataColumn<Row> {
  return {
    id: 'project',
    header: 'Project',
    ...layout,
    cell: ({ project }) => (project === null ? <strong>Organization</strong> : <Named text={project.name} />),
    text: ({ project }) => project?.name ?? 'Organization',
  }
}
