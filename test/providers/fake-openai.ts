import { startFakeServer, type FakeAnswer, type FakeOptions, type FakeRequest, type FakeServer } from './http.ts'
import type { FakeOpenAiOrganization, FakeProject } from './openai-organization.ts'
import { documentedCosts, liveCosts } from './openai-costs.ts'
import { liveAdminKeys } from './openai-keys-live.ts'
import { idPage, nextPage, openAiError, openAiErrorBody } from './openai-pages.ts'
import { OPENAI_PROJECT_ROLES } from './openai-roles.ts'
import { get, inProject, noSuch } from './openai-routes.ts'
import { eventsBetween, quietLog } from './audit-log.ts'
import { completions, costs } from './openai-use.ts'
import { OPENAI_WRITES } from './openai-writes.ts'
import { liveThrottle, type Throttle } from './throttle.ts'
import type { Variant } from './variants.ts'
import { findRoute, ok, type Route } from './routes.ts'

export interface FakeOpenAiOptions extends FakeOptions {
  readonly organizations: readonly FakeOpenAiOrganization[]
  /** How it behaves; `calm` unless given. */
  readonly variant?: Variant
  /** Routes that are limited; a live one limits the roles of groups in projects unless given. */
  readonly throttle?: Throttle
}

type O = FakeOpenAiOrganization

/** OpenAI's admin API on a local port. The credential selects the organization. */
export function startFakeOpenAi(options: FakeOpenAiOptions): Promise<FakeServer> {
  return startFakeServer({
    ...options,
    basePath: '/v1',
    errorBody: openAiErrorBody,
    answer: answering(options),
  })
}

function answering(options: FakeOpenAiOptions): (request: FakeRequest) => FakeAnswer {
  if (options.variant === 'live') return asLive(options)
  if (options.variant !== 'documented') return (request) => answer(options.organizations, request)
  return (request) => documentedCosts(request, answer(options.organizations, request))
}

/** The same organizations as live ones were seen to behave. */
function asLive({ organizations, throttle }: FakeOpenAiOptions): (request: FakeRequest) => FakeAnswer {
  const limited = liveThrottle(throttle)
  return (request) => {
    const refused = limited(request)
    if (refused !== null) return refused
    const organization = findOrganization(organizations, request)
    const seen = organization === undefined ? organizations : [liveAdminKeys(organization)]
    return liveCosts(request, answer(seen, request))
  }
}

function answer(organizations: readonly O[], request: FakeRequest): FakeAnswer {
  const organization = findOrganization(organizations, request)
  if (organization === undefined) {
    const credential = readCredential(request)
    const shown = `${credential.slice(0, 8)}***${credential.slice(-4)}`
    return openAiError(401, `Incorrect API key provided: ${shown}.`, 'invalid_api_key')
  }
  const found = findRoute(ROUTES, request)
  if (found === null) {
    return openAiError(404, `Invalid URL (${request.method} ${request.path})`, 'unknown_url')
  }
  const answered = found.route.handle(organization, request, found.params)
  return organization.header === null
    ? answered
    : { ...answered, headers: { ...answered.headers, 'openai-organization': organization.header } }
}

function readCredential(request: FakeRequest): string {
  return /^Bearer (.+)$/u.exec(request.headers['authorization'] ?? '')?.[1] ?? ''
}

function findOrganization(organizations: readonly O[], request: FakeRequest): O | undefined {
  const credential = readCredential(request)
  return organizations.find(({ credentials }) => credentials.includes(credential))
}

function spendLimit(limit: unknown): FakeAnswer {
  return limit === null ? openAiError(404, 'No spend limit is set.', 'not_found') : ok(limit)
}

/** Without `owner_project_access=any`, keys of people who lost the project are hidden. */
function visibleKeys(project: FakeProject, request: FakeRequest): readonly unknown[] {
  const wanted = request.query.get('owner_project_access') ?? 'active'
  if (wanted === 'any') return project.keys
  return project.keys.filter((key) => (key as { owner_project_access?: unknown }).owner_project_access === wanted)
}

const PROJECT = '/organization/projects/:project'
const SMALL = { max: 100, byDefault: 20 }

