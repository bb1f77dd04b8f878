import type { FakeAnthropicOrganization } from './anthropic-organization.ts'
import { eventsBetween } from './audit-log.ts'
import { afterPage, anthropicError, anthropicErrorBody, reportPage, tokenPage } from './anthropic-pages.ts'
import { analytics, older } from './anthropic-use.ts'
import { keyRow, listedWorkspaces, OLD_VERSION, takesHeader } from './anthropic-variants.ts'
import { ANTHROPIC_WRITES } from './anthropic-writes.ts'
import { startFakeServer, type FakeAnswer, type FakeOptions, type FakeRequest, type FakeServer } from './http.ts'
import { findRoute, ok, route, type Params, type Route } from './routes.ts'
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

/** A route that is never answered to an admin key. */
const oauth = (path: string, handle: Route<O>['handle']): Route<O> =>
  get(path, (organization, request, params) =>
    (request.headers['authorization'] ?? '').startsWith('Bearer sk-ant-oat')
      ? handle(organization, request, params)
      : anthropicError(403, 'This endpoint requires an OAuth access token with the org:admin scope.'),
  )

/** A route that only Claude Enterprise organizations have. */
const enterprise = (
  path: string,
  handle: (of: NonNullable<O['enterprise']>, request: FakeRequest, params: Params) => FakeAnswer,
): Route<O> =>
  get(path, (organization, request, params) =>
    organization.enterprise === null
      ? anthropicError(400, 'Not supported for this organization.', 'organization_type_not_supported')
      : handle(organization.enterprise, request, params),
  )

function unlessArchived(rows: readonly unknown[], request: FakeRequest): readonly unknown[] {
  if (request.query.get('include_archived') === 'true') return rows
  return rows.filter((row) => ((row as { archived_at?: unknown }).archived_at ?? null) === null)
}

/** The activity feed, newest first. */
function activityPage({ activities }: O, request: FakeRequest): FakeAnswer {
  if (activities === null) return anthropicError(403, 'The Compliance API is not enabled.')
  const end = (name: string): string => request.query.get(`created_at.${name}`) ?? ''
  const [from, to] = [Date.parse(end('gte')), Date.parse(end('lte'))]
  const rows =
    activities === 'quiet'
      ? [{ id: 'activity_signed_in', created_at: end('lte'), type: 'social_login_succeeded', actor: SIGNED_IN }]
      : eventsBetween(activities, (activity) => Date.parse(activity.created_at), { from, to })
  return afterPage(request, rows, 'id', 5000)
}

const SIGNED_IN = { type: 'user_actor', user_id: 'user_signed_in', email_address: 'signed.in@example.com' }

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
  enterprise('/rbac_groups', ({ groups }, request) =>
    tokenPage(
      request,
      groups.map(({ row }) => row),
    ),
  ),
  enterprise('/rbac_groups/:group/members', ({ groups }, request, { group }) => {
    const found = groups.find(({ row }) => row.id === group)
    return found === undefined ? anthropicError(404, 'Group not found') : tokenPage(request, found.members)
  }),
  enterprise('/rbac_roles', ({ roles }, request) =>
    tokenPage(
      request,
      roles.map(({ row }) => row),
    ),
  ),
  enterprise('/rbac_roles/:role/permissions', ({ roles }, request, { role }) => {
    const found = roles.find(({ row }) => row.id === role)
    return found === undefined ? anthropicError(404, 'Role not found') : tokenPage(request, found.permissions)
  }),
  enterprise('/spend_limits/effective', ({ limits = [] }, request) => tokenPage(request, limits)),
  enterprise('/analytics/users', ({ activity = [] }, request) => {
    const from = request.query.get('starting_date') ?? ''
    return /^\d{4}-\d{2}-\d{2}$/u.test(from) && from >= '2026-01-01'
      ? tokenPage(request, activity)
      : anthropicError(400, 'starting_date: must be a day from 2026-01-01 on')
  }),
  get('/usage_report/claude_code', ({ claudeCode = {} }, request) =>
    reportPage(request, claudeCode[request.query.get('starting_at') ?? ''] ?? []),
  ),
  oauth('/service_accounts', ({ serviceAccounts }, request) =>
    tokenPage(
      request,
      serviceAccounts.map(({ row }) => row),
    ),
  ),
  oauth('/service_accounts/:account/workspaces', ({ serviceAccounts }, request, { account }) => {
    const found = serviceAccounts.find(({ row }) => row.id === account)
    return found === undefined ? anthropicError(404, 'Service account not found') : tokenPage(request, found.workspaces)
  }),
  oauth('/federation_issuers', ({ issuers }, request) => tokenPage(request, unlessArchived(issuers, request))),
  oauth('/federation_rules', ({ federationRules }, request) =>
    tokenPage(request, unlessArchived(federationRules, request)),
  ),
  get('/compliance_settings', ({ activities }) =>
    ok({ type: 'compliance_settings', state: { type: activities === null ? 'disabled' : 'enabled' } }),
  ),
  route('GET', '/v1/compliance/activities', activityPage),
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
