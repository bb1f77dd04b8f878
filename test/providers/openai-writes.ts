import type { FakeAnswer, FakeRequest } from './http.ts'
import { type FakeOpenAiOrganization, type FakeProject, openAiProject } from './openai-organization.ts'
import { openAiError } from './openai-pages.ts'
import { readBody, change, ok, route, takeOut, type Params, type Route } from './routes.ts'

type O = FakeOpenAiOrganization

const noSuch = (what: string): FakeAnswer => openAiError(404, `No such ${what}.`, 'not_found')

function deleted(done: boolean, what: string, id: string): FakeAnswer {
  return done ? ok({ object: `organization.${what}.deleted`, id, deleted: true }) : noSuch(what)
}

function found(row: unknown, what: string): FakeAnswer {
  return row === null ? noSuch(what) : ok(row)
}

/** A write inside a project: an archived one takes none. */
function inProject(
  method: string,
  path: string,
  handle: (project: FakeProject, request: FakeRequest, params: Params, organization: O) => FakeAnswer,
): Route<O> {
  return route(method, `/v1/organization/projects/:project${path}`, (organization, request, params) => {
    const project = organization.projects.find(({ row }) => row.id === params['project'])
    if (project === undefined) return noSuch('project')
    if (project.row['status'] === 'archived') return openAiError(400, 'The project is archived.', 'project_archived')
    return handle(project, request, params, organization)
  })
}

/**
 * A user who leaves the organization leaves its projects and groups; keys stay, and their owner no longer has access.
 */
function removeUser(organization: O, user: string): boolean {
  for (const group of organization.groups) takeOut(group.users, user)
  for (const project of organization.projects) leaveProject(project, user)
  return takeOut(organization.users, user)
}

function leaveProject(project: FakeProject, user: string): boolean {
  project.keys = project.keys.map((key) => {
    const { owner } = key as { owner?: { user?: { id?: string } } }
    return owner?.user?.id === user ? { ...(key as object), owner_project_access: 'inactive' } : key
  })
  return takeOut(project.users, user)
}

function spendLimit(scope: string, request: FakeRequest): unknown {
  return { object: `${scope}.spend_limit`, ...readBody(request), enforcement: { status: 'inactive' } }
}

function addAlert(alerts: unknown[], scope: string, request: FakeRequest): FakeAnswer {
  const alert = { object: `${scope}.spend_alert`, id: `alert_new_${alerts.length + 1}`, ...readBody(request) }
  alerts.push(alert)
  return ok(alert)
}

/** The secret of every key that is made here; a test looks for it where it must not be. */
export const NEW_SECRET = 'sk-svcacct-Zz4w0MARKEDonce9aQ'

/** A name of a key that this provider answers with the new secret in it. */
export const REPEATING = 'repeats'

function newKey(project: FakeProject, request: FakeRequest, account: string): FakeAnswer {
  const owner = project.serviceAccounts.find((row) => (row as { id: string }).id === account)
  if (owner === undefined) return noSuch('service account')
  const { name, expires_in_seconds: lifetime } = readBody(request)
  const created = 1_764_000_000
  const key = {
    id: `key_new_${project.row.id}_${project.keys.length + 1}`,
    name,
    created_at: created,
    expires_at: typeof lifetime === 'number' ? created + lifetime : null,
  }
  project.keys.push({
    ...key,
    object: 'organization.project.api_key',
    redacted_value: 'sk-svcacct-...9aQ',
    last_used_at: null,
    owner_project_access: 'active',
    owner: { type: 'service_account', service_account: owner },
  })
  const named = name === REPEATING ? `${REPEATING} ${NEW_SECRET}` : name
  return ok({ ...key, name: named, object: 'organization.project.service_account.api_key', value: NEW_SECRET })
}

/** New things are numbered after the existing ones, so that a second run differs from the first. */
function newProject({ projects }: O, request: FakeRequest): FakeAnswer {
  const { name } = readBody(request)
  const row = {
    object: 'organization.project',
    id: `proj_new_${projects.length + 1}`,
    name,
    created_at: 1_764_000_000,
    archived_at: null,
    status: 'active',
  }
  projects.push(openAiProject({ row }))
  return ok(row)
}

function newInvite({ invites, users, projects }: O, request: FakeRequest): FakeAnswer {
  const body = readBody(request)
  const isThere = [...users, ...invites].some((row) => (row as { email?: unknown }).email === body['email'])
  if (isThere) return openAiError(400, 'The user is a member, or invited, already.', 'invite_exists')
  // Without projects, the default one is used, as at the provider.
  const standard = projects.filter(({ row }) => row['name'] === 'Default project')
  const invite = {
    object: 'organization.invite',
    id: `invite-new-${invites.length + 1}`,
    ...body,
    projects: body['projects'] ?? standard.map(({ row }) => ({ id: row.id, role: 'member' })),
    status: 'pending',
    created_at: 1_764_000_000,
    expires_at: 1_999_000_000,
    accepted_at: null,
  }
  invites.push(invite)
  return ok(invite)
}

