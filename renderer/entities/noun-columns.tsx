import type { ReactElement, ReactNode } from 'react'
import type { z } from 'zod'

import { providerName } from '../../shared/domain/providers/providers.ts'
import type { Level } from '../../shared/domain/role.ts'
import { type Field, getColumnId, type KeyedField, listFields } from '../../shared/nouns/noun.ts'
import type { Word } from '../ui/words.ts'
import {
  countColumn,
  dayColumn,
  statusColumn,
  textColumn,
  timeColumn,
  wordColumn,
  type Layout,
} from '../ui/table/column-kinds.tsx'
import type { DataColumn } from '../ui/table/column.ts'
import { levelWord } from './access-labels.ts'
import { findingsColumn } from './finding-badge.tsx'
import { LevelMark } from './level.tsx'
import type { ClientRef, ConnectionRef } from '../../shared/contract/common.ts'
import { ClientMark } from '../ui/client-badge.tsx'
import { Named } from '../ui/named.tsx'
import { ClientMarks } from './client-badges.tsx'
import { ConnectionName } from './connection-name.tsx'

/** The cell of a field that its kind does not draw: its word, its badge, or whatever the list draws, with the text that is copied. */
export type OwnCell<Row> =
  | ((row: Row) => string | null | (Word & { readonly title?: string }))
  | { readonly cell: (row: Row) => ReactNode; readonly text: (row: Row) => string }

interface ShownNoun<Row extends z.ZodObject, Fields> {
  readonly row: Row
  readonly fields: Fields
  readonly columns: { readonly [Key in keyof Fields]?: string }
  readonly sorts: readonly string[]
}

function LevelCell({ level, otherwise }: { readonly level: Level | null; readonly otherwise?: string }): ReactElement {
  return level === null ? <span className="c-quiet">{otherwise}</span> : <LevelMark level={level} />
}

/** The columns of a noun in the window, in its order, with the cells that its fields do not draw by their kind. */
export function toColumns<Row extends z.ZodObject, Fields extends Readonly<Record<string, Field<z.output<Row>>>>>(
  noun: ShownNoun<Row, Fields>,
  cells: { readonly [Key in keyof Fields]?: OwnCell<z.output<Row>> } = {},
): readonly DataColumn<z.output<Row>>[] {
  const fields = listFields<z.output<Row>>(noun.fields)
  return Object.keys(noun.columns).flatMap((key) =>
    fields.filter((field) => field.key === key).map((field) => toColumn(field, noun.sorts, cells[key])),
  )
}

function toColumn<Row>(
  field: KeyedField<Row>,
  sorts: readonly string[],
  own: OwnCell<Row> | undefined,
): DataColumn<Row> {
  const { key, kind, heading, wide = 0, grow, whole, align, hidden, empty } = field
  const id = getColumnId(key, field)
  const layout = {
    ch: wide,
    ...(grow !== undefined && { grow }),
    ...(whole !== undefined && { whole }),
    ...(align !== undefined && { align }),
    ...(hidden !== undefined && { hidden }),
    ...(sorts.includes(id) && { sort: id }),
  }
  const otherwise = empty === undefined ? {} : { otherwise: empty }
  return typeof own === 'object' ? { id, header: heading, ...layout, ...own } : makeColumn()

  function makeColumn(): DataColumn<Row> {
    const say = typeof own === 'function' ? own : (row: Row) => field.read(row)
    const toText = say as (row: Row) => string | null
    switch (kind) {
      case 'text':
        return textColumn(id, heading, { ...layout, ...otherwise }, toText)
      case 'code':
        return textColumn(id, heading, { ...layout, ...otherwise, mono: true }, toText)
      case 'texts':
        return textColumn(id, heading, { ...layout, ...otherwise }, (row: Row) => {
          const texts = say(row) as readonly string[]
          return texts.length === 0 ? null : texts.join(', ')
        })
      case 'status':
        return statusColumn(id, heading, layout, say as (row: Row) => Word)
      case 'count':
        return countColumn(id, heading, layout, say as (row: Row) => number)
      case 'instant':
      case 'minute':
        return timeColumn(id, heading, { ...layout, ...otherwise }, say as (row: Row) => number | null)
      case 'day':
        return dayColumn(
          id,
          heading,
          { ...layout, ...otherwise, ...(field.distant && { show: 'distance' as const }) },
          toText,
        )
      case 'client':
        return clientColumn<{ readonly client: ClientRef | null }>(layout) as DataColumn<never> as DataColumn<Row>
      case 'clients':
        return clientsColumn<never>() as DataColumn<Row>
      case 'connection':
        return connectionColumn<never>(layout, heading) as DataColumn<Row>
      case 'provider-connection':
        return connectionOfProviderColumn<never>(layout) as DataColumn<Row>
      case 'project':
        return projectColumn<never>(layout) as DataColumn<Row>
      case 'provider':
        return textColumn(id, heading, { ...layout, ...otherwise }, (row: Row) => providerName(say(row) as string))
      case 'level':
        return {
          id,
          header: heading,
          ...layout,
          cell: (row) => <LevelCell level={say(row) as Level | null} {...otherwise} />,
          text: (row) => (say(row) === null ? '' : levelWord(say(row) as Level)),
        }
      case 'findings':
        return findingsColumn<never>() as DataColumn<Row>
      case 'flag':
      case 'own':
      case 'word':
        break
    }
    return { ...wordColumn(id, heading, layout, toText as (row: Row) => string) }
  }
}

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
