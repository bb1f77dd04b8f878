import { z } from 'zod'

import { IDENTIFIED } from '../domain/facts.ts'
import { clientRef, id, operation, scopeShape } from './common.ts'

export const VIEW_LISTS = ['keys', 'people', 'projects', 'access', 'findings', 'rotation'] as const
export const viewList = z.enum(VIEW_LISTS)
export type ViewList = z.infer<typeof viewList>

const scalar = z.union([z.string().max(500), z.number(), z.boolean()])

/** Filter and sort as they are in the address of the list; several values of one are a list. */
export const viewSearch = z.record(
  z.string().min(1).max(40),
  z.union([scalar, z.array(z.string().max(500)).max(50).readonly()]),
)
export type ViewSearch = z.infer<typeof viewSearch>

/** By which a person is named. */
export const MOST_ACCOUNTS = 50

const connectionUid = z.uuidv7()
const externalId = z.string()

/**
 * The subject of a view's filter, named for every register: by a uid, or by what the provider calls it. A person is who
 * has these accounts, since each register finds for itself which accounts are of one person.
 */
export const viewSubject = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('connection'), connectionUid }),
  z.strictObject({ kind: z.enum(IDENTIFIED), connectionUid, externalId }),
  z.strictObject({
    kind: z.literal('person'),
    accounts: z.array(z.strictObject({ connectionUid, externalId })).min(1).max(MOST_ACCOUNTS),
  }),
])
export type ViewSubject = z.infer<typeof viewSubject>

/** By search param. */
export const viewSubjects = z.record(z.string().min(1).max(40), viewSubject)
export type ViewSubjects = z.infer<typeof viewSubjects>

/** The search params with a number that means the same in every register. */
const within = z.number().int().min(0).max(3650)

/** The filter and sort of a view as every register has them: without the params that filter by the number of a row. */
export const storedSearch = z
  .object({ within: within.exactOptional() })
  .catchall(z.union([z.string().max(500), z.boolean(), z.array(z.string().max(500)).max(50).readonly()]))

/** Which columns are shown, in which order and how wide, in px. */
export const viewColumns = z.object({
  order: z.array(z.string().max(60)).max(100),
  visible: z.record(z.string().max(60), z.boolean()),
  widths: z.record(z.string().max(60), z.number().int().min(20).max(2000)),
})

export const viewName = z.string().trim().min(1).max(60)

export const savedView = z.object({
  viewId: id,
  list: viewList,
  name: z.string(),
  /** The client that it belongs to; null: all clients. */
  client: clientRef.nullable(),
  /** By the numbers of this register; `NO_ROW` in a filter that names nothing here. */
  search: viewSearch,
  /** The subjects of the filters by a number, by search param. */
  subjects: viewSubjects,
  /** Null: the columns stay as they are. */
  columns: viewColumns.nullable(),
})
export type SavedView = z.infer<typeof savedView>

export const viewsContract = {
  /** The views of a list, or of all lists: those of the client in scope and those of all clients; by name. */
  list: operation.input(z.object({ ...scopeShape, list: viewList.optional() })).output(z.array(savedView)),
  /**
   * Saves a view; one of the same name, list and client is replaced only when `viewId` names it (else CONFLICT). INVALID for a
   * filter that has no name in every register that shows the view.
   */
  save: operation
    .input(
      z.object({
        ...scopeShape,
        viewId: id.optional(),
        list: viewList,
        name: viewName,
        search: viewSearch,
        /** The subjects of filters with `NO_ROW`; the others are named by their numbers. */
        subjects: viewSubjects.default({}),
        columns: viewColumns.nullable().default(null),
      }),
    )
    .output(savedView),
  rename: operation.input(z.object({ viewId: id, name: viewName })).output(savedView),
  /** Removes a view and returns it; saving that again undoes it. */
  remove: operation.input(z.object({ viewId: id })).output(savedView),
}
