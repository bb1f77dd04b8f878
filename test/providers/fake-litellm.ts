import { startFakeServer, type FakeAnswer, type FakeRequest, type FakeServer } from './http.ts'
import { findRoute, ok, route, type Route } from './routes.ts'

/** What a LiteLLM proxy holds, in its own rows; see its `/openapi.json`. */
export interface FakeLiteLlm {
  masterKey: string
  users: object[]
  teams: object[]
  keys: object[]
  /** Days of `/user/daily/activity`. */
  activity: object[]
}

const errorBody = (status: number, message: string): object => ({ error: { message, code: String(status) } })

/** Numbered pages: `total_pages` is their number. */
function page(request: FakeRequest, field: string, sizeName: string, rows: readonly object[]): FakeAnswer {
  const size = Math.min(Number(request.query.get(sizeName) ?? 25), 100)
  const number = Number(request.query.get('page') ?? 1)
  const total = Math.max(1, Math.ceil(rows.length / size))
  return ok({ [field]: rows.slice((number - 1) * size, number * size), page: number, total_pages: total })
}

const ROUTES: readonly Route<FakeLiteLlm>[] = [
  route('GET', '/user/list', ({ users }, request) => page(request, 'users', 'page_size', users)),
  route('GET', '/team/list', ({ teams }) => ok(teams)),
  route('GET', '/key/list', ({ keys }, request) => page(request, 'keys', 'size', keys)),
  route('GET', '/user/daily/activity', ({ activity }, request) => {
    const [from, to] = [request.query.get('start_date') ?? '', request.query.get('end_date') ?? '']
    const days = activity.filter((day) => 'date' in day && String(day.date) >= from && String(day.date) <= to)
    return page(request, 'results', 'page_size', days)
  }),
]

/** The reading part of a LiteLLM proxy's management API on a local port. */
export function startFakeLiteLlm(proxy: FakeLiteLlm): Promise<FakeServer> {
  return startFakeServer({
    basePath: '',
    errorBody,
    answer: (request) => {
      if (request.headers['authorization'] !== `Bearer ${proxy.masterKey}`) {
        return { status: 401, body: errorBody(401, 'Authentication Error') }
      }
      const found = findRoute(ROUTES, request)
      return found === null
        ? { status: 404, body: errorBody(404, 'Not Found') }
        : found.route.handle(proxy, request, found.params)
    },
  })
}
