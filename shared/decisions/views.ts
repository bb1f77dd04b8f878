import { z } from 'zod'

import { savedView, type SavedView, storedSearch, type ViewList, viewSubjects } from '../contract/views.ts'
import { decisionsOn } from './fold.ts'
import { localNumber, uid } from './kind.ts'

const view = savedView.pick({ list: true, name: true, columns: true }).shape

/** Operations on views of lists. */
export const VIEW_OPERATIONS = {
  /**
   * Adds a view, or replaces all but the list and client of the one with that uid. `subjects`: what the filters name that have the
   * number of a row in each register.
   */
  'view.saved': {
    words: 'View saved',
    areas: ['settings'],
    right: { decisions: 'reviewer', agency: 'member' },
    conflict: 'last',
    body: z.strictObject({
      v: z.literal(1),
      viewUid: uid,
      view: localNumber,
      ...view,
      search: storedSearch,
      subjects: viewSubjects.exactOptional(),
    }),
  },
  'view.renamed': {
    words: 'View renamed',
    areas: ['settings'],
    right: { decisions: 'reviewer', agency: 'member' },
    conflict: 'last',
    body: z.strictObject({
      v: z.literal(1),
      viewUid: uid,
      view: localNumber,
      list: view.list,
      name: view.name,
      before: z.string(),
    }),
  },
  'view.removed': {
    words: 'View removed',
    areas: ['settings'],
    right: { decisions: 'reviewer', agency: 'member' },
    conflict: 'last',
    body: z.strictObject({ v: z.literal(1), viewUid: uid, view: localNumber, list: view.list }),
  },
} as const

export interface StoredView extends Pick<SavedView, 'name' | 'search' | 'subjects' | 'columns'> {
  readonly uid: string
  readonly list: ViewList
  /** Slug; null: of all clients. */
  readonly client: string | null
  readonly saved_at: number
}

/** True if another view of the list has a name, by which SQLite compares names: in any case of the letters A to Z. */
function isNamed(
  views: ReadonlyMap<string, StoredView>,
  { viewUid, list, name }: { readonly viewUid: string; readonly list: ViewList; readonly name: string },
): boolean {
  const toPlain = (text: string): string => text.replaceAll(/[A-Z]/gu, (letter) => letter.toLowerCase())
  return views.values().some((one) => one.uid !== viewUid && one.list === list && toPlain(one.name) === toPlain(name))
}

/** The uid of a view that a client has is that of no other one of the client. */
const toKey = (client: string | null, viewUid: string): string => `${client ?? ''} ${viewUid}`

/** Of two views that are given one name at the same time, the first has it. */
export const VIEWS = decisionsOn<StoredView, typeof VIEW_OPERATIONS>({
  table: 'saved_view',
  key: {
    of: ({ client, body }) => toKey(client, body.viewUid),
    in: ({ client, uid: viewUid }) => toKey(client, viewUid),
  },
  group: { of: ({ client }) => client ?? '', in: ({ client }) => client ?? '' },
  folds: {
    'view.saved': (known, { client, at, body }, views) => {
      if (isNamed(views, body)) return known
      const { viewUid, list, name, search, subjects = {}, columns } = body
      // A view keeps the list that it was made for.
      return { uid: viewUid, list: known?.list ?? list, client, name, search, subjects, columns, saved_at: at }
    },
    'view.renamed': (known, { at, body }, views) =>
      known === null || isNamed(views, body) ? known : { ...known, name: body.name, saved_at: at },
    'view.removed': () => null,
  },
})
