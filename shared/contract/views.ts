import { z } from 'zod'

import { clientRef, id, operation, scopeShape } from './common.ts'

/** The lists that have saved views. */
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
  search: viewSearch,
  /** Null: the columns stay as they are. */
  columns: viewColumns.nullable(),
})
export type SavedView = z.infer<typeof savedView>

export const viewsContract = {
  /** The views of a list, or of all lists: those of the client in scope and those of all clients; by name. */
  list: operation.input(z.object({ ...scopeShape, list: viewList.optional() })).output(z.array(savedView)),
  /**
   * Saves a view; one of the same name, list and client is replaced only when `viewId` names it (else CONFLICT).
   */
  save: operation
    .input(
      z.object({
        ...scopeShape,
        viewId: id.optional(),
        list: viewList,
        name: viewName,
        search: viewSearch,
        columns: viewColumns.nullable().default(null),
      }),
    )
    .output(savedView),
  rename: operation.input(z.object({ viewId: id, name: viewName })).output(savedView),
  /** Removes a view and returns it; saving that again undoes it. */
  remove: operation.input(z.object({ viewId: id })).output(savedView),
}
