import type { FakeAnswer, FakeRequest } from './http.ts'
import { findId, ok } from './routes.ts'

/** OpenAI's error envelope. */
export function openAiError(status: number, message: string, code: string | null = null): FakeAnswer {
  return { status, body: openAiErrorBody(status, message, code) }
}

export function openAiErrorBody(_status: number, message: string, code: string | null = null): unknown {
  return { error: { message, type: 'invalid_request_error', param: null, code } }
}

interface Bounds {
  readonly max: number
  readonly byDefault: number
}

const USUAL: Bounds = { max: 100, byDefault: 20 }

function getLimit(request: FakeRequest, { max, byDefault }: Bounds): number | FakeAnswer {
  const asked = request.query.get('limit')
  const limit = asked === null ? byDefault : Number(asked)
  return Number.isInteger(limit) && limit >= 0 && limit <= max
    ? limit
    : openAiError(400, `Invalid 'limit': must be between 1 and ${max}.`, 'integer_above_max_value')
}

/** Where the page begins: after the row named by `after`. An unknown cursor is an error, as at the provider. */
function findStart(
  rows: readonly unknown[],
  after: string | null,
  key: (row: unknown) => string | null,
): number | null {
  if (after === null) return 0
  const index = rows.findIndex((row) => key(row) === after)
  return index === -1 ? null : index + 1
}

const badCursor = openAiError(400, "Invalid 'after': no such object.", 'invalid_cursor')

/** `first_id`, `last_id`, `has_more`; next page by `after=<last_id>`. */
export function idPage(request: FakeRequest, rows: readonly unknown[], bounds: Bounds = USUAL): FakeAnswer {
  const limit = getLimit(request, bounds)
  if (typeof limit !== 'number') return limit
  const start = findStart(rows, request.query.get('after'), findId)
  if (start === null) return badCursor
  const data = rows.slice(start, start + limit)
  return ok({
    object: 'list',
    data,
    first_id: findId(data[0]),
    last_id: findId(data.at(-1)),
    has_more: start + limit < rows.length,
  })
}

/** `next`, `has_more`; next page by `after=<next>`. The cursor is opaque. */
export function nextPage(
  request: FakeRequest,
  rows: readonly unknown[],
  bounds: Bounds = { max: 1000, byDefault: 100 },
): FakeAnswer {
  const limit = getLimit(request, bounds)
  if (typeof limit !== 'number') return limit
  const start = findOffset(request.query.get('after'), rows.length)
  if (start === null) return badCursor
  const more = start + limit < rows.length
  return ok({
    object: 'list',
    data: rows.slice(start, start + limit),
    has_more: more,
    next: more ? makeToken(start + limit) : null,
  })
}

/** `next_page`, `has_more`; next page by `page=<next_page>`. Of buckets, not rows. */
export function bucketPage(request: FakeRequest, buckets: readonly unknown[], bounds: Bounds): FakeAnswer {
  const limit = getLimit(request, bounds)
  if (typeof limit !== 'number') return limit
  const start = findOffset(request.query.get('page'), buckets.length)
  if (start === null) return badCursor
  const more = start + limit < buckets.length
  return ok({
    object: 'page',
    data: buckets.slice(start, start + limit),
    has_more: more,
    next_page: more ? makeToken(start + limit) : null,
  })
}

export function makeToken(offset: number): string {
  return `page_${offset.toString(36)}`
}

export function findOffset(token: string | null, length: number): number | null {
  if (token === null) return 0
  const offset = token.startsWith('page_') ? Number.parseInt(token.slice(5), 36) : Number.NaN
  return Number.isInteger(offset) && offset > 0 && offset <= length ? offset : null
}
