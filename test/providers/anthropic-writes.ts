import type { FakeAnthropicOrganization } from './anthropic-organization.ts'
import { anthropicError } from './anthropic-pages.ts'
import type { FakeAnswer, FakeRequest } from './http.ts'
import { bodyOf, change, ok, route, takeOut, type Params, type Route } from './routes.ts'

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

/** Roles that the API gives; it makes nobody an admin. */
const ROLES: readonly unknown[] = ['billing', 'claude_code_user', 'developer', 'managed', 'user']

function changeRole({ users }: O, request: FakeRequest, user: string): FakeAnswer {
  const { role } = bodyOf(request)
  return ROLES.includes(role)
    ? found(change(users, user, { role }), 'User')
    : anthropicError(400, 'role: this role cannot be assigned')
}

function removeUser(organization: O, user: string): FakeAnswer {
  for (const { members } of organization.workspaces) takeOut(members, user, 'user_id')
  return takeOut(organization.users, user) ? ok({ type: 'user_deleted', id: user }) : noSuch('User')
}

/** Setting a limit replaces the one of the same place and period. */
function setLimit(organization: O, request: FakeRequest): FakeAnswer {
  const { spendLimits } = organization
  if (spendLimits === null) return anthropicError(403, 'not enabled', 'spend_limits_admin_api_writes_not_enabled')
  const { amount, scope, period } = bodyOf(request)
  const limit = { type: 'spend_limit', id: `spl_new_${spendLimits.length + 1}`, amount, currency: 'USD', period, scope }
  const same = (row: unknown): boolean => {
    const known = row as { scope?: unknown; period?: unknown }
    return JSON.stringify(known.scope) === JSON.stringify(scope) && known.period === period
  }
  const row = { ...limit, is_enabled: true, created_at: '2026-10-01T00:00:00Z', updated_at: '2026-11-01T00:00:00Z' }
  organization.spendLimits = [...spendLimits.filter((each) => !same(each)), row]
  return ok(row)
}

/** What Anthropic's administration API changes: the verb of a change is POST. */
export const ANTHROPIC_WRITES: readonly Route<O>[] = [
  write('POST', '/users/:user', (organization, request, { user = '' }) => changeRole(organization, request, user)),
  write('DELETE', '/users/:user', (organization, _, { user = '' }) => removeUser(organization, user)),
  write('DELETE', '/invites/:invite', ({ invites }, _, { invite = '' }) =>
    takeOut(invites, invite) ? ok({ type: 'invite_deleted', id: invite }) : noSuch('Invite'),
  ),
  write('POST', '/workspaces/:workspace/members/:user', ({ workspaces }, request, { workspace, user = '' }) => {
    const members = workspaces.find(({ row }) => row.id === workspace)?.members ?? []
    return found(change(members, user, bodyOf(request), 'user_id'), 'Member')
  }),
  write('DELETE', '/workspaces/:workspace/members/:user', ({ workspaces }, _, { workspace, user = '' }) => {
    const members = workspaces.find(({ row }) => row.id === workspace)?.members ?? []
    return takeOut(members, user, 'user_id')
      ? ok({ type: 'workspace_member_deleted', user_id: user, workspace_id: workspace })
      : noSuch('Member')
  }),
  write('POST', '/api_keys/:key', ({ keys }, request, { key = '' }) =>
    found(change(keys, key, bodyOf(request)), 'Key'),
  ),
  write('POST', '/spend_limits', (organization, request) => setLimit(organization, request)),
]