const ROUTES: readonly Route<O>[] = [
  ...OPENAI_WRITES,
  ...OPENAI_PROJECT_ROLES,
  get('/organization/users', ({ users }, request) => idPage(request, users)),
  get('/organization/users/:user/roles', ({ userRoles }, request, { user = '' }) =>
    nextPage(request, userRoles[user] ?? []),
  ),
  get('/organization/invites', ({ invites }, request) => idPage(request, invites)),
  get('/organization/admin_api_keys', ({ adminKeys }, request) => idPage(request, adminKeys)),
  get('/organization/roles', ({ roles }, request) => nextPage(request, roles)),
  get('/organization/groups', ({ groups }, request) =>
    nextPage(
      request,
      groups.map(({ row }) => row),
    ),
  ),
  get('/organization/groups/:group/users', ({ groups }, request, { group }) => {
    const found = groups.find(({ row }) => row.id === group)
    return found === undefined ? noSuch('group') : nextPage(request, found.users)
  }),
  get('/organization/groups/:group/roles', ({ groups }, request, { group }) => {
    const found = groups.find(({ row }) => row.id === group)
    return found === undefined ? noSuch('group') : nextPage(request, found.roles)
  }),
  get('/organization/certificates', ({ certificates }, request) => idPage(request, certificates)),
  inProject(`${PROJECT}/certificates`, ({ certificates }, request) => idPage(request, certificates)),
  get('/organization/workload_identity_providers', ({ identityProviders }, request) =>
    idPage(
      request,
      identityProviders.map(({ row }) => row),
    ),
  ),
  get('/organization/workload_identity_providers/:provider/federation_rules', (organization, request, { provider }) => {
    const found = organization.identityProviders.find(({ row }) => row.id === provider)
    return found === undefined ? noSuch('workload identity provider') : idPage(request, found.rules)
  }),
  get('/organization/spend_limit', (organization) => spendLimit(organization.spendLimit)),
  get('/organization/spend_alerts', ({ spendAlerts }, request) => idPage(request, spendAlerts)),
  get('/organization/audit_logs', ({ auditLog }, request) => {
    if (auditLog === null) return openAiError(403, 'Audit logging is not enabled for this organization.')
    const ends = ['gte', 'lte'].map((end) => Number(request.query.get(`effective_at[${end}]`)))
    const [from = 0, to = 0] = ends
    const events =
      auditLog === 'quiet' ? quietLog(to) : eventsBetween(auditLog, (event) => event.effective_at, { from, to })
    return idPage(request, events)
  }),
  get('/organization/data_retention', ({ retention = 'modified_abuse_monitoring' }) =>
    ok({ object: 'organization.data_retention', type: retention }),
  ),
  inProject(`${PROJECT}/data_retention`, ({ settings = {} }) =>
    ok({ object: 'project.data_retention', type: settings.retention ?? 'organization_default' }),
  ),
  inProject(`${PROJECT}/model_permissions`, ({ settings = {} }) =>
    settings.models === undefined ? noSuch('model permissions') : ok(settings.models),
  ),
  inProject(`${PROJECT}/hosted_tool_permissions`, ({ settings = {} }) => {
    const tools = ['code_interpreter', 'file_search', 'image_generation', 'mcp', 'web_search']
    return ok(Object.fromEntries(tools.map((tool) => [tool, { enabled: settings.off?.includes(tool) !== true }])))
  }),
  get('/organization/costs', costs),
  get('/organization/usage/completions', completions),
  get('/organization/projects', ({ projects }, request) => {
    const all = request.query.get('include_archived') === 'true'
    const rows = projects.map(({ row }) => row)
    return idPage(request, all ? rows : rows.filter((row) => row['status'] !== 'archived'))
  }),
  inProject(`${PROJECT}/users`, ({ users }, request) => idPage(request, users)),
  inProject(`${PROJECT}/service_accounts`, ({ serviceAccounts }, request) => idPage(request, serviceAccounts)),
  inProject(`${PROJECT}/api_keys`, (project, request) => idPage(request, visibleKeys(project, request)), true),
  inProject(`${PROJECT}/rate_limits`, ({ rateLimits }, request) =>
    idPage(request, rateLimits, { max: 100, byDefault: 100 }),
  ),
  inProject(`${PROJECT}/spend_limit`, (project) => spendLimit(project.spendLimit)),
  inProject(`${PROJECT}/spend_alerts`, ({ spendAlerts }, request) => idPage(request, spendAlerts)),
  inProject(`${PROJECT}/groups`, ({ groups }, request) =>
    nextPage(
      request,
      groups.map(({ row }) => row),
      SMALL,
    ),
  ),
  // This one path lacks `/organization`, as at the provider.
  inProject('/projects/:project/groups/:group/roles', ({ groups }, request, { group }) => {
    const found = groups.find(({ row }) => row.group_id === group)
    return found === undefined ? noSuch('group') : nextPage(request, found.roles)
  }),
]
