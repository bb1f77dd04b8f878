import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { describe, expect, it } from 'vitest'

import { networkObstacle, providerFetch, shownProxy } from '../../../../electron/providers/kit/network.ts'

describe('a process', () => {
  it.each<readonly [string, Readonly<Record<string, string>>, readonly string[]]>([
    ['NODE_TLS_REJECT_UNAUTHORIZED=0', { NODE_TLS_REJECT_UNAUTHORIZED: '0' }, []],
    ['--tls-keylog', { NODE_OPTIONS: '--no-warnings  --tls-keylog=/tmp/keys' }, []],
    ['--tls-keylog', { NODE_OPTIONS: '"--tls_keylog=/tmp/my keys"' }, []],
    ['--tls-keylog', {}, ['--max-semi-space-size=8', '--tls-keylog=/tmp/keys']],
    ['--tls-min-v1.0', {}, ['--tls-min-v1.0']],
    ['--tls-min-v1.1', { NODE_OPTIONS: '--tls_min_v1.1' }, []],
    ['--tls-cipher-list', { NODE_OPTIONS: '--tls-cipher-list=NULL' }, []],
    ['HTTPS_PROXY', { HTTPS_PROXY: 'socks5://proxy.example' }, []],
    ['HTTPS_PROXY', { https_proxy: 'http://' }, []],
  ])('with %s sends nothing: %j %j', (name, env, options) => {
    expect(networkObstacle(env, options)?.message).toContain(name)
    expect(networkObstacle(env, options)?.message).toContain('nothing was sent')
  })

  it.each<readonly [Readonly<Record<string, string>>, readonly string[]]>([
    [{}, []],
    [{ NODE_TLS_REJECT_UNAUTHORIZED: '1', NODE_EXTRA_CA_CERTS: '/etc/own.pem' }, ['--use-system-ca']],
    [
      { NODE_OPTIONS: '--tls-min-v1.3 --tls-max-v1.3', HTTPS_PROXY: 'http://u:p@proxy.example:3128' },
      ['--tls-min-v1.2'],
    ],
  ])('with what weakens nothing calls providers: %j %j', (env, options) => {
    expect(networkObstacle(env, options)).toBeNull()
  })
})

it.each<readonly [string | null, Readonly<Record<string, string>>]>([
  [null, {}],
  [null, { HTTPS_PROXY: ' ', HTTP_PROXY: 'http://proxy.example' }],
  ['http://proxy.example:3128', { HTTPS_PROXY: 'http://mara:hunter2@proxy.example:3128/' }],
  ['http://proxy.example:3128', { HTTPS_PROXY: 'proxy.example:3128' }],
  ['https://lower.example', { HTTPS_PROXY: 'http://upper.example', https_proxy: 'https://lower.example:443' }],
  [null, { HTTPS_PROXY: 'nonsense://mara:hunter2@x' }],
])('the proxy in use is shown as %j for %j, without user and password', (shown, env) => {
  expect(shownProxy(env)).toBe(shown)
})

it('a write is sent on a connection of its own, since the provider may be closing the one that answered before', async () => {
  const ports: [string, number][] = []
  const server = createServer((request, response) => {
    const port = request.socket.remotePort ?? 0
    ports.push([request.method ?? '', port])
    response.end('{}')
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  try {
    for (const method of ['GET', 'GET', 'POST', 'GET', 'DELETE', 'PATCH', 'PUT', 'GET']) {
      await (await providerFetch(url, { method, body: method === 'POST' ? '{}' : null })).text()
    }
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => void server.close(resolve))
  }
  const reads = new Set(ports.filter(([method]) => method === 'GET').map(([, port]) => port))
  const writes = ports.filter(([method]) => method !== 'GET').map(([, port]) => port)
  expect(reads.size).toBeLessThan(4)
  expect(new Set(writes).size).toBe(writes.length)
  expect(writes.filter((port) => reads.has(port))).toEqual([])
})
