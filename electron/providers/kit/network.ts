import { createSecureContext, getCACertificates } from 'node:tls'

import type { Agent, Dispatcher, RequestInit as RequestInitOf } from 'undici'

import { isLoopback, baseUrlProblem } from '../../../shared/domain/base-url.ts'
import { CallFailure, deepestCause } from './errors.ts'
import { providerFacts, type ProviderId } from '../../../shared/domain/providers/providers.ts'

/** Why this process sends nothing to a provider, and what to do. */
export interface NetworkObstacle {
  readonly message: string
  readonly hint: string
}

interface Proxy {
  /** With user and password, where it has them. */
  readonly url: string
  /** Without them. */
  readonly shown: string
  /** Hosts that are called without it, as `NO_PROXY` lists them. */
  readonly bypass: string
}

type Environment = Readonly<Record<string, string | undefined>>

/** Options of Node that weaken every encrypted connection of the process, or write its keys to a file. Node takes `_` for `-`. */
const LAX_OPTION = /^--tls-(?:keylog|cipher-list|min-v1\.[01])\b/u

const CERTIFICATES =
  'For a certificate of your own authority, add it to the certificates of the system, or name its file in NODE_EXTRA_CA_CERTS.'

/** The obstacle to sending a credential safely from this process; null where there is none. */
export function networkObstacle(
  env: Environment = process.env,
  options: readonly string[] = process.execArgv,
): NetworkObstacle | null {
  if (env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0') {
    return {
      message:
        'NODE_TLS_REJECT_UNAUTHORIZED=0 is set: anyone on the way could read the admin keys, so nothing was sent. Unset it.',
      hint: CERTIFICATES,
    }
  }
  const lax = [...options, ...(env['NODE_OPTIONS'] ?? '').split(/[\s"]+/u)]
    .map((option) => LAX_OPTION.exec(option.replaceAll('_', '-'))?.[0])
    .find((name) => name !== undefined)
  if (lax !== undefined) {
    return {
      message: `Node.js runs with ${lax}, which weakens encryption, so nothing was sent. Remove it.`,
      hint: CERTIFICATES,
    }
  }
  return findProxy(env) === 'invalid'
    ? {
        message: 'HTTPS_PROXY is not a valid address of a proxy, so nothing was sent.',
        hint: 'Write it as http://host:port, or unset it.',
      }
    : null
}

/** The proxy in use, without user and password; null without one. */
export function shownProxy(env: Environment = process.env): string | null {
  const proxy = findProxy(env)
  return proxy === null || proxy === 'invalid' ? null : proxy.shown
}

/** The names and their order are those of curl and of Node's own `--use-env-proxy`. */
function findProxy(env: Environment): Proxy | 'invalid' | null {
  const text = (env['https_proxy'] ?? env['HTTPS_PROXY'] ?? '').trim()
  if (text === '') return null
  const url = URL.parse(/^[a-z][\w+.-]*:\/\//iu.test(text) ? text : `http://${text}`)
  if (url === null || !/^https?:$/u.test(url.protocol)) return 'invalid'
  return { url: url.href, shown: url.origin, bypass: env['no_proxy'] ?? env['NO_PROXY'] ?? '' }
}

type Send = (url: URL, init: RequestInit | undefined) => Promise<Response>

/** Opened when they are first needed: the certificates of the system take a while to read. */
let plain: Promise<Send> | undefined
const secure = new Map<string, Promise<Send>>()

/**
 * The fetch that calls providers. Certificates are always checked, against those of Node, of `NODE_EXTRA_CA_CERTS` and of
 * the system. With `HTTPS_PROXY`, a request goes through a tunnel (CONNECT) of that proxy, in which it is encrypted up to
 * the provider; this machine and the hosts of `NO_PROXY` are called directly, and nothing is ever sent to a proxy
 * unencrypted. Node's own fetch is not used, since it takes what it trusts, and its proxy for http, from the environment.
 *
 * Throws `CallFailure` when `networkObstacle` names something, before anything is sent, and when the proxy refuses.
 */
export const providerFetch: typeof fetch = async (input, init) => {
  const obstacle = networkObstacle()
  if (obstacle !== null) throw notSent(obstacle.message)
  const url = new URL(input instanceof Request ? input.url : input)
  if (url.protocol === 'http:') {
    // Never by a proxy: an address of this machine would mean the proxy's machine there, unencrypted.
    if (!isLoopback(url.href)) throw notSent(`${url.origin} is not called, since it is not encrypted`)
    plain ??= openPlain()
    return (await plain)(url, init)
  }
  const proxy = isLoopback(url.href) ? null : findProxy(process.env)
  const by = JSON.stringify(proxy)
  const send = secure.get(by) ?? openSecure(proxy === 'invalid' ? null : proxy)
  secure.set(by, send)
  return (await send)(url, init)
}

/** A host that has not answered by then is reported; a person waits for it. */
const CONNECT_MS = 5_000

const READING: ReadonlySet<string> = new Set(['GET', 'HEAD'])

/** In undici, no pipelining means that a connection is closed after its first answer. */
const USED_ONCE = { pipelining: 0 }

/**
 * The dispatcher of a request. A write never goes out on a connection that has served another request: the provider may be
 * closing that one, and a write without an answer may have been done.
 */
function chooseDispatcher(open: (options: Agent.Options) => Dispatcher): (init: RequestInit | undefined) => Dispatcher {
  const reads = open({})
  const writes = open(USED_ONCE)
  return (init) => (READING.has(init?.method?.toUpperCase() ?? 'GET') ? reads : writes)
}

async function openPlain(): Promise<Send> {
  const { Agent, fetch: send } = await import('undici')
  const choose = chooseDispatcher((options) => new Agent({ ...options, connect: { timeout: CONNECT_MS } }))
  return async (url, init) => await send(url, { ...init, dispatcher: choose(init) } as RequestInitOf)
}

async function openSecure(proxy: Proxy | null): Promise<Send> {
  const { Agent, EnvHttpProxyAgent, fetch: send } = await import('undici')
  const ca = [...new Set([...getCACertificates('default'), ...getCACertificates('system')])]
  // One context for all connections: reading some hundred certificates for each would cost more than the handshake.
  const secureContext = createSecureContext({ ca, minVersion: 'TLSv1.2' })
  const connect = { secureContext, rejectUnauthorized: true, timeout: CONNECT_MS }
  const choose = chooseDispatcher((options) =>
    proxy === null
      ? new Agent({ ...options, connect })
      : new EnvHttpProxyAgent({
          ...options,
          httpProxy: '',
          httpsProxy: proxy.url,
          noProxy: proxy.bypass,
          connect,
          requestTls: connect,
          proxyTls: connect,
        }),
  )
  return async (url, init) => {
    try {
      return await send(url, { ...init, dispatcher: choose(init) } as RequestInitOf)
    } catch (error) {
      throw proxy === null ? error : (findRefusal(error, proxy) ?? error)
    }
  }
}

const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 }

const REFUSED = /^Proxy response \((\d{3})\)/u

/** A failure of the proxy itself: no tunnel was made, so nothing reached the provider. Null for any other. */
function findRefusal(error: unknown, { shown }: Proxy): CallFailure | null {
  if (!(error instanceof Error)) return null
  const cause: NodeJS.ErrnoException & { readonly hostname?: string; readonly port?: number } = deepestCause(error)
  const { hostname, port, protocol } = new URL(shown)
  const own = Number(port === '' ? DEFAULT_PORTS[protocol] : port)
  if (cause.code !== undefined && (cause.hostname === hostname || cause.port === own)) {
    return notSent(`the proxy ${shown} does not answer: ${cause.code}`, 'PROXY', cause.code !== 'ENOTFOUND')
  }
  const status = Number(REFUSED.exec(cause.message)?.[1])
  if (!Number.isInteger(status)) return null
  const asks = status === 407 ? ', which means that HTTPS_PROXY needs a user and a password' : ''
  return notSent(`the proxy ${shown} answered ${status}${asks}`, 'PROXY', status === 429 || status >= 500)
}

function notSent(message: string, code: 'NOT_SENT' | 'PROXY' = 'NOT_SENT', passing = false): CallFailure {
  return new CallFailure('connection', message, { code, passing })
}

/** A page of 1,000 rows is well under 1 MB; anything near this bound is not a list of people or keys. */
const LARGEST_ANSWER = 32 * 1024 * 1024

const STATUS_WITHOUT_BODY: ReadonlySet<number> = new Set([204, 205, 304])

interface Seal {
  /** Where requests may go. Anything else is refused before it is sent. */
  readonly baseUrl: string
  /** Headers of every request; they replace those of the SDK and its environment variables. */
  readonly fixed: Readonly<Record<string, string>>
  /** Names of headers, in lower case, that the SDK may set by itself. All others are dropped. */
  readonly allowed: ReadonlySet<string>
  readonly onRequest?: (() => void) | undefined
  /** The function that sends; `providerFetch` unless given. */
  readonly send?: typeof fetch | undefined
}

/**
 * The one way out to a provider. Both SDKs read headers from environment variables that no option disables
 * (`OPENAI_CUSTOM_HEADERS`, `ANTHROPIC_CUSTOM_HEADERS`) and report the machine in `X-Stainless-*`; so the headers that
 * leave are named here. Redirects are not followed, since they would carry the credential elsewhere. The body is read
 * whole, so that a timeout and a cut connection in the middle of it count as failures of the request.
 */
export function sealedFetch(seal: Seal): typeof fetch {
  const { origin } = new URL(seal.baseUrl)
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    if (url.origin !== origin) throw new Error(`A request to ${url.origin} was stopped: the connection is to ${origin}`)
    const headers = new Headers()
    new Headers(init?.headers).forEach((value, name) => {
      if (seal.allowed.has(name)) headers.set(name, value)
    })
    for (const [name, value] of Object.entries(seal.fixed)) headers.set(name, value)
    seal.onRequest?.()
    const answer = await (seal.send ?? providerFetch)(url, { ...init, headers, redirect: 'manual' })
    const body = await wholeBody(answer)
    return new Response(STATUS_WITHOUT_BODY.has(answer.status) ? null : body, {
      status: answer.status,
      statusText: answer.statusText,
      headers: answer.headers,
    })
  }
}

async function wholeBody(answer: Response): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of answer.body ?? []) {
    length += part.length
    if (length > LARGEST_ANSWER) {
      throw new CallFailure('oversized', `it is larger than ${LARGEST_ANSWER / 1024 / 1024} MB, the most that is read`)
    }
    parts.push(part)
  }
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** The address to call: the connection's own, or the vendor's. Throws with a plain sentence when it may not be called. */
export function getBaseUrl(provider: ProviderId, own: string | null): string {
  if (own === null || own.trim() === '') return providerFacts(provider).defaultBaseUrl
  const problem = baseUrlProblem(own)
  if (problem !== null) throw new Error(problem)
  return own.trim()
}
