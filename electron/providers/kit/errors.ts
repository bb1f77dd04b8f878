import type { ConnectionFault } from '../../../shared/domain/connection-fault.ts'
import { plainWords } from './plain.ts'
import { limitResetMs, retryAfterMs } from './rate-limit.ts'

/**
 * `status`: the provider answered with an error. `connection`, `timeout`: no answer came. `malformed`, `oversized`,
 * `paging`: the answer cannot be used. `endless`: all answers together exceed the bound. `unfounded`: the list that
 * this one builds on was not read to its end. `gap`: the provider does not know some of what it listed. `unknown`: it
 * sent something that this version of Castellan cannot interpret. `partial`: it gives this caller only some rows.
 */
export type FailureKind =
  | 'status'
  | 'connection'
  | 'timeout'
  | 'malformed'
  | 'oversized'
  | 'paging'
  | 'endless'
  | 'unfounded'
  | 'gap'
  | 'unknown'
  | 'partial'

/** One failed request. Its message is fit for people and contains no credential. */
export class CallFailure extends Error {
  override readonly name: string = 'CallFailure'
  readonly kind: FailureKind
  /** HTTP status; null without an answer, or for a good status with a bad body. */
  readonly status: number | null
  /** The provider's own word for the error, where it gives one. */
  readonly code: string | null
  /** The provider's message, made plain; null when there is none. */
  readonly said: string | null
  /** True if the answer has the provider's own form of an error. A proxy and a wrong address have other forms. */
  readonly fromProvider: boolean
  /** True if the same request may succeed a little later. */
  readonly passing: boolean
  /** How long the provider asks to wait, in milliseconds. */
  readonly retryAfter: number | null
  /** When its limit of requests resets, in milliseconds from now, where its headers report only that. */
  readonly resetAfter: number | null
  /** How often the request was sent. */
  readonly tries: number
  /** True if no request of the reading was ever answered, so that none of the others is sent. */
  readonly unreached: boolean

  constructor(kind: FailureKind, message: string, more: Partial<FailureDetails> = {}) {
    super(message)
    this.kind = kind
    this.status = more.status ?? null
    this.code = more.code ?? null
    this.said = more.said ?? null
    this.fromProvider = more.fromProvider ?? false
    this.passing = more.passing ?? false
    this.retryAfter = more.retryAfter ?? null
    this.resetAfter = more.resetAfter ?? null
    this.tries = more.tries ?? 1
    this.unreached = more.unreached ?? false
  }
}

type FailureDetails = Pick<
  CallFailure,
  'status' | 'code' | 'said' | 'fromProvider' | 'passing' | 'retryAfter' | 'resetAfter' | 'tries' | 'unreached'
>

/** Adds to a failure the number of tries, and whether no request was ever answered. */
export function afterTries(failure: CallFailure, tries: number, unreached = false): CallFailure {
  const { status, code, said, fromProvider, passing, retryAfter, resetAfter } = failure
  const details = { status, code, said, fromProvider, passing, retryAfter, resetAfter, tries, unreached }
  return new CallFailure(failure.kind, failure.message, details)
}

/** Causes that show that nothing was sent: no connection was made. */
const NEVER_SENT =
  /^(?:bad port|NOT_SENT|PROXY|ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|ENETDOWN|UND_ERR_CONNECT_TIMEOUT|ERR_TLS\w*|CERT_\w*|DEPTH_ZERO\w*|SELF_SIGNED\w*|UNABLE_TO_\w*)$/u

/** True if a failure shows that its request never left this machine. */
export function isNeverSent({ code, message }: CallFailure): boolean {
  return NEVER_SENT.test(code ?? message)
}

/** Statuses that both SDKs retry: time-out, conflict, too many requests, and all server errors. */
function isPassing(status: number, headers: Headers): boolean {
  const recommendations = headers.get('x-should-retry')
  if (recommendations !== null) return recommendations === 'true'
  return status === 408 || status === 409 || status === 429 || status >= 500
}

/** The words of a limit that was reached; a permission to read rate limits has others. */
const LIMIT_REACHED = /exceeded .{0,40}rate limit|rate limit.{0,20} exceeded|secondary rate limit/iu

