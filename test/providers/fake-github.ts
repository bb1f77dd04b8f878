import { startFakeServer, type FakeAnswer, type FakeOptions, type FakeRequest, type FakeServer } from './http.ts'
import { findRoute, ok, readBody, route, type Route } from './routes.ts'
import type { Variant } from './variants.ts'

/** An organization of GitHub as a fake server holds it. */
export interface FakeGitHubOrganization {
  readonly id: number
  readonly login: string
  readonly name: string | null
  readonly credentials: readonly string[]
  /** Rows of the list of seats, in the form of the specification. */
  readonly seats: readonly FakeSeat[]
  /** How many seats are billed to the organization, where that is not the length of the list. */
  readonly billed?: number
  /** Members beyond their logins; null where the token may not read them. */
  readonly members: readonly FakeMember[] | null
  /**
   * Whether people sign in through single sign-on, with the address that it has of them; `hidden` where the token may not
   * read that, although it may read the members.
   */
  readonly signOn: Readonly<Record<string, string>> | 'hidden' | null
}

interface FakeSeat extends Readonly<Record<string, unknown>> {
  /** Null where GitHub has no account of the seat's any more. */
  readonly assignee: { readonly id: number; readonly login: string } | null
}

interface FakeMember {
  readonly login: string
  readonly name: string | null
  readonly email: string | null
  readonly verified: readonly string[]
}

interface FakeGitHub extends FakeOptions {
  readonly organizations: readonly FakeGitHubOrganization[]
  readonly variant?: Variant
}

type Seen = readonly FakeGitHubOrganization[]

const errorBody = (status: number, message: string): object => ({
  message,
  documentation_url: 'https://docs.github.com/rest',
  status: String(status),
})
const failed = (status: number, message: string): FakeAnswer => ({ status, body: errorBody(status, message) })

/** GitHub's REST and GraphQL API on a local port: what a token sees. */
export function startFakeGitHub({ organizations, variant = 'calm', ...options }: FakeGitHub): Promise<FakeServer> {
  const routes = makeRoutes(variant)
  return startFakeServer({
    ...options,
    basePath: '',
    errorBody,
    answer: (request) => {
      const credential = /^Bearer (.+)$/u.exec(request.headers['authorization'] ?? '')?.[1] ?? ''
      const seen = organizations.filter(({ credentials }) => credentials.includes(credential))
      if (seen.length === 0) return failed(401, 'Bad credentials')
      const found = findRoute(routes, request)
      return found === null ? failed(404, 'Not Found') : found.route.handle(seen, request, found.params)
    },
  })
}

function paged(request: FakeRequest, rows: readonly unknown[]): readonly unknown[] {
  const size = Math.min(Number(request.query.get('per_page') ?? 30), 100)
  const page = Number(request.query.get('page') ?? 1)
  return rows.slice((page - 1) * size, page * size)
}

const find = (seen: Seen, login: unknown): FakeGitHubOrganization | undefined => seen.find((one) => one.login === login)

/** Fields that early answers leave out. */
const LATER = ['plan_type', 'assigning_team', 'last_authenticated_at']

function toSeat(seat: FakeSeat, variant: Variant): object {
  if (variant === 'calm') return Object.fromEntries(Object.entries(seat).filter(([name]) => !LATER.includes(name)))
  const { assignee: of } = seat
  const assignee = of === null ? null : { ...of, node_id: `U_${of.id}`, type: 'User', site_admin: false }
  return { updated_at: '2026-01-01T00:00:00Z', last_activity_editor: null, ...seat, assignee }
}

const get = (path: string, handle: Route<Seen>['handle']): Route<Seen> => route('GET', path, handle)

const makeRoutes = (variant: Variant): readonly Route<Seen>[] => [
  get('/user/orgs', (seen, request) =>
    ok(
      paged(
        request,
        seen.map(({ id, login }) => ({ id, login })),
      ),
    ),
  ),
  get('/orgs/:org', (seen, _, { org }) => {
    const found = find(seen, org)
    return found === undefined ? failed(404, 'Not Found') : ok({ id: found.id, login: found.login, name: found.name })
  }),
  get('/orgs/:org/copilot/billing/seats', (seen, request, { org }) => {
    const found = find(seen, org)
    if (found === undefined) return failed(404, 'Not Found')
    const seats = paged(request, found.seats).map((seat) => toSeat(seat as FakeSeat, variant))
    return ok({ total_seats: found.billed ?? found.seats.length, seats })
  }),
  route('POST', '/graphql', (seen, request) => {
    const { query, variables } = readBody(request) as { query: string; variables: Asked }
    const found = find(seen, variables.login)
    if (found === undefined || found.members === null) {
      return ok({
        data: { organization: null },
        errors: [{ type: 'FORBIDDEN', message: 'Resource not accessible by personal access token' }],
      })
    }
    const data = { organization: answerOf(found, query, variables) }
    if (found.signOn !== 'hidden' || !query.includes('samlIdentityProvider')) return ok({ data })
    const path = ['organization', 'samlIdentityProvider']
    return ok({ data, errors: [{ type: 'FORBIDDEN', path, message: 'Only owners see the identity provider' }] })
  }),
]

interface Asked {
  readonly login: string
  readonly after: string | null
}

/** Two rows a page. */
const GRAPHQL_PAGE = 2

function answerOf(found: FakeGitHubOrganization, query: string, { after }: Asked): object {
  if (query.includes('samlIdentityProvider')) {
    if (found.signOn === null || found.signOn === 'hidden') return { samlIdentityProvider: null }
    const nodes = Object.entries(found.signOn).map(([login, nameId]) => ({ user: { login }, samlIdentity: { nameId } }))
    return { samlIdentityProvider: { externalIdentities: connectionOf(nodes, after) } }
  }
  const nodes = (found.members ?? []).map(({ login, name, email, verified }) => ({
    login,
    name,
    email,
    organizationVerifiedDomainEmails: verified,
  }))
  return { membersWithRole: connectionOf(nodes, after) }
}

function connectionOf(rows: readonly object[], after: string | null): object {
  const from = Number(after ?? 0)
  const end = Math.min(rows.length, from + GRAPHQL_PAGE)
  return { pageInfo: { hasNextPage: end < rows.length, endCursor: String(end) }, nodes: rows.slice(from, end) }
}
