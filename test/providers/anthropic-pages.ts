import type { FakeAnswer, FakeRequest } from './http.ts'
import { findOffset, makeToken } from './openai-pages.ts'
import { ok } from './routes.ts'

const ERROR_TYPES: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  429: 'rate_limit_error',
  529: 'overloaded_error',
}

/** Anthropic's error envelope; `code` becomes `details.error_code`. */
export function anthropicError(status: number, message: string, code?: string): FakeAnswer {
  return { status, body: anthropicErrorBody(status, message, code) }
}

export function anthropicErrorBody(status: number, message: string, code?: string): unknown {
  const type = ERROR_TYPES[status] ?? 'api_error'
  const details = code === undefined ? {} : { details: { error_code: code } }
  return { type: 'error', error: { type, message, ...details }, request_id: 'req_fake' }
}

/** `first_id`, `last_id`, `has_more`; next page by `after_id=<last_id>`. Members of a workspace go by `user_id`. */
export function afterPage(request: FakeRequest, rows: readonly unknown[], key = 'id', max = 1000): FakeAnswer {
  const asked = request.query.get('limit')
  const limit = asked === null ? 20 : Number(asked)
  if (!Number.isInteger(limit) || limit < 1 || limit > max) {
    return anthropicError(400, `limit: must be between 1 and ${max}`)
  }
  const findKey = (row: unknown): string | null => {
    const value = typeof row === 'object' && row !== null ? (row as Record<string, unknown>)[key] : null
    return typeof value === 'string' ? value : null
  }
  const after = request.query.get('after_id')
  const index = after === null ? -1 : rows.findIndex((row) => findKey(row) === after)
  if (after !== null && index === -1) return anthropicError(400, 'after_id: not found')
  const data = rows.slice(index + 1, index + 1 + limit)
  return ok({
    data,
    has_more: index + 1 + limit < rows.length,
    first_id: findKey(data[0]),
    last_id: findKey(data.at(-1)),
  })
}

/** `next_page`; next page by `page=<next_page>`. */
export function tokenPage(request: FakeRequest, rows: readonly unknown[], size = 20): FakeAnswer {
  const start = findOffset(request.query.get('page'), rows.length)
  if (start === null) return anthropicError(400, 'page: not a page token')
  const end = start + Number(request.query.get('limit') ?? size)
  return ok({ data: rows.slice(start, end), next_page: end < rows.length ? makeToken(end) : null })
}

/** The same with `has_more`, as the older reports have it. */
export function reportPage(request: FakeRequest, rows: readonly unknown[]): FakeAnswer {
  const page = tokenPage(request, rows)
  const body = page.body as { readonly next_page?: string | null }
  return { ...page, body: { ...body, has_more: typeof body.next_page === 'string' } }
}
