import { startFakeServer, type FakeAnswer, type FakeOptions, type FakeServer } from './http.ts'
import { findRoute, ok, readBody, route, type Route } from './routes.ts'
import type { Variant } from './variants.ts'

/** A Cursor team as a fake server holds it. */
export interface FakeCursorTeam {
  readonly credentials: readonly string[]
  readonly members: readonly FakeCursorMember[]
  /** What members did, by day. */
  readonly days: readonly { readonly day: string; readonly email: string; readonly requests: number }[]
}

interface FakeCursorMember {
  readonly id: number
  readonly name: string
  readonly email: string
  readonly role: string
  /** Removed members stay in the list of live servers. */
  readonly isRemoved?: boolean
}

interface FakeCursor extends FakeOptions {
  readonly teams: readonly FakeCursorTeam[]
  readonly variant?: Variant
}

const errorBody = (status: number, message: string): object => ({ error: String(status), message })
const failed = (status: number, message: string): FakeAnswer => ({ status, body: errorBody(status, message) })

const DAY = 86_400_000

/** Cursor's Admin API on a local port: basic authentication, with the key as the user. */
export function startFakeCursor({ teams, variant = 'calm', ...options }: FakeCursor): Promise<FakeServer> {
  const routes = makeRoutes(variant)
  return startFakeServer({
    ...options,
    basePath: '',
    errorBody,
    answer: (request) => {
      const given = /^Basic (.+)$/u.exec(request.headers['authorization'] ?? '')?.[1] ?? ''
      const credential = Buffer.from(given, 'base64').toString('utf8').replace(/:$/u, '')
      const team = teams.find(({ credentials }) => credentials.includes(credential))
      if (team === undefined) return failed(401, 'Unauthorized')
      const found = findRoute(routes, request)
      return found === null ? failed(404, 'Not Found') : found.route.handle(team, request, found.params)
    },
  })
}

/** Early answers name no id; live ones have ids as text, and keep members who were removed. */
function memberRows({ members }: FakeCursorTeam, variant: Variant): readonly object[] {
  if (variant === 'calm') {
    return members.filter(({ isRemoved }) => isRemoved !== true).map(({ name, email, role }) => ({ name, email, role }))
  }
  return members
    .map((member) => ({ isRemoved: false, ...member, id: variant === 'live' ? `user_${member.id}` : member.id }))
    .filter(({ isRemoved }) => variant === 'live' || !isRemoved)
}

const makeRoutes = (variant: Variant): readonly Route<FakeCursorTeam>[] => [
  route('GET', '/teams/members', (team) => ok({ teamMembers: memberRows(team, variant) })),
  route('POST', '/teams/daily-usage-data', ({ days }, request) => {
    const { startDate, endDate } = readBody(request) as { startDate: number; endDate: number }
    if (endDate - startDate > 30 * DAY) return failed(400, 'Date range cannot exceed 30 days')
    const data = days
      .map(({ day, email, requests }) => ({
        date: Date.parse(day),
        email,
        isActive: requests > 0,
        subscriptionIncludedReqs: requests,
        apiKeyReqs: 0,
        usageBasedReqs: 0,
        totalLinesAdded: 10,
        mostUsedModel: 'gpt-5',
      }))
      .filter(({ date }) => date >= startDate && date <= endDate)
    return ok({ data, period: { startDate, endDate } })
  }),
]
