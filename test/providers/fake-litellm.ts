import { startFakeServer, type FakeAnswer, type FakeOptions, type FakeRequest, type FakeServer } from './http.ts'
import { change, findRoute, ok, readBody, route, takeOut, type Route } from './routes.ts'
import type { Variant } from './variants.ts'

/** What a LiteLLM proxy holds, in its own rows; see its `/openapi.json`. */
export interface FakeLiteLlm {
  masterKey: string
  /** Secrets of virtual keys, by which callers of other roles sign in: the token of a row of `keys`. */
  secrets?: Readonly<Record<string, string>>
  /** Secrets of sessions, which are in no table, by the id of their user. */
  sessions?: Readonly<Record<string, string>>
  users: Row[]
  teams: Row[]
  keys: Row[]
  /** Budgets that several keys share. */
  budgets?: Row[]
  /** Days of `/user/daily/activity`. */
  activity: object[]
  /** Null where the proxy has no licence for them. */
  organizations?: Row[] | null
  /** Rows of the audit log; null where the proxy has no licence for it. */
  audit?: Row[] | null
  /** Credentials of model providers. */
  credentials?: object[]
}

export type Row = Readonly<Record<string, unknown>>

/** Who calls: by the master key, or by a virtual key or a session, with the rights of its user. */
interface Caller {
  readonly role: unknown
  readonly user: string | null
  /** The row of the key; null for the master key and for a session, which are in no table. */
  readonly key: Row | null
}

interface Seen {
  readonly proxy: FakeLiteLlm
  readonly caller: Caller
}

function findCaller(proxy: FakeLiteLlm, authorization: string | undefined): Caller | null {
  const secret = /^Bearer (.+)$/u.exec(authorization ?? '')?.[1] ?? ''
  if (secret === proxy.masterKey) return { role: 'proxy_admin', user: null, key: null }
  const roleOf = (id: unknown): unknown => proxy.users.find(({ user_id: one }) => one === id)?.['user_role'] ?? null
  const signedIn = proxy.sessions?.[secret]
  if (signedIn !== undefined) return { role: roleOf(signedIn), user: signedIn, key: null }
  const key = proxy.keys.find(({ token }) => token === proxy.secrets?.[secret])
  if (key === undefined) return null
  return { role: roleOf(key['user_id']), user: (key['user_id'] as string | null | undefined) ?? null, key }
}

const hasAdminView = ({ role }: Caller): boolean => role === 'proxy_admin' || role === 'proxy_admin_viewer'

const rowsIn = (row: Row, field: string): readonly Row[] => (row[field] ?? []) as readonly Row[]

/** The organizations that a user belongs to, with the role there. */
function membershipsOf({ organizations }: FakeLiteLlm, user: string | null, role?: string): readonly Row[] {
  return (organizations ?? []).filter((each) =>
    rowsIn(each, 'members').some((one) => one['user_id'] === user && (role === undefined || one['user_role'] === role)),
  )
}

/** The teams of a user, with the role there. */
function teamsOf({ teams }: FakeLiteLlm, user: string | null, role?: string): readonly Row[] {
  return teams.filter((team) =>
    rowsIn(team, 'members_with_roles').some(
      (one) => one['user_id'] === user && (role === undefined || one['role'] === role),
    ),
  )
}

const failed = (status: number, error: string): FakeAnswer => ({ status, body: { detail: { error } } })

/** Proxy admins and viewers see all users, an admin of organizations their users, anyone else none. */
function listUsers({ proxy, caller }: Seen, request: FakeRequest): readonly Row[] | FakeAnswer {
  const own = membershipsOf(proxy, caller.user, 'org_admin')
  if (!hasAdminView(caller) && own.length === 0) {
    return failed(403, 'Only proxy admins and organization admins can list users.')
  }
  const ids = new Set(own.flatMap((each) => rowsIn(each, 'members').map((one) => one['user_id'])))
  const seen = hasAdminView(caller) ? proxy.users : proxy.users.filter((user) => ids.has(user['user_id']))
  const by = request.query.get('sort_by')
  if (by !== null) return seen.toSorted((a, b) => compare(a[by], b[by]))
  // Users that were created together have no order of their own: it differs from page to page.
  const isOdd = Number(request.query.get('page') ?? 1) % 2 === 1
  const turned = isOdd ? seen : seen.toReversed()
  return turned.toSorted((a, b) => compare(b['created_at'], a['created_at']))
}

