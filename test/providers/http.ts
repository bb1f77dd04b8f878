import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { pipeline, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { createGzip } from 'node:zlib'

import { faultChooser, spoil, type ErrorBody, type Fault, type Faults } from './faults.ts'

export interface FakeRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  /** The query as it was on the wire. */
  readonly search: string
  readonly headers: Readonly<Record<string, string>>
  /** The body as it was on the wire; null without one. */
  body: string | null
  /** Filled in when the answer is sent; 0 while there is none. */
  status: number
}

export interface FakeAnswer {
  readonly status: number
  readonly headers?: Record<string, string>
  readonly body: unknown
  readonly spoiled?: Extract<Fault['kind'], 'cut' | 'drop' | 'hang' | 'malformed' | 'html' | 'empty' | 'flood' | 'bomb'>
}

export interface FakeServer {
  readonly baseUrl: string
  /** All requests so far, in order of arrival. */
  readonly requests: readonly FakeRequest[]
  /** The most concurrent requests. */
  readonly maxInFlight: number
  close(): Promise<void>
}

export interface FakeOptions {
  readonly faults?: Faults
  /** Time before each answer, in milliseconds. */
  readonly latencyMs?: number
  /** A free one unless given. */
  readonly port?: number
  /** PEM: answers over TLS, at https:// then. */
  readonly tls?: { readonly key: string; readonly cert: string }
}

interface Parts extends FakeOptions {
  /** Follows the host in the base URL. */
  readonly basePath: string
  readonly errorBody: ErrorBody
  answer(request: FakeRequest): FakeAnswer
}

/** A provider on a local port: records, spoils by the faults, and answers. */
export async function startFakeServer(parts: Parts): Promise<FakeServer> {
  const requests: FakeRequest[] = []
  const choose = faultChooser(parts.faults ?? {}, parts.errorBody)
  let inFlight = 0
  let maxInFlight = 0

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const request = toRecord(incoming)
    requests.push(request)
    inFlight++
    maxInFlight = Math.max(maxInFlight, inFlight)
    outgoing.once('close', () => inFlight--)
    request.body = (await text(incoming)) || null
    if (parts.latencyMs !== undefined) await sleep(parts.latencyMs)
    const fault = choose(`${request.path}${request.search}`, request.method)
    const rewind = fault?.kind === 'edit' && fault.rewind === true
    // A request that is refused changes nothing.
    const right = fault?.kind === 'status' ? NOTHING : parts.answer(rewind ? rewound(request) : request)
    const answer = fault === null ? right : spoil(fault, right)
    request.status = answer.status
    send(outgoing, answer)
  }

  const listener = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    handle(incoming, outgoing).catch((error: unknown) => {
      console.error(error)
      outgoing.destroy()
    })
  }
  const server = parts.tls === undefined ? createServer(listener) : createTlsServer(parts.tls, listener)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(parts.port ?? 0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    baseUrl: `${parts.tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}${parts.basePath}`,
    requests,
    get maxInFlight() {
      return maxInFlight
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

const NOTHING: FakeAnswer = { status: 200, body: {} }

const CURSORS: readonly string[] = ['after', 'after_id', 'page', 'offset']

function rewound(request: FakeRequest): FakeRequest {
  const query = new URLSearchParams(request.query)
  for (const name of CURSORS) query.delete(name)
  return { ...request, query }
}

function toRecord(incoming: IncomingMessage): FakeRequest {
  const url = new URL(incoming.url ?? '/', 'http://fake')
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(incoming.headers)) headers[name] = String(value)
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    search: url.search,
    headers,
    body: null,
    status: 0,
  }
}

/** A JSON text of 1 GB, as fast as it is read. */
function sendGigabyte(outgoing: ServerResponse, compressed: boolean): void {
  const part = Buffer.alloc(1024 * 1024, ' ')
  const headers = { 'content-type': 'application/json', ...(compressed ? { 'content-encoding': 'gzip' } : {}) }
  outgoing.writeHead(200, headers)
  const parts = function* (): Iterable<Buffer> {
    for (let n = 0; n < 1024; n++) yield part
  }
  const source = Readable.from(parts())
  const ended = (): void => void outgoing.destroy()
  if (compressed) pipeline(source, createGzip({ level: 1 }), outgoing, ended)
  else pipeline(source, outgoing, ended)
}

function send(outgoing: ServerResponse, answer: FakeAnswer): void {
  if (answer.spoiled === 'hang') return
  if (answer.spoiled === 'drop') {
    outgoing.destroy()
    return
  }
  if (answer.spoiled === 'html') {
    outgoing.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>Sign in</body></html>')
    return
  }
  if (answer.spoiled === 'flood' || answer.spoiled === 'bomb') {
    sendGigabyte(outgoing, answer.spoiled === 'bomb')
    return
  }
  const json = JSON.stringify(answer.body)
  const headers = { 'content-type': 'application/json', 'x-request-id': 'req_fake', ...answer.headers }
  if (answer.spoiled === 'cut') {
    outgoing.writeHead(answer.status, { ...headers, 'content-length': String(json.length + 10) })
    outgoing.write(json, () => outgoing.destroy())
    return
  }
  if (answer.spoiled === 'malformed') outgoing.writeHead(answer.status, headers).end(json.slice(0, -10))
  else if (answer.spoiled === 'empty') outgoing.writeHead(answer.status, headers).end()
  else outgoing.writeHead(answer.status, headers).end(json)
}
