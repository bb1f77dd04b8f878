import { anthropicWorkspace, type FakeAnthropicOrganization } from './anthropic-organization.ts'
import { anthropicError } from './anthropic-pages.ts'
import type { FakeAnswer, FakeRequest } from './http.ts'
import { readBody, change, ok, route, takeOut, type Params, type Route } from './routes.ts'

type O = FakeAnthropicOrganization

const noSuch = (what: string): FakeAnswer => anthropicError(404, `${what} not found`)

const write = (
  method: string,
  path: string,
  handle: (organization: O, request: FakeRequest, params: Params) => FakeAnswer,
): Route<O> => route(method, `/v1/organizations${path}`, handle)

function found(row: unknown, what: string): FakeAnswer {
  return row === null ? noSuch(what) : ok(row)
}

/** Roles that the API can assign; admin is not one of them. */
const ROLES: readonly unknown[] = ['billing', 'claude_code_user', 'developer', 'managed', 'user']

function changeRole({ users }: O, request: FakeRequest, user: string): FakeAnswer {
  const { role } = readBody(request)
  return ROLES.includes(role)
    ? found(change(users, user, { role }), 'User')
    : anthropicError(400, 'role: this role cannot be assigned')
}

function removeUser(organization: O, user: string): FakeAnswer {
  for (const { members } of organization.workspaces) takeOut(members, user, 'user_id')
  for (const { members } of organization.enterprise?.groups ?? []) takeOut(members, user, 'user_id')
  return takeOut(organization.users, user) ? ok({ type: 'user_deleted', id: user }) : noSuch('User')
}

/** Claude Enterprise alone, behind a beta header; the primary owner is never signed out. */
function signOut({ users, enterprise }: O, request: FakeRequest, user: string): FakeAnswer {
  if (!(request.headers['anthropic-beta'] ?? '').split(',').includes('admin-user-sign-out-2026-10-08')) {
    return anthropicError(400, 'anthropic-beta: header is required')
  }
  if (enterprise === null || enterprise.signOut === 'not-enrolled') {
    return anthropicError(400, 'This organization is not enrolled in the beta.', 'organization_not_enrolled_in_beta')
  }
  if (enterprise.signOut === 'no-scope') return anthropicError(403, 'The key lacks the scope write:members.')
  const row = users.find((each) => (each as { id?: unknown }).id === user)
  if (row === undefined) return noSuch('User')
  return (row as { role?: unknown }).role === 'primary_owner'
    ? anthropicError(400, 'The primary owner cannot be signed out.', 'cannot_sign_out_primary_owner')
    : ok(row)
}

/** Setting a limit replaces the one of the same place and period. */
function setLimit(organization: O, request: FakeRequest): FakeAnswer {
  const { spendLimits } = organization
  if (spendLimits === null) return anthropicError(403, 'not enabled', 'spend_limits_admin_api_writes_not_enabled')
  const { amount, scope, period } = readBody(request)
  const limit = { type: 'spend_limit', id: `spl_new_${spendLimits.length + 1}`, amount, currency: 'USD', period, scope }
  const same = (row: unknown): boolean => {
    const known = row as { scope?: unknown; period?: unknown }
    return JSON.stringify(known.scope) === JSON.stringify(scope) && known.period === period
  }
  const row = { ...limit, is_enabled: true, created_at: '2026-10-01T00:00:00Z', updated_at: '2026-11-01T00:00:00Z' }
  organization.spendLimits = [...spendLimits.filter((each) => !same(each)), row]
  return ok(row)
}

function newWorkspace({ workspaces }: O, request: FakeRequest): FakeAnswer {
  const { name } = readBody(request)
  const id = `wrkspc_new_${workspaces.length + 1}`
  const row = {
    id,
    type: 'workspace',
    name,
    created_at: '2026-11-01T00:00:00Z',
    archived_at: null,
    display_color: '#6C5BB9',
  }
  workspaces.push(anthropicWorkspace({ row }))
  return ok(row)
}

function newInvite({ invites, users }: O, request: FakeRequest): FakeAnswer {
  const { email, role } = readBody(request)
  if (!ROLES.includes(role)) return anthropicError(400, 'role: this role cannot be assigned')
  const isThere = [...users, ...invites].some((row) => (row as { email?: unknown }).email === email)
  if (isThere) return anthropicError(400, 'invite already exists', 'invite_already_exists')
  const invite = {
    id: `invite_new_${invites.length + 1}`,
    type: 'invite',
    email,
    role,
    status: 'pending',
    invited_at: '2026-11-01T00:00:00Z',
    expires_at: '2033-11-22T00:00:00Z',
    accepted_at: null,
    rbac_group_ids: [],
  }
  invites.push(invite)
  return ok(invite)
}

function newMember({ workspaces, users }: O, request: FakeRequest, workspace: string): FakeAnswer {
  const found = workspaces.find(({ row }) => row.id === workspace)
  const { user_id: user, workspace_role: role } = readBody(request)
  if (found === undefined) return noSuch('Workspace')
  if (!users.some((row) => (row as { id?: unknown }).id === user)) return noSuch('User')
  const member = { type: 'workspace_member', user_id: user, workspace_id: workspace, workspace_role: role }
  found.members.push(member)
  return ok(member)
}

/** What Anthropic's administration API changes: the verb of a change is POST. */
export const ANTHROPIC_WRITES: readonly Route<O>[] = [
  write('POST', '/workspaces', newWorkspace),
  write('POST', '/workspaces/:workspace', ({ workspaces }, request, { workspace = '' }) => {
    const found = workspaces.find(({ row }) => row.id === workspace)
    if (found === undefined) return noSuch('Workspace')
    found.row = { ...found.row, ...readBody(request) }
    return ok(found.row)
  }),
  write('POST', '/invites', newInvite),
  write('POST', '/workspaces/:workspace/members', (organization, request, { workspace = '' }) =>
    newMember(organization, request, workspace),
  ),
  write('POST', '/users/:user', (organization, request, { user = '' }) => changeRole(organization, request, user)),
  write('POST', '/users/:user/sign_out', (organization, request, { user = '' }) =>
    signOut(organization, request, user),
  ),
  write('DELETE', '/users/:user', (organization, _, { user = '' }) => removeUser(organization, user)),
  write('DELETE', '/invites/:invite', ({ invites }, _, { invite = '' }) =>
    takeOut(invites, invite) ? ok({ type: 'invite_deleted', id: invite }) : noSuch('Invite'),
  ),
  write('POST', '/workspaces/:workspace/members/:user', ({ workspaces }, request, { workspace, user = '' }) => {
    const members = workspaces.find(({ row }) => row.id === workspace)?.members ?? []
    return found(change(members, user, readBody(request), 'user_id'), 'Member')
  }),
  write('DELETE', '/workspaces/:workspace/members/:user', ({ workspaces }, _, { workspace, user = '' }) => {
    const members = workspaces.find(({ row }) => row.id === workspace)?.members ?? []
    return takeOut(members, user, 'user_id')
      ? ok({ type: 'workspace_member_deleted', user_id: user, workspace_id: workspace })
      : noSuch('Member')
  }),
  write('POST', '/api_keys/:key', ({ keys }, request, { key = '' }) =>
    found(change(keys, key, readBody(request)), 'Key'),
  ),
  write('POST', '/spend_limits', (organization, request) => setLimit(organization, request)),
]
