import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { drawn } from '../../drills/drill.ts'
import { makeAuthority, type Authority } from '../../providers/authority.ts'
import { type ConnectProxy, startConnectProxy } from '../../providers/connect-proxy.ts'
import type { FakeServer } from '../../providers/http.ts'
import { type Called, CREDENTIAL, startPlace } from '../providers/places.ts'

const MAIN = resolve('out/node/cli.js')
const profile = join(mkdtempSync(join(tmpdir(), 'castellan-network-')), 'profile')
/** Resolves nowhere (RFC 6761): only a proxy finds it. */
const HOST = 'provider.test'
const CALLED: readonly Called[] = ['openai', 'anthropic', 'openrouter']
const DRAWN = drawn('network-providers', CALLED)
/** The tests of one provider alone are of OpenAI. */
const STARTED = CALLED.filter((provider) => provider === 'openai' || DRAWN.includes(provider))

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** A real process, without a keychain. */
function run(
  argv: readonly string[],
  stdin: string,
  env: NodeJS.ProcessEnv,
  options: readonly string[] = [],
): Promise<Ended> {
  const child = spawn(process.execPath, [...options, MAIN, ...argv], {
    env: {
      PATH: process.env['PATH'],
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
      HOME: profile,
      CASTELLAN_PROFILE: profile,
      CASTELLAN_CHECK_OUTPUT: '1',
      DBUS_SESSION_BUS_ADDRESS: 'disabled:',
      ...env,
    },
  })
  const out: Buffer[] = []
  const err: Buffer[] = []
  child.stdout.on('data', (part: Buffer) => out.push(part))
  child.stderr.on('data', (part: Buffer) => err.push(part))
  child.stdin.end(stdin)
  return new Promise((done) => {
    child.on('close', (code) => done({ code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }))
  })
}

let authority: Authority
let proxy: ConnectProxy
let refusing: ConnectProxy
const servers = new Map<Called, FakeServer>()
/** Connections of each provider: to its server at 127.0.0.1, and to the same server by a name that only the proxy knows. */
const direct = new Map<Called, string>()
const named = new Map<Called, string>()

async function added(provider: Called, baseUrl: string): Promise<string> {
  const argv = ['connection', 'add', '--client', 'acme', '--provider', provider, '--base-url', baseUrl]
  const { out, err } = await run([...argv, '--no-credential', '--json'], '', {})
  expect(err).not.toContain('fault')
  return String((JSON.parse(out) as { readonly id: number }).id)
}

beforeAll(async () => {
  authority = makeAuthority(HOST)
  proxy = await startConnectProxy()
  refusing = await startConnectProxy({ answer: 407 })
  await run(['client', 'add', 'Acme'], '', {})
  for (const provider of STARTED) {
    const server = await startPlace({ provider, variant: 'calm' }, { tls: authority.tls })
    servers.set(provider, server)
    direct.set(provider, await added(provider, server.baseUrl))
    named.set(provider, await added(provider, server.baseUrl.replace('127.0.0.1', HOST)))
  }
})

afterAll(async () => {
  await Promise.all([proxy.close(), refusing.close(), ...[...servers.values()].map((server) => server.close())])
})

/** The requests that a provider has had since the last time. */
function readRequests(provider: Called): number {
  const server = servers.get(provider)
  const count = server?.requests.length ?? 0
  const before = counted.get(provider) ?? 0
  counted.set(provider, count)
  return count - before
}
const counted = new Map<Called, number>()

function test(
  provider: Called,
  connections: ReadonlyMap<Called, string>,
  env: NodeJS.ProcessEnv,
  options?: readonly string[],
) {
  const argv = ['connection', 'test', connections.get(provider) ?? '', '--credential-stdin', '--json']
  return run(argv, CREDENTIAL[provider], env, options)
}

function readable({ out }: Ended): number {
  return (JSON.parse(out) as { readonly state: string }[]).filter(({ state }) => state === 'readable').length
}

describe.each(DRAWN)('%s over TLS', (provider) => {
  it('is not called when the authority of its certificate is unknown, and the reason includes what to do', async () => {
    const ended = await test(provider, direct, {})
    expect(ended.code).not.toBe(0)
    expect(ended.out + ended.err).toMatch(/certificate.*not trusted.*NODE_EXTRA_CA_CERTS/u)
    expect(readRequests(provider)).toBe(0)
  })

  it('is called only through the tunnel of HTTPS_PROXY, which sees no credential', async () => {
    const address = `http://mara:pass%20word@127.0.0.1:${proxy.port}`
    const ended = await test(provider, named, { NODE_EXTRA_CA_CERTS: authority.file, HTTPS_PROXY: address })
    expect(readable(ended)).toBeGreaterThan(3)
    expect(readRequests(provider)).toBeGreaterThan(3)
    const { port } = new URL(servers.get(provider)?.baseUrl ?? '')
    const own = proxy.asked.filter(({ what }) => what === `CONNECT ${HOST}:${port}`)
    expect(own.length).toBeGreaterThan(0)
    expect(own.every(({ headers }) => headers['proxy-authorization'] === `Basic ${btoa('mara:pass word')}`)).toBe(true)
    expect(proxy.asked.every(({ what }) => what.startsWith('CONNECT '))).toBe(true)
    expect(proxy.seen()).not.toContain(CREDENTIAL[provider])
    expect(ended.out + ended.err).not.toMatch(/pass(?:%20| )word/u)
  })

  it('on this machine is called without the proxy', async () => {
    const address = `http://127.0.0.1:${proxy.port}`
    const before = proxy.asked.length
    const env = { HTTPS_PROXY: address, HTTP_PROXY: address, NODE_USE_ENV_PROXY: '1' }
    expect(readable(await test(provider, direct, { ...env, NODE_EXTRA_CA_CERTS: authority.file }))).toBeGreaterThan(3)
    expect(readRequests(provider)).toBeGreaterThan(3)
    expect(proxy.asked.length).toBe(before)
  })
})

