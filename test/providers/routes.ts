import type { FakeAnswer, FakeRequest } from './http.ts'

/** The parts of a path that a route leaves open, by name. */
export type Params = Readonly<Record<string, string>>

export interface Route<O> {
  readonly method: string
  readonly pattern: RegExp
  readonly handle: (organization: O, request: FakeRequest, params: Params) => FakeAnswer
}

/** `route('GET', '/organization/projects/:project/users', …)`. */
export function route<O>(method: string, path: string, handle: Route<O>['handle']): Route<O> {
  const source = path.replaceAll(/:(\w+)/gu, '(?<$1>[^/]+)')
  return { method, pattern: new RegExp(`^${source}$`, 'u'), handle }
}

/** The first route that fits, with its parameters. */
export function findRoute<O>(
  routes: readonly Route<O>[],
  request: FakeRequest,
): { readonly route: Route<O>; readonly params: Params } | null {
  for (const route of routes) {
    const match = route.method === request.method ? route.pattern.exec(request.path) : null
    if (match === null) continue
    const params: Record<string, string> = {}
    for (const [name, value] of Object.entries(match.groups ?? {})) params[name] = decodeURIComponent(value)
    return { route, params }
  }
  return null
}

export function ok(body: unknown): FakeAnswer {
  return { status: 200, body }
}

export function findId(row: unknown): string | null {
  const id = typeof row === 'object' && row !== null && 'id' in row ? row.id : null
  return typeof id === 'string' ? id : null
}

/** Takes the row of an id out of a list; false when there is none. */
export function takeOut(rows: unknown[], id: string, name = 'id'): boolean {
  const at = rows.findIndex((row) => (row as Record<string, unknown>)[name] === id)
  if (at >= 0) rows.splice(at, 1)
  return at >= 0
}

/** Changes the row of an id in a list and gives it; null when there is none. */
export function change(rows: unknown[], id: string, to: Record<string, unknown>, name = 'id'): unknown {
  const at = rows.findIndex((row) => (row as Record<string, unknown>)[name] === id)
  if (at < 0) return null
  const row = { ...(rows[at] as Record<string, unknown>), ...to }
  rows[at] = row
  return row
}

/** The body of a request as an object; an empty one when there is none. */
export function readBody(request: FakeRequest): Record<string, unknown> {
  return request.body === null ? {} : (JSON.parse(request.body) as Record<string, unknown>)
}
