import type { FakeAnswer, FakeRequest } from './http.ts'
import { ok } from './routes.ts'

/** OpenRouter's error envelope: the code is the status. */
export function openRouterErrorBody(status: number, message: string): unknown {
  return { error: { code: status, message } }
}

export function openRouterError(status: number, message: string): FakeAnswer {
  return { status, body: openRouterErrorBody(status, message) }
}

const MOST = 100

/** `offset` and, for lists that take it, `limit`; keys take no limit and do not report their number. */
export function offsetPage(request: FakeRequest, rows: readonly unknown[], counted = true): FakeAnswer {
  const offset = Number(request.query.get('offset') ?? 0)
  const limit = Number(request.query.get('limit') ?? MOST)
  if (!Number.isInteger(offset) || offset < 0) return openRouterError(400, 'offset must be a whole number')
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST) return openRouterError(400, 'limit must be 1 to 100')
  if (!counted && request.query.has('limit')) return openRouterError(400, 'limit is not a parameter of this list')
  const data = rows.slice(offset, offset + limit)
  return ok(counted ? { data, total_count: rows.length } : { data })
}
