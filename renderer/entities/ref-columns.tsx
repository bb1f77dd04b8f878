import type { ClientRef, ConnectionRef } from '../../shared/contract/common.ts'
import { providerName } from '../../shared/domain/providers/providers.ts'
import { ClientMark } from '../ui/client-badge.tsx'
import { Named } from '../ui/named.tsx'
import { textColumn, type Layout } from '../ui/table/column-kinds.tsx'
import type { DataColumn } from '../ui/table/column.ts'
import { ClientMarks } from './client-badges.tsx'

/** The client of a row; some rows have none. */
export function clientColumn<Row extends { readonly client: ClientRef | null }>(layout: Layout): DataColumn<Row> {
  return {
    id: 'client',
    header: 'Client',
    ...layout,
    cell: ({ client }) => (client === null ? null : <ClientMark client={client} />),
    text: ({ client }) => client?.name ?? '',
  }
}

/** All clients of a row. */
export function clientsColumn<Row extends { readonly clients: readonly ClientRef[] }>(): DataColumn<Row> {
  return {
    id: 'clients',
    header: 'Clients',
    width: 140,
    grow: 1,
    cell: ({ clients }) => <ClientMarks clients={clients} />,
    text: ({ clients }) => clients.map((client) => client.name).join(', '),
  }
}

interface OfConnection {
  readonly connection: ConnectionRef
}

/** The connection of a row, by its label. */
export function connectionColumn<Row extends { readonly connection: Pick<ConnectionRef, 'label'> }>(
  layout: Layout,
  header = 'Connection',
): DataColumn<Row> {
  return textColumn('connection', header, layout, (row) => row.connection.label)
}

/** The connection of a row, copied with its provider. */
export function connectionOfProviderColumn<Row extends OfConnection>(layout: Layout): DataColumn<Row> {
  return {
    ...connectionColumn(layout),
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