function newMember(project: FakeProject, request: FakeRequest, { users }: O): FakeAnswer {
  const { user_id: id, role } = readBody(request)
  const user = users.find((row) => (row as { id?: unknown }).id === id)
  if (user === undefined) return openAiError(400, 'The user is not in the organization.', 'user_not_in_organization')
  const { name, email } = user as { name?: unknown; email?: unknown }
  const member = { object: 'organization.project.user', id, name, email, role, added_at: 1_764_000_000 }
  project.users.push(member)
  return ok(member)
}

function newAccount(project: FakeProject, request: FakeRequest): FakeAnswer {
  const { name } = readBody(request)
  const id = `svc_acct_${project.row.id}_${project.serviceAccounts.length + 1}`
  const account = {
    object: 'organization.project.service_account',
    id,
    name,
    role: 'member',
    created_at: 1_764_000_000,
  }
  project.serviceAccounts.push(account)
  const made = newKey(project, request, id)
  return ok({ ...account, api_key: made.body })
}

/** What OpenAI's admin API changes: the verb of a change is POST. */
export const OPENAI_WRITES: readonly Route<O>[] = [
  route('POST', '/v1/organization/projects', newProject),
  route('POST', '/v1/organization/projects/:project', ({ projects }, request, { project = '' }) => {
    const found = projects.find(({ row }) => row.id === project)
    if (found === undefined) return noSuch('project')
    found.row = { ...found.row, ...readBody(request) }
    return ok(found.row)
  }),
  route('POST', '/v1/organization/invites', newInvite),
  inProject('POST', '/users', (project, request, _, organization) => newMember(project, request, organization)),
  inProject('POST', '/service_accounts', (project, request) => newAccount(project, request)),
  route('POST', '/v1/organization/users/:user', ({ users }, request, { user = '' }) =>
    found(change(users, user, readBody(request)), 'user'),
  ),
  route('DELETE', '/v1/organization/users/:user', (organization, _, { user = '' }) =>
    deleted(removeUser(organization, user), 'user', user),
  ),
  route('DELETE', '/v1/organization/invites/:invite', ({ invites }, _, { invite = '' }) =>
    deleted(takeOut(invites, invite), 'invite', invite),
  ),
  route('DELETE', '/v1/organization/admin_api_keys/:key', ({ adminKeys }, _, { key = '' }) =>
    deleted(takeOut(adminKeys, key), 'admin_api_key', key),
  ),
  route('POST', '/v1/organization/spend_limit', (organization, request) => {
    organization.spendLimit = spendLimit('organization', request)
    return ok(organization.spendLimit)
  }),
  route('POST', '/v1/organization/spend_alerts', ({ spendAlerts }, request) =>
    addAlert(spendAlerts, 'organization', request),
  ),
  inProject('POST', '/users/:user', ({ users }, request, { user = '' }) =>
    found(change(users, user, readBody(request)), 'project user'),
  ),
  inProject('DELETE', '/users/:user', (project, _, { user = '' }) =>
    deleted(leaveProject(project, user), 'project.user', user),
  ),
  inProject('DELETE', '/groups/:group', (project, _, { group = '' }) => {
    const before = project.groups.length
    project.groups = project.groups.filter(({ row }) => row.group_id !== group)
    return project.groups.length < before ? ok({ object: 'project.group.deleted', deleted: true }) : noSuch('group')
  }),
  inProject('POST', '/service_accounts/:account', ({ serviceAccounts }, request, { account = '' }) =>
    found(change(serviceAccounts, account, readBody(request)), 'service account'),
  ),
  inProject('DELETE', '/service_accounts/:account', (project, _, { account = '' }) => {
    project.keys = project.keys.filter((key) => {
      const { owner } = key as { owner?: { service_account?: { id?: string } } }
      return owner?.service_account?.id !== account
    })
    return deleted(takeOut(project.serviceAccounts, account), 'project.service_account', account)
  }),
  inProject('POST', '/service_accounts/:account/api_keys', (project, request, { account = '' }) =>
    newKey(project, request, account),
  ),
  inProject('DELETE', '/api_keys/:key', ({ keys }, _, { key = '' }) =>
    deleted(takeOut(keys, key), 'project.api_key', key),
  ),
  inProject('POST', '/spend_limit', (project, request) => {
    project.spendLimit = spendLimit('project', request)
    return ok(project.spendLimit)
  }),
  inProject('POST', '/spend_alerts', ({ spendAlerts }, request) => addAlert(spendAlerts, 'project', request)),
]
