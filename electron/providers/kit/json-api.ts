import type { Access, Answer, Options } from './calls.ts'
import { CallFailure } from './errors.ts'
import { sealedFetch } from './network.ts'

type Query = Readonly<Record<string, string | number | boolean | undefined>>

/** An API of JSON over HTTP, one method for each verb. `toPath` makes a path. */
export interface JsonApi {
  get(path: string, query: Query, options: Options): Answer
  send(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body: object | null, options: Options): Answer
}

interface JsonApiOptions {
  readonly access: Access
  /** Paths follow it. */
  readonly baseUrl: string
  /** Sent with every request: authorization above all. */
  readonly headers: Readonly<Record<string, string>>
  /** Replaces `providerFetch`. */
  readonly send?: typeof fetch | undefined
}

const TIMEOUT_MS = 30_000

const ALLOWED: ReadonlySet<string> = new Set(['accept', 'content-type'])

/** Calls a provider without a client of its own through `providerFetch`, behind the seal. */
export function openJsonApi({ access, baseUrl, headers, send }: JsonApiOptions): JsonApi {
  const base = baseUrl.replace(/\/+$/u, '')
  const call = sealedFetch({
    baseUrl: base,
    allowed: ALLOWED,
    fixed: { 'user-agent': 'Castellan', ...headers },
    onRequest: access.onRequest,
    send,
  })

  async function answered(url: string, init: RequestInit, signal: AbortSignal): Promise<Response> {
    const answer = await call(url, {
      ...init,
      signal: AbortSignal.any([signal, AbortSignal.timeout(access.timeoutMs ?? TIMEOUT_MS)]),
    }).catch((error: unknown) => {
      throw new NoAnswer(error)
    })
    if (answer.ok) return answer
    throw new BadStatus(answer, await readBody(answer))
  }

  return {
    get: (path, query, { signal }) => ({
      asResponse: () =>
        answered(`${base}${path}${getSearch(query)}`, { headers: { accept: 'application/json' } }, signal),
    }),
    send: (method, path, body, { signal }) => ({
      asResponse: () =>
        answered(
          `${base}${path}`,
          {
            method,
            headers: { accept: 'application/json', ...(body === null ? {} : { 'content-type': 'application/json' }) },
            ...(body === null ? {} : { body: JSON.stringify(body) }),
          },
          signal,
        ),
    }),
  }
}

/** A path with ids in it, escaped. Throws `CallFailure` for an id that an address would take for a step up. */
export function toPath(parts: TemplateStringsArray, ...ids: readonly string[]): string {
  return parts.reduce((path, part, n) => `${path}${getSegment(ids[n - 1] ?? '')}${part}`)
}

function getSegment(id: string): string {
  if (/^\.{1,2}$/u.test(id)) throw new CallFailure('malformed', 'it contains an id that cannot be part of an address')
  return encodeURIComponent(id)
}

function getSearch(query: Query): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.append(name, String(value))
  return search.size === 0 ? '' : `?${search.toString()}`
}

/** An answer that is an error, in the form that `toFailure` reads. */
class BadStatus extends Error {
  readonly status: number
  readonly headers: Headers
  /** The body: `{ error: { code, message } }`. */
  readonly error: unknown

  constructor({ status, headers }: Response, body: unknown) {
    super(`HTTP ${status}`)
    this.status = status
    this.headers = headers
    this.error = body
  }
}

/** No answer at all, in the same form: without a status. */
class NoAnswer extends Error {
  readonly status = undefined
  readonly headers = undefined

  constructor(cause: unknown) {
    super(cause instanceof Error && cause.name === 'TimeoutError' ? 'The request timed out.' : 'No connection.', {
      cause,
    })
  }
}

async function readBody(answer: Response): Promise<unknown> {
  try {
    return await answer.json()
  } catch {
    return null
  }
}