describe('a provider over TLS', () => {
  const provider = 'openai'

  it('is called when its authority is among the certificates of the system', async () => {
    const ended = await test(provider, direct, { SSL_CERT_FILE: authority.file })
    expect(readable(ended)).toBeGreaterThan(3)
    expect(readRequests(provider)).toBeGreaterThan(3)
  })

  it('is called through a proxy that is itself called over TLS', async () => {
    const encrypted = await startConnectProxy({ tls: authority.tls })
    const env = { HTTPS_PROXY: `https://127.0.0.1:${encrypted.port}` }
    expect(readable(await test(provider, named, { ...env, NODE_EXTRA_CA_CERTS: authority.file }))).toBeGreaterThan(3)
    expect(encrypted.asked.length).toBeGreaterThan(0)
    await encrypted.close()
    expect(readRequests(provider)).toBeGreaterThan(3)
  })

  it('is not called through a proxy that replaces the certificate with its own', async () => {
    const ended = await test(provider, named, { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` })
    expect(ended.out + ended.err).toMatch(/certificate.*not trusted/u)
    expect(readRequests(provider)).toBe(0)
    expect(proxy.seen()).not.toContain(CREDENTIAL[provider])
  })

  it('is not called by the proxy when NO_PROXY names its host', async () => {
    const before = proxy.asked.length
    const env = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`, NO_PROXY: `other.test, .${HOST}` }
    const ended = await test(provider, named, { ...env, NODE_EXTRA_CA_CERTS: authority.file })
    expect(ended.out + ended.err).toMatch(/ENOTFOUND|EAI_AGAIN/u)
    expect(proxy.asked.length).toBe(before)
  })

  it('is not reached through a proxy that refuses, and the reason names the proxy without its password', async () => {
    const address = `http://mara:hunter2@127.0.0.1:${refusing.port}`
    const ended = await test(provider, named, { HTTPS_PROXY: address, NODE_EXTRA_CA_CERTS: authority.file })
    expect(ended.out + ended.err).toContain(`the proxy http://127.0.0.1:${refusing.port} answered 407`)
    expect(ended.out + ended.err).not.toContain('hunter2')
  })

  it('is not reached through a missing proxy, and the reason names the proxy', async () => {
    const removed = await startConnectProxy()
    await removed.close()
    const ended = await test(provider, named, { HTTPS_PROXY: `http://mara:hunter2@127.0.0.1:${removed.port}` })
    expect(ended.out + ended.err).toContain(`the proxy http://127.0.0.1:${removed.port} does not answer: ECONNREFUSED`)
    expect(ended.out + ended.err).not.toContain('hunter2')
  })
})

/** What turns off or weakens the check of certificates in this process. */
const LAX: readonly (readonly [string, NodeJS.ProcessEnv, readonly string[]])[] = [
  ['NODE_TLS_REJECT_UNAUTHORIZED', { NODE_TLS_REJECT_UNAUTHORIZED: '0' }, []],
  ['--tls-min-v1.0', {}, ['--tls-min-v1.0']],
  ['--tls-keylog', { NODE_OPTIONS: `--tls-keylog=${join(profile, 'keys.log')}` }, []],
  ['HTTPS_PROXY', { HTTPS_PROXY: 'socks9://mara:hunter2@x' }, []],
]

describe.each(drawn('network-providers', LAX))('with %s', (name, env, options) => {
  const provider = 'openai'

  it('no verb sends anything, and each prints what to do', async () => {
    const connection = direct.get(provider) ?? ''
    const credential = CREDENTIAL[provider]
    for (const argv of [
      ['connection', 'test', connection, '--credential-stdin'],
      ['sync', '--connection', connection, '--credential-stdin'],
    ]) {
      const { code, out, err } = await run(argv, credential, env, options)
      expect(code).not.toBe(0)
      expect(out + err).toContain(name)
      expect(out + err).toMatch(/nothing was sent/u)
      expect(out + err).not.toContain('hunter2')
    }
    expect(readRequests(provider)).toBe(0)
  })
})
