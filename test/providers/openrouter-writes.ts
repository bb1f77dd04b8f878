import type { FakeAnswer } from './http.ts'
import { openRouterWorkspace, type FakeOpenRouterOrganization } from './openrouter-organization.ts'
import { openRouterError } from './openrouter-pages.ts'
import { readBody, change, ok, route, takeOut, type Route } from './routes.ts'

type O = FakeOpenRouterOrganization

export const NEW_OPENROUTER_SECRET = 'sk-or-v1-new-0123456789abcdef0123456789abcdef'

const noSuch = (what: string): FakeAnswer => openRouterError(404, `${what} not found`)

const findSpace = ({ workspaces }: O, id: string | undefined) => workspaces.find(({ row }) => row.id === id)

/** What OpenRouter's management API changes. */
export const OPENROUTER_WRITES: readonly Route<O>[] = [
  route('POST', '/api/v1/keys', (organization, request) => {
    const { name, workspace_id: id, creator_user_id: creator } = readBody(request)
    const workspace = findSpace(organization, typeof id === 'string' ? id : undefined)
    if (workspace === undefined) return noSuch('Workspace')
    const row = {
      hash: `hash-new-${workspace.keys.length}`,
      name,
      label: 'sk-or-v1-new...def',
      disabled: false,
      limit: null,
      creator_user_id: creator ?? null,
      workspace_id: id,
      created_at: '2026-11-24T00:00:00Z',
    }
    workspace.keys.push(row)
    return ok({ data: row, key: NEW_OPENROUTER_SECRET })
  }),
  route('POST', '/api/v1/workspaces', ({ workspaces }, request) => {
    const { name, slug } = readBody(request)
    if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/u.test(String(slug))) return openRouterError(400, 'slug is not an address')
    if (workspaces.some(({ row }) => row['slug'] === slug)) return openRouterError(409, 'slug is taken')
    const row = { id: `ws-new-${workspaces.length}`, name, slug, created_at: '2026-11-24T00:00:00Z' }
    workspaces.push(openRouterWorkspace({ row }))
    return ok({ data: row })
  }),
  route('PATCH', '/api/v1/workspaces/:workspace', (organization, request, { workspace }) => {
    const found = findSpace(organization, workspace)
    if (found === undefined) return noSuch('Workspace')
    found.row = { ...found.row, ...readBody(request) }
    return ok({ data: found.row })
  }),
  route('POST', '/api/v1/workspaces/:workspace/members/add', (organization, request, { workspace }) => {
    const found = findSpace(organization, workspace)
    if (found === undefined) return noSuch('Workspace')
    const { user_ids: ids } = readBody(request)
    const data = (Array.isArray(ids) ? ids : []).map((user) => ({
      id: `m-${user}`,
      workspace_id: workspace,
      user_id: user,
      role: 'member',
    }))
    found.members.push(...data)
    return ok({ data, added_count: data.length })
  }),
  route('PATCH', '/api/v1/keys/:hash', (organization, request, { hash = '' }) => {
    for (const { keys } of organization.workspaces) {
      const row = change(keys, hash, readBody(request), 'hash')
      if (row !== null) return ok({ data: row })
    }
    return noSuch('Key')
  }),
  route('DELETE', '/api/v1/keys/:hash', (organization, _, { hash = '' }) =>
    organization.workspaces.some(({ keys }) => takeOut(keys, hash, 'hash')) ? ok({ deleted: true }) : noSuch('Key'),
  ),
  route('PATCH', '/api/v1/byok/:id', ({ byok = [] }, request, { id = '' }) => {
    const row = change(byok, id, readBody(request), 'id')
    return row === null ? noSuch('BYOK key') : ok({ data: row })
  }),
  route('DELETE', '/api/v1/byok/:id', ({ byok = [] }, _, { id = '' }) =>
    takeOut(byok, id, 'id') ? ok({ deleted: true }) : noSuch('BYOK key'),
  ),
  route('POST', '/api/v1/workspaces/:workspace/members/remove', (organization, request, { workspace }) => {
    const found = findSpace(organization, workspace)
    if (found === undefined) return noSuch('Workspace')
    const { user_ids: ids } = readBody(request)
    const removed = (Array.isArray(ids) ? ids : []).filter((id) => takeOut(found.members, String(id), 'user_id'))
    return ok({ removed_count: removed.length })
  }),
  route('PUT', '/api/v1/workspaces/:workspace/budgets/:interval', (organization, request, { workspace, interval }) => {
    const found = findSpace(organization, workspace)
    if (found === undefined) return noSuch('Workspace')
    const row = {
      id: `budget-${interval}`,
      limit_usd: readBody(request)['limit_usd'],
      reset_interval: interval,
      workspace_id: workspace,
    }
    found.budgets = [...found.budgets.filter((each) => (each as typeof row).reset_interval !== interval), row]
    return ok({ data: row })
  }),
]
