import type { FakeAnthropicOrganization } from './anthropic-organization.ts'
import { afterPage, anthropicError, anthropicErrorBody, tokenPage } from './anthropic-pages.ts'
import { analytics, older } from './anthropic-use.ts'
import { keyRow, listedWorkspaces, OLD_VERSION, takesHeader } from './anthropic-variants.ts'
import { ANTHROPIC_WRITES } from './anthropic-writes.ts'
import { startFakeServer, type FakeAnswer, type FakeOptions, type FakeRequest, type FakeServer } from './http.ts'
import { findRoute, ok, route, type Route } from './routes.ts'
import type { Variant } from './variants.ts'

export interface FakeAnthropicOptions extends FakeOptions {
  readonly organizations: readonly FakeAnthropicOrganization[]
  /** Calm unless given. */
  readonly variant?: Variant
}

type O = FakeAnthropicOrganization

/** Anthropic's administration API on a local port. The credential selects the organization. */
export function startFakeAnthropic(options: FakeAnthropicOptions): Promise<FakeServer> {
  const variant = options.variant ?? 'calm'
  const routes = makeRoutes(variant)
  return startFakeServer({
    ...options,
    basePath: '',
    errorBody: anthropicErrorBody,
    answer: (request) => answer(options.organizations, request, routes, variant),
  })
}

const VERSIONS: readonly string[] = [OLD_VERSION, '2026-10-21']

function answer(
  organizations: readonly O[],
  request: FakeRequest,
  routes: readonly Route<O>[],
  variant: Variant,
): FakeAnswer {
  const bearer = /^Bearer (.+)$/u.exec(request.headers['authorization'] ?? '')?.[1]
  const credential = request.headers['x-api-key'] ?? bearer ?? ''
  const organization = organizations.find(
    ({ credentials, inference = [] }) => credentials.includes(credential) || inference.includes(credential),
  )
  if (organization === undefined || !takesHeader(variant, request, credential)) {
    return anthropicError(401, 'invalid x-api-key')
  }
  if (!organization.credentials.includes(credential)) {
    return anthropicError(403, 'This API key does not have permission to use the Admin API.')
  }
  if (!VERSIONS.includes(request.headers['anthropic-version'] ?? '')) {
    return anthropicError(400, 'anthropic-version: header is required')
  }
  const found = findRoute(routes, request)
  if (found === null) return anthropicError(404, 'Not found')
  return found.route.handle(organization, request, found.params)
}

const get = (path: string, handle: Route<O>['handle']): Route<O> => route('GET', `/v1/organizations${path}`, handle)

const BETA = 'spend-limit-reads-2026-09-26'

const makeRoutes = (variant: Variant): readonly Route<O>[] => [
  ...ANTHROPIC_WRITES,
  get('/me', ({ me }) => ok(me)),
  get('/users', ({ users }, request) => afterPage(request, users)),
  get('/invites', ({ invites }, request) => afterPage(request, invites)),
  get('/workspaces', (organization, request) =>
    afterPage(
      request,
      listedWorkspaces(organization, request, variant).map(({ row }) => row),
    ),
  ),
  get('/workspaces/:workspace/members', ({ workspaces }, request, { workspace }) => {
    const found = workspaces.find(({ row }) => row.id === workspace)
    return found === undefined
      ? anthropicError(404, 'Workspace not found')
      : afterPage(request, found.members, 'user_id')
  }),
  get('/workspaces/:workspace/rate_limits', ({ workspaces }, request, { workspace }) => {
    const found = workspaces.find(({ row }) => row.id === workspace)
    return found === undefined ? anthropicError(404, 'Workspace not found') : tokenPage(request, found.rateLimits)
  }),
  get('/api_keys', (organization, request) =>
    afterPage(
      request,
      organization.keys.map((key) => keyRow(organization, request, variant, key)),
    ),
  ),
  get('/analytics/cost', analytics('cost', variant)),
  get('/analytics/usage', analytics('usage', variant)),
  get('/cost_report', older('cost', variant)),
  get('/usage_report/messages', older('usage', variant)),
  get('/rate_limits', ({ rateLimits }, request) => tokenPage(request, rateLimits)),
  get('/spend_limits', ({ spendLimits }, request) => {
    if (!(request.headers['anthropic-beta'] ?? '').split(',').includes(BETA)) {
      return anthropicError(400, 'anthropic-beta: this endpoint needs a beta header')
    }
    return spendLimits === null
      ? anthropicError(403, 'not enabled', 'spend_limits_admin_api_writes_not_enabled')
      : tokenPage(request, spendLimits)
  }),
]
