import { type SavedView, savedView, viewColumns, type ViewList, viewSearch } from '../../../shared/contract/views.ts'
import type { Reader, Writer } from '../db/handles.ts'

interface StoredView {
  readonly viewId: number
  readonly list: string
  readonly name: string
  readonly slug: string | null
  readonly clientName: string | null
  readonly colour: string | null
  readonly search: string
  readonly columns: string | null
}

const VIEW = `SELECT s.id AS viewId, s.list, s.name, c.slug, c.name AS clientName, c.colour, s.search, s.columns
  FROM saved_view s LEFT JOIN client c ON c.id = s.client_id`

function toView({ slug, clientName, colour, search, columns, ...rest }: StoredView): SavedView {
  return savedView.parse({
    ...rest,
    client: slug === null ? null : { slug, name: clientName, colour },
    search: viewSearch.parse(JSON.parse(search)),
    columns: columns === null ? null : viewColumns.parse(JSON.parse(columns)),
  })
}

/** Views of a list, or of all, by name: those of all clients, and with a client its own; without one those of each. */
export function listViews(
  reader: Reader,
  query: { readonly list?: ViewList | undefined; readonly client?: string | undefined },
): SavedView[] {
  return reader
    .all<StoredView>(
      `${VIEW} WHERE (:list IS NULL OR s.list = :list) AND (s.client_id IS NULL OR :client IS NULL OR c.slug = :client)
         AND c.archived_at IS NULL ORDER BY s.name COLLATE NOCASE, s.id`,
      { list: query.list ?? null, client: query.client ?? null },
    )
    .map(toView)
}

export function getView(reader: Reader, viewId: number): SavedView | null {
  const row = reader.get<StoredView>(`${VIEW} WHERE s.id = ?`, [viewId])
  return row === undefined ? null : toView(row)
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

export interface NewView {
  readonly list: ViewList
  readonly clientId: number | null
  readonly name: string
  readonly search: SavedView['search']
  readonly columns: SavedView['columns']
  readonly at: number
}

/** Returns its id. */
export function insertView(writer: Writer, view: NewView & { readonly uid: string }): number {
  return writer.run(
    'INSERT INTO saved_view (list, client_id, name, search, columns, saved_at, uid) VALUES (?, ?, ?, ?, ?, ?, ?)',
    [view.list, view.clientId, view.name, JSON.stringify(view.search), toText(view.columns), view.at, view.uid],
  ).lastId
}

export function updateView(writer: Writer, viewId: number, view: Omit<NewView, 'list' | 'clientId'>): void {
  writer.run('UPDATE saved_view SET name = ?, search = ?, columns = ?, saved_at = ? WHERE id = ?', [
    view.name,
    JSON.stringify(view.search),
    toText(view.columns),
    view.at,
    viewId,
  ])
}

/** `at` is in milliseconds. */
export function renameView(
  writer: Writer,
  viewId: number,
  { name, at }: { readonly name: string; readonly at: number },
): void {
  writer.run('UPDATE saved_view SET name = ?, saved_at = ? WHERE id = ?', [name, at, viewId])
}

export function deleteView(writer: Writer, viewId: number): void {
  writer.run('DELETE FROM saved_view WHERE id = ?', [viewId])
}

function toText(columns: SavedView['columns']): string | null {
  return columns === null ? null : JSON.stringify(columns)
}