function compare(a: unknown, b: unknown): number {
  const [x, y] = [JSON.stringify(a ?? ''), JSON.stringify(b ?? '')]
  return x < y ? -1 : Number(x > y)
}

/**
 * Without a user of its own, a caller gets no list. A proxy admin sees all keys, whatever is asked for. Asked for keys of
 * teams, anyone else sees those of the own teams alone, as does a viewer who is in a team.
 */
function listKeys({ proxy, caller }: Seen, request: FakeRequest): readonly Row[] | FakeAnswer {
  const listed = proxy.keys
  if (caller.role === 'proxy_admin') return listed
  if (caller.user === null) return failed(403, "You are not authorized. No 'user_id' is associated with your API key.")
  const asked = request.query.get('include_team_keys') === 'true'
  const idsOf = (role?: string): ReadonlySet<unknown> =>
    new Set(asked ? teamsOf(proxy, caller.user, role).map(({ team_id: id }) => id) : [])
  const [administered, all] = [idsOf('admin'), idsOf()]
  if (hasAdminView(caller) && all.size === 0) return listed
  return listed.filter(
    ({ user_id: user, team_id: team }) =>
      (!hasAdminView(caller) && user === caller.user) ||
      administered.has(team) ||
      (all.has(team) && (user ?? null) === null),
  )
}

function listTeams({ proxy, caller }: Seen, request: FakeRequest): FakeAnswer {
  const user = request.query.get('user_id')
  if (!hasAdminView(caller) && (user === null || user !== caller.user)) {
    return failed(401, `Only admin users can query all teams/other teams. Your user role=${String(caller.role)}`)
  }
  return ok(user === null ? proxy.teams : teamsOf(proxy, user))
}

function ownKey({ caller }: Seen): FakeAnswer {
  if (caller.key === null) return { status: 404, body: errorBody(404, 'Key not found in database') }
  const { token, ...info } = caller.key
  return ok({ key: token, info })
}

function userInfo({ proxy, caller }: Seen, request: FakeRequest): FakeAnswer {
  const asked = request.query.get('user_id') ?? caller.user
  if (!hasAdminView(caller) && asked !== caller.user) return failed(403, 'key not allowed to access this user’s info')
  const user = proxy.users.find(({ user_id: id }) => id === asked)
  if (user === undefined) return { status: 404, body: errorBody(404, `User ${asked} not found`) }
  return ok({ user_id: asked, user_info: user, keys: [], teams: [] })
}

/** The events between two instants, newest first; without a licence the route does not exist. */
function listAudit({ proxy, caller }: Seen, { query }: FakeRequest): FakeAnswer {
  if (proxy.audit === null || proxy.audit === undefined) return { status: 404, body: { detail: 'Not Found' } }
  if (!hasAdminView(caller)) return failed(403, 'user not allowed to access this route. Route= /audit')
  const [from, to] = [query.get('start_date') ?? '', query.get('end_date') ?? '']
  const found = proxy.audit
    .filter(
      ({ updated_at: at }) => Date.parse(String(at)) >= Date.parse(from) && Date.parse(String(at)) <= Date.parse(to),
    )
    .toSorted((a, b) => compare(b['updated_at'], a['updated_at']))
  const [page, size] = [Number(query.get('page') ?? 1), Math.min(Number(query.get('page_size') ?? 10), 100)]
  const rows = found.slice((page - 1) * size, page * size)
  return ok({
    audit_logs: rows,
    total: found.length,
    page,
    page_size: size,
    total_pages: Math.ceil(found.length / size),
  })
}

const onlyAdmins = (seen: Seen, route: string, body: () => unknown): FakeAnswer =>
  seen.caller.role === 'proxy_admin'
    ? ok(body())
    : failed(
        403,
        `user not allowed to access this route. Route= ${route} is not allowed for role ${String(seen.caller.role)}`,
      )

const errorBody = (status: number, message: string): object => ({ error: { message, code: String(status) } })

/** Numbered pages. Early proxies report the number of pages alone, later ones that of rows too. */
function paged(request: FakeRequest, form: Form, rows: readonly object[] | FakeAnswer, variant: Variant): FakeAnswer {
  if (!Array.isArray(rows)) return rows as FakeAnswer
  const size = Math.min(Number(request.query.get(form.size) ?? 25), 100)
  const number = Number(request.query.get('page') ?? 1)
  const total = Math.max(1, Math.ceil(rows.length / size))
  const counts = variant === 'calm' ? {} : { [form.total]: rows.length }
  return ok({
    [form.field]: rows.slice((number - 1) * size, number * size),
    page: number,
    total_pages: total,
    ...counts,
  })
}

