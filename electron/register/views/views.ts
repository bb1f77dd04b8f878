import {
  type SavedView,
  savedView,
  viewColumns,
  type ViewList,
  viewSearch,
  viewSubjects,
} from '../../../shared/contract/views.ts'
import type { Reader } from '../db/handles.ts'
import { findFilters } from './subjects.ts'

interface StoredView {
  readonly viewId: number
  readonly list: string
  readonly name: string
  readonly slug: string | null
  readonly clientName: string | null
  readonly colour: string | null
  readonly clientId: number | null
  readonly search: string
  readonly subjects: string
  readonly columns: string | null
}

const VIEW = `SELECT s.id AS viewId, s.list, s.name, c.slug, c.name AS clientName, c.colour, s.client_id AS clientId, s.search, s.subjects, s.columns
  FROM saved_view s LEFT JOIN client c ON c.id = s.client_id`

/** `scope`: the number of the client whose filters are named; null: those of all clients. */
function toView(reader: Reader, row: StoredView, scope: number | null): SavedView {
  const { slug, clientName, colour, clientId, search, subjects, columns, ...rest } = row
  const list = savedView.shape.list.parse(row.list)
  const stored = {
    list,
    search: viewSearch.parse(JSON.parse(search)),
    subjects: viewSubjects.parse(JSON.parse(subjects)),
  }
  return savedView.parse({
    ...rest,
    client: slug === null ? null : { slug, name: clientName, colour },
    ...findFilters(reader, stored, clientId ?? scope),
    columns: columns === null ? null : viewColumns.parse(JSON.parse(columns)),
  })
}

/**
 * Views of a list, or of all, by name: those of all clients, and with a client its own; without one those of each. With a client
 * no filter names what another one has.
 */
export function listViews(
  reader: Reader,
  query: { readonly list?: ViewList | undefined; readonly client?: string | undefined },
): SavedView[] {
  const scope =
    query.client === undefined
      ? null
      : (reader.value<number>('SELECT id FROM client WHERE slug = ?', [query.client]) ?? null)
  return reader
    .all<StoredView>(
      `${VIEW} WHERE (:list IS NULL OR s.list = :list) AND (s.client_id IS NULL OR :client IS NULL OR c.slug = :client)
         AND c.archived_at IS NULL ORDER BY s.name COLLATE NOCASE, s.id`,
      { list: query.list ?? null, client: query.client ?? null },
    )
    .map((row) => toView(reader, row, scope))
}

export function getView(reader: Reader, viewId: number): SavedView | null {
  const row = reader.get<StoredView>(`${VIEW} WHERE s.id = ?`, [viewId])
  return row === undefined ? null : toView(reader, row, null)
}

/** The view that has a name in a list of a client, or of all clients; null for none. */
export function findView(
  reader: Reader,
  { list, clientId, name }: { readonly list: ViewList; readonly clientId: number | null; readonly name: string },
): number | null {
  return (
    reader.get<{ readonly id: number }>(
      'SELECT id FROM saved_view WHERE list = ? AND ifnull(client_id, 0) = ? AND name = ? COLLATE NOCASE',
      [list, clientId ?? 0, name],
    )?.id ?? null
  )
}