/** True if a 403 is about a limit of requests, as GitHub reports it (rate limits of the REST API): then it is as a 429. */
function isLimit(status: number, headers: Headers, said: string | null): boolean {
  if (status !== 403) return false
  if (headers.get('x-ratelimit-remaining')?.trim() === '0') return true
  return retryAfterMs(headers, Date.now()) !== null || LIMIT_REACHED.test(said ?? '')
}

/** Causes that a second try cannot fix: an unknown host, or a certificate that is not trusted. */
const LASTING_CAUSE = /^(?:ENOTFOUND$|ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_INVALID_URL)/u

/**
 * Reads what an SDK threw, by its form rather than its class, since the two SDKs have a class of each name. Null for
 * anything that is not an SDK's error: that is our defect and must not be reported as a provider's failure.
 */
export function toFailure(error: unknown, credential: string): CallFailure | null {
  if (error instanceof CallFailure) return error
  if (!(error instanceof Error) || !('status' in error) || !('headers' in error)) return null
  const { headers } = error
  if (typeof error.status !== 'number') return connectionFailure(error, credential)
  const known = headers instanceof Headers ? headers : new Headers()
  const said = plainWords(getMessage(error) ?? getDetail(error), credential)
  const status = isLimit(error.status, known, said) ? 429 : error.status
  return new CallFailure('status', said ?? `HTTP ${status}`, {
    status,
    code: findCode(error),
    said,
    fromProvider: typeof getMessage(error) === 'string',
    passing: isPassing(status, known),
    retryAfter: retryAfterMs(known, Date.now()),
    resetAfter: limitResetMs(known, Date.now()),
  })
}

function connectionFailure(error: Error, credential: string): CallFailure {
  const cause = deepestCause(error)
  // Ours, from below the SDK.
  if (cause instanceof CallFailure) return cause
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : null
  const kind = /timed? ?out/iu.test(error.message) ? 'timeout' : 'connection'
  const said = code ?? plainWords(cause.message, credential)
  const passing = code === null || !LASTING_CAUSE.test(code)
  return new CallFailure(kind, said ?? 'no connection', { code, said, passing })
}

/** Where an error came from, at most five causes down. */
export function deepestCause(error: Error): Error {
  let deepest = error
  for (let depth = 0; depth < 5 && deepest.cause instanceof Error; depth++) deepest = deepest.cause
  return deepest
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}

/** OpenAI's error is the inner object of the body, Anthropic's the body itself. */
function getMessage(error: Error): unknown {
  const body = field(error, 'error')
  return field(field(body, 'error'), 'message') ?? field(body, 'message')
}

/** The text that a LiteLLM proxy, and many a server at a wrong address, has in place of an error of its own. */
function getDetail(error: Error): unknown {
  const detail = field(field(error, 'error'), 'detail')
  return field(detail, 'error') ?? detail
}

function findCode(error: Error): string | null {
  const code = field(error, 'errorCode') ?? field(error, 'code')
  return typeof code === 'string' ? code : null
}

/** Thrown when a connection cannot be read at all: nothing is concluded. Its message is fit for people. */
export abstract class ReadingRefused extends Error {
  abstract readonly fault: ConnectionFault
}

/** Thrown when the credential itself is refused (401). */
export class CredentialRefused extends ReadingRefused {
  override readonly name = 'CredentialRefused'
  readonly fault = 'refused'
}

/** Thrown when every list answered 404, or all of them together do not end, so that the base URL is wrong. */
export class AddressRefused extends ReadingRefused {
  override readonly name = 'AddressRefused'
  readonly fault = 'address'
}

/** Thrown when the first request did not reach the provider, so that no other was sent. */
export class ProviderUnreached extends ReadingRefused {
  override readonly name = 'ProviderUnreached'
  readonly fault: ConnectionFault

  constructor(message: string, fault: ConnectionFault) {
    super(message)
    this.fault = fault
  }
}

/** Thrown when a file cannot be imported. */
export class FileRefused extends ReadingRefused {
  override readonly name = 'FileRefused'
  readonly fault = 'file'
}
