import { viewsContract } from '../../../shared/contract/views.ts'
import type { SavedView } from '../../../shared/contract/views.ts'
import { findView, getView, listViews } from '../../register/views/views.ts'
import { checkScope, type Context, findClientId, getReader } from '../core/context.ts'
import { implementArea } from '../core/implementer.ts'
import { commitOperation, findOrCreateUid } from '../core/operations.ts'
import { notFound, Refusal } from '../kit/refusal.ts'
import { nameFilters } from './name-filters.ts'

const os = implementArea({ views: viewsContract })

function existing(context: Context, viewId: number): SavedView {
  const view = getView(getReader(context), viewId)
  if (view === null) throw notFound('This view', 'Read the list of views again.')
  return view
}

/** Throws `Refusal` CONFLICT when another view of the same list and client has the name. */
function checkName(context: Context, view: Parameters<typeof findView>[1], own: number | undefined): void {
  const taken = findView(getReader(context), view)
  if (taken !== null && taken !== own) {
    throw new Refusal('CONFLICT', `A view named ${JSON.stringify(view.name)} exists.`, 'Choose another name.')
  }
}

function findOwner(context: Context, client: string | undefined): number | null {
  return client === undefined ? null : findClientId(context, client)
}

export const viewsRouter = {
  list: os.views.list.handler(({ context, input }) => {
    checkScope(context, input)
    return listViews(getReader(context), input)
  }),
  save: os.views.save.handler(({ context, input }) => {
    const { viewId, name, search, subjects, columns } = input
    const before = viewId === undefined ? null : existing(context, viewId)
    const list = before?.list ?? input.list
    const client = before === null ? input.client : before.client?.slug
    const clientId = findOwner(context, client)
    checkName(context, { list, clientId, name }, viewId)
    const filters = nameFilters(context, { list, clientId, search, subjects })
    const viewUid = findOrCreateUid(context, 'view', viewId)
    const { view } = commitOperation(context, {
      kind: 'view.saved',
      client: client ?? null,
      subject: name,
      body: { v: 1, viewUid, list, name, ...filters, columns },
    })
    return existing(context, view ?? 0)
  }),
  rename: os.views.rename.handler(({ context, input: { viewId, name } }) => {
    const { list, client, name: before } = existing(context, viewId)
    checkName(context, { list, clientId: findOwner(context, client?.slug), name }, viewId)
    const viewUid = findOrCreateUid(context, 'view', viewId)
    commitOperation(context, {
      kind: 'view.renamed',
      client: client?.slug ?? null,
      subject: name,
      body: { v: 1, viewUid, list, name, before },
    })
    return existing(context, viewId)
  }),
  remove: os.views.remove.handler(({ context, input: { viewId } }) => {
    const view = existing(context, viewId)
    commitOperation(context, {
      kind: 'view.removed',
      client: view.client?.slug ?? null,
      subject: view.name,
      body: { v: 1, viewUid: findOrCreateUid(context, 'view', viewId), list: view.list },
    })
    return view
  }),
}