interface Form {
  readonly field: string
  readonly size: string
  /** The name of the number of rows. */
  readonly total: string
}

/** Early proxies do not report when a key was last used; later ones leave out the keys of sessions in their own window. */
function toKeys(rows: readonly Row[], variant: Variant): readonly Row[] {
  if (variant === 'calm') return rows
  const listed = variant === 'live' ? rows.filter(({ team_id: team }) => team !== 'litellm-dashboard') : rows
  return listed.map((row) => ({ last_active: null, spend: 0, models: [], metadata: {}, ...row }))
}

/** Two days a page, whatever is asked for; the number of pages is beside the rows, or in the metadata. */
function activity({ proxy, caller }: Seen, request: FakeRequest, variant: Variant): FakeAnswer {
  // Anyone but an admin or viewer gets the own spend alone, with 200.
  const all = hasAdminView(caller) ? proxy.activity : []
  const [from, to] = [request.query.get('start_date') ?? '', request.query.get('end_date') ?? '']
  const days = all.filter((day) => 'date' in day && String(day.date) >= from && String(day.date) <= to)
  const page = Number(request.query.get('page') ?? 1)
  const total = Math.max(1, Math.ceil(days.length / 2))
  const pages = { page, total_pages: total }
  const results = days.slice((page - 1) * 2, page * 2)
  return ok(variant === 'calm' ? { results, ...pages } : { results, metadata: { ...pages, has_more: page < total } })
}

const makeRoutes = (variant: Variant): readonly Route<Seen>[] => [
  route('GET', '/key/info', (seen) => ownKey(seen)),
  route('GET', '/user/info', userInfo),
  route('GET', '/user/list', (seen, request) =>
    paged(request, { field: 'users', size: 'page_size', total: 'total' }, listUsers(seen, request), variant),
  ),
  route('GET', '/team/list', listTeams),
  route('GET', '/key/list', (seen, request) => {
    const found = listKeys(seen, request)
    const rows = Array.isArray(found) ? toKeys(found as readonly Row[], variant) : (found as FakeAnswer)
    return paged(request, { field: 'keys', size: 'size', total: 'total_count' }, rows, variant)
  }),
  route('GET', '/organization/list', ({ proxy, caller }) => {
    const { organizations = [] } = proxy
    if (organizations === null) return failed(403, 'This feature is only available for LiteLLM Enterprise users')
    return ok(caller.role === 'proxy_admin' ? organizations : membershipsOf(proxy, caller.user))
  }),
  route('GET', '/credentials', (seen) =>
    onlyAdmins(seen, '/credentials', () => ({ success: true, credentials: seen.proxy.credentials ?? [] })),
  ),
  route('GET', '/budget/list', (seen) => onlyAdmins(seen, '/budget/list', () => seen.proxy.budgets ?? [])),
  route('GET', '/audit', listAudit),
  route('GET', '/user/daily/activity', (seen, request) => activity(seen, request, variant)),
  route('POST', '/key/block', ({ proxy: { keys } }, request) => {
    const row = change(keys, String(readBody(request)['key']), { blocked: true }, 'token')
    return row === null ? { status: 404, body: errorBody(404, 'Key not found') } : ok(row)
  }),
  route('POST', '/key/delete', ({ proxy: { keys } }, request) => {
    const { keys: tokens } = readBody(request) as { keys: string[] }
    const deleted = tokens.filter((token) => takeOut(keys, token, 'token'))
    return deleted.length === 0 ? { status: 404, body: errorBody(404, 'Key not found') } : ok({ deleted_keys: deleted })
  }),
]

interface FakeLiteLlmOptions extends FakeOptions {
  /** Calm unless given. */
  readonly variant?: Variant
}

/** The management API of a LiteLLM proxy on a local port. */
export function startFakeLiteLlm(
  proxy: FakeLiteLlm,
  { variant = 'calm', ...options }: FakeLiteLlmOptions = {},
): Promise<FakeServer> {
  const routes = makeRoutes(variant)
  return startFakeServer({
    ...options,
    basePath: '',
    errorBody,
    answer: (request) => {
      const caller = findCaller(proxy, request.headers['authorization'])
      if (caller === null) return { status: 401, body: errorBody(401, 'Authentication Error') }
      const found = findRoute(routes, request)
      return found === null
        ? { status: 404, body: { detail: 'Not Found' } }
        : found.route.handle({ proxy, caller }, request, found.params)
    },
  })
}
