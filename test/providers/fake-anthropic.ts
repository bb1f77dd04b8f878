import type { FakeAnthropicOrganization } from './anthropic-organization.ts'
import { afterPage, anthropicError, anthropicErrorBody, tokenPage } from './anthropic-pages.ts'
import { analytics, older } from './anthropic-use.ts'
import { ANTHROPIC_WRITES } from './anthropic-writes.ts'
import { startFakeServer, type FakeAnswer, type FakeOptions, type FakeRequest, type FakeServer } from './http.ts'
import { findRoute, ok, route, type Route } from './routes.ts'

export interface FakeAnthropicOptions extends FakeOptions {
  readonly organizations: readonly FakeAnthropicOrganization[]
}

type O = FakeAnthropicOrganization

/** Anthropic's administration API on a local port. The credential says which organization answers. */
export function startFakeAnthropic(options: FakeAnthropicOptions): Promise<FakeServer> {
  return startFakeServer({
    ...options,
    basePath: '',
    errorBody: anthropicErrorBody,
    answer: (request) => answer(options.organizations, request),
  })
}

const OLD_VERSION = '2023-06-01'
const VERSIONS: readonly string[] = [OLD_VERSION, '2026-10-21']

function answer(organizations: readonly O[], request: FakeRequest): FakeAnswer {
  const bearer = /^Bearer (.+)$/u.exec(request.headers['authorization'] ?? '')?.[1]
  const credential = request.headers['x-api-key'] ?? bearer ?? ''
  const organization = organizations.find(({ credentials }) => credentials.includes(credential))
  if (organization === undefined) return anthropicError(401, 'invalid x-api-key')
  if (!VERSIONS.includes(request.headers['anthropic-version'] ?? '')) {
    return anthropicError(400, 'anthropic-version: header is required')
  }
  const found = findRoute(ROUTES, request)
  if (found === null) return anthropicError(404, 'Not found')
  return found.route.handle(organization, request, found.params)
}

const get = (path: string, handle: Route<O>['handle']): Route<O> => route('GET', `/v1/organizations${path}`, handle)

const BETA = 'spend-limit-reads-2026-09-26'

/** The older version of the API says the workspace at the top of the row too, and null for the default one. */
function keyRow(organization: O, request: FakeRequest, key: unknown): unknown {
  if (request.headers['anthropic-version'] !== OLD_VERSION || typeof key !== 'object' || key === null) return key
  const { scope } = key as { scope?: { workspace_id?: string } }
  const standard = organization.workspaces.find(({ isDefault }) => isDefault)?.row.id
  const workspace = scope?.workspace_id ?? null
  return { ...key, workspace_id: workspace === standard ? null : workspace }
}

const ROUTES: readonly Route<O>[] = [
  ...ANTHROPIC_WRITES,
  get('/me', ({ me }) => ok(me)),
  get('/users', ({ users }, request) => afterPage(request, users)),
  get('/invites', ({ invites }, request) => afterPage(request, invites)),
  get('/workspaces', ({ workspaces }, request) => {
    const asked = (name: string): boolean => request.query.get(name) === 'true'
    const shown = workspaces.filter(
      ({ row, isDefault }) =>
        (asked('include_archived') || row['archived_at'] === null) && (asked('include_default') || !isDefault),
    )
    return afterPage(
      request,
      shown.map(({ row }) => row),
    )
  }),
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
      organization.keys.map((key) => keyRow(organization, request, key)),
    ),
  ),
  get('/analytics/cost', analytics('cost')),
  get('/analytics/usage', analytics('usage')),
  get('/cost_report', older('cost')),
  get('/usage_report/messages', older('usage')),
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
