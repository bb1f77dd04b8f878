import { startFakeServer, type FakeAnswer, type FakeOptions, type FakeRequest, type FakeServer } from './http.ts'
import { change, findRoute, ok, readBody, route, takeOut, type Route } from './routes.ts'
import type { Variant } from './variants.ts'

/** What a LiteLLM proxy holds, in its own rows; see its `/openapi.json`. */
export interface FakeLiteLlm {
  masterKey: string
  users: object[]
  teams: object[]
  keys: object[]
  /** Days of `/user/daily/activity`. */
  activity: object[]
  /** Null where the proxy has no licence for them. */
  organizations?: object[] | null
  /** Credentials of model providers. */
  credentials?: object[]
}

const errorBody = (status: number, message: string): object => ({ error: { message, code: String(status) } })

/** Numbered pages. Early proxies report the number of pages alone, later ones that of rows too. */
function paged(request: FakeRequest, form: Form, rows: readonly object[], variant: Variant): FakeAnswer {
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

/** Early proxies do not report when a key was last used. */
function toKey(row: object, variant: Variant): object {
  return variant === 'calm' ? row : { last_active: null, spend: 0, models: [], metadata: {}, ...row }
}

/** Two days a page, whatever is asked for; the number of pages is beside the rows, or in the metadata. */
function activity({ activity: all }: FakeLiteLlm, request: FakeRequest, variant: Variant): FakeAnswer {
  const [from, to] = [request.query.get('start_date') ?? '', request.query.get('end_date') ?? '']
  const days = all.filter((day) => 'date' in day && String(day.date) >= from && String(day.date) <= to)
  const page = Number(request.query.get('page') ?? 1)
  const total = Math.max(1, Math.ceil(days.length / 2))
  const pages = { page, total_pages: total }
  const results = days.slice((page - 1) * 2, page * 2)
  return ok(variant === 'calm' ? { results, ...pages } : { results, metadata: { ...pages, has_more: page < total } })
}

const makeRoutes = (variant: Variant): readonly Route<FakeLiteLlm>[] => [
  route('GET', '/user/list', ({ users }, request) =>
    paged(request, { field: 'users', size: 'page_size', total: 'total' }, users, variant),
  ),
  route('GET', '/team/list', ({ teams }) => ok(teams)),
  route('GET', '/key/list', ({ keys }, request) =>
    paged(
      request,
      { field: 'keys', size: 'size', total: 'total_count' },
      keys.map((row) => toKey(row, variant)),
      variant,
    ),
  ),
  route('GET', '/organization/list', ({ organizations = [] }) =>
    organizations === null
      ? { status: 403, body: { detail: { error: 'This feature is only available for LiteLLM Enterprise users' } } }
      : ok(organizations),
  ),
  route('GET', '/credentials', ({ credentials = [] }) => ok({ success: true, credentials })),
  route('GET', '/user/daily/activity', (proxy, request) => activity(proxy, request, variant)),
  route('POST', '/key/block', ({ keys }, request) => {
    const row = change(keys, String(readBody(request)['key']), { blocked: true }, 'token')
    return row === null ? { status: 404, body: errorBody(404, 'Key not found') } : ok(row)
  }),
  route('POST', '/key/delete', ({ keys }, request) => {
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
      if (request.headers['authorization'] !== `Bearer ${proxy.masterKey}`) {
        return { status: 401, body: errorBody(401, 'Authentication Error') }
      }
      const found = findRoute(routes, request)
      return found === null
        ? { status: 404, body: { detail: 'Not Found' } }
        : found.route.handle(proxy, request, found.params)
    },
  })
}
