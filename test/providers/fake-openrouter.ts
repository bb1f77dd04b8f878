import { startFakeServer, type FakeAnswer, type FakeOptions, type FakeRequest, type FakeServer } from './http.ts'
import type { FakeOpenRouterOrganization } from './openrouter-organization.ts'
import { offsetPage, openRouterError, openRouterErrorBody } from './openrouter-pages.ts'
import { activityDay, currentKey, depositedRows, keyRows, memberRows, workspaceRow } from './openrouter-variants.ts'
import { OPENROUTER_WRITES } from './openrouter-writes.ts'
import { findRoute, ok, route, type Route } from './routes.ts'
import { grouped } from './use.ts'
import type { Variant } from './variants.ts'

type O = FakeOpenRouterOrganization

export interface FakeOpenRouterOptions extends FakeOptions {
  readonly organizations: readonly O[]
  /** Calm unless given. */
  readonly variant?: Variant
}

/** OpenRouter's management API on a local port. The credential selects the organization. */
export function startFakeOpenRouter(options: FakeOpenRouterOptions): Promise<FakeServer> {
  const variant = options.variant ?? 'calm'
  const routes = makeRoutes(variant)
  return startFakeServer({
    ...options,
    basePath: '/api/v1',
    errorBody: openRouterErrorBody,
    answer: (request) => answer(options.organizations, request, routes, variant),
  })
}

function answer(
  organizations: readonly O[],
  request: FakeRequest,
  routes: readonly Route<O>[],
  variant: Variant,
): FakeAnswer {
  const credential = /^Bearer (.+)$/u.exec(request.headers['authorization'] ?? '')?.[1] ?? ''
  const organization = organizations.find(
    ({ credentials, inference }) => credentials.includes(credential) || inference.includes(credential),
  )
  if (organization === undefined) return openRouterError(401, 'User not found.')
  const manages = organization.credentials.includes(credential)
  if (!manages && request.path !== '/api/v1/key') return openRouterError(403, 'Only management keys can do this.')
  if (request.path === '/api/v1/key') {
    const maker = organization.makers?.[credential] ?? 'user_ada'
    return ok({ data: currentKey(organization, manages, maker, variant) })
  }
  const found = findRoute(routes, request)
  if (found === null) return openRouterError(404, 'Not found')
  return found.route.handle(organization, request, found.params)
}

const get = (path: string, handle: Route<O>['handle']): Route<O> => route('GET', `/api/v1${path}`, handle)

/** Lists of one workspace; the default one answers where none is asked for. */
function ofWorkspace({ workspaces }: O, id: string | null | undefined) {
  return workspaces.find(({ row }) => (id === null ? row['slug'] === 'default' : row.id === id))
}

function activity(organization: O, request: FakeRequest, variant: Variant): FakeAnswer {
  const asked = (name: string): string | null => request.query.get(name)
  const uses = organization.use.filter(
    (use) =>
      (asked('workspace_id') === null || use.project === asked('workspace_id')) &&
      (asked('api_key_hash') === null || use.key === asked('api_key_hash')) &&
      (asked('user_id') === null || use.user === asked('user_id')),
  )
  return ok({
    data: grouped(uses, ['model']).map((group) => ({
      date: activityDay(group.day, variant),
      model: group.model,
      model_permaslug: group.model,
      endpoint_id: `endpoint-${group.model}`,
      provider_name: 'Fake',
      usage: group.milliCents / 100_000,
      byok_usage_inference: 0,
      requests: group.requests,
      prompt_tokens: group.input,
      completion_tokens: group.output,
      reasoning_tokens: 0,
    })),
  })
}

const makeRoutes = (variant: Variant): readonly Route<O>[] => [
  ...OPENROUTER_WRITES,
  get('/organization/members', ({ members }, request) => offsetPage(request, members)),
  get('/workspaces', ({ workspaces }, request) =>
    offsetPage(
      request,
      workspaces.map((workspace) => workspaceRow(workspace, variant)),
    ),
  ),
  get('/workspaces/:workspace/members', (organization, request, { workspace }) => {
    const found = ofWorkspace(organization, workspace)
    return found === undefined
      ? openRouterError(404, 'Workspace not found')
      : offsetPage(request, memberRows(organization, found, variant))
  }),
  get('/workspaces/:workspace/budgets', (organization, _, { workspace }) => {
    const found = ofWorkspace(organization, workspace)
    return found === undefined ? openRouterError(404, 'Workspace not found') : ok({ data: found.budgets })
  }),
  get('/keys', (organization, request) => {
    const found = ofWorkspace(organization, request.query.get('workspace_id'))
    if (found === undefined) return openRouterError(404, 'Workspace not found')
    const all = request.query.get('include_disabled') === 'true'
    return offsetPage(
      request,
      keyRows(organization, found, variant).filter((key) => all || (key as { disabled?: unknown }).disabled !== true),
      false,
    )
  }),
  get('/byok', (organization, request) => {
    const workspace = ofWorkspace(organization, request.query.get('workspace_id'))
    if (workspace === undefined) return openRouterError(404, 'Workspace not found')
    return offsetPage(request, depositedRows(organization, workspace, variant))
  }),
  get('/guardrails', ({ guardrails = [] }, request) => {
    const workspace = request.query.get('workspace_id')
    return offsetPage(
      request,
      guardrails.filter((row) => (row as { workspace_id: unknown }).workspace_id === workspace),
    )
  }),
  get('/guardrails/assignments/keys', ({ guardedKeys = [] }, request) => offsetPage(request, guardedKeys)),
  get('/guardrails/assignments/members', ({ guardedMembers = [] }, request) => offsetPage(request, guardedMembers)),
  get('/scim/groups', ({ groups = [] }, request) => offsetPage(request, groups)),
  get('/scim/group-mappings', ({ groupMappings = [] }, request) => offsetPage(request, groupMappings)),
  get('/activity', (organization, request) => activity(organization, request, variant)),
]
