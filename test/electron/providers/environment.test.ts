import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { openOrganization as openAnthropic } from '../../../electron/providers/anthropic/client.ts'
import { openOrganization as openOpenAi } from '../../../electron/providers/openai/client.ts'
import { sealedFetch } from '../../../electron/providers/kit/network.ts'
import { startFakeAnthropic } from '../../providers/fake-anthropic.ts'
import { startFakeOpenAi } from '../../providers/fake-openai.ts'
import { startFakeOpenRouter } from '../../providers/fake-openrouter.ts'
import { ACME_CREDENTIAL, acmeAnthropic } from '../../providers/fixtures/acme-anthropic.ts'
import { NORTHFOLD_CREDENTIAL, northfoldOpenAi } from '../../providers/fixtures/northfold-openai.ts'
import { TARN_CREDENTIAL, tarnOpenRouter } from '../../providers/fixtures/tarn-openrouter.ts'
import type { FakeServer } from '../../providers/http.ts'
import { readAll } from './recording.ts'

let server: FakeServer | undefined
let home: string

/** Everything that either SDK reads, set to what must not be seen. */
const CUSTOM = [
  'X-Leak: leak',
  'Authorization: Bearer leak',
  'X-Api-Key: leak',
  'OpenAI-Organization: leak',
  'Anthropic-Version: leak',
  'Anthropic-Beta: leak',
  'User-Agent: leak',
  'Cookie: leak',
].join('\n')

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'castellan-home-'))
  const profile = { base_url: 'http://127.0.0.1:9/leak', authentication: { type: 'api_key', api_key: 'leak' } }
  mkdirSync(join(home, 'configs'), { recursive: true })
  writeFileSync(join(home, 'configs', 'default.json'), JSON.stringify(profile))
  const variables: Readonly<Record<string, string>> = {
    OPENAI_API_KEY: 'leak',
    OPENAI_ADMIN_KEY: 'leak',
    OPENAI_ORG_ID: 'leak',
    OPENAI_PROJECT_ID: 'leak',
    OPENAI_WEBHOOK_SECRET: 'leak',
    OPENAI_BASE_URL: 'http://127.0.0.1:9/leak',
    OPENAI_CUSTOM_HEADERS: CUSTOM,
    OPENAI_LOG: 'debug',
    ANTHROPIC_API_KEY: 'leak',
    ANTHROPIC_AUTH_TOKEN: 'leak',
    ANTHROPIC_WEBHOOK_SIGNING_KEY: 'leak',
    ANTHROPIC_BASE_URL: 'http://127.0.0.1:9/leak',
    ANTHROPIC_CUSTOM_HEADERS: CUSTOM,
    ANTHROPIC_LOG: 'debug',
    ANTHROPIC_PROFILE: 'default',
    ANTHROPIC_CONFIG_DIR: home,
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9/leak',
    HOME: home,
  }
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
})

afterEach(async () => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  rmSync(home, { recursive: true })
  await server?.close()
})

function silent(): () => number {
  const spies = (['debug', 'info', 'log', 'warn', 'error'] as const).map((name) => vi.spyOn(console, name))
  return () => spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0)
}

/** The headers that the platform's own fetch adds to every request. */
const PLATFORM = ['accept-encoding', 'accept-language', 'connection', 'host', 'sec-fetch-mode']

test('openai: no environment variable reaches a request, and nothing is logged', async () => {
  const logged = silent()
  server = await startFakeOpenAi({ organizations: [northfoldOpenAi()] })
  const said = await readAll('openai', { baseUrl: server.baseUrl, credential: NORTHFOLD_CREDENTIAL })
  expect(said.outcomes.every(({ state }) => state === 'complete')).toBe(true)
  for (const { headers } of server.requests) {
    expect(JSON.stringify(headers)).not.toContain('leak')
    expect(
      Object.keys(headers)
        .filter((name) => !PLATFORM.includes(name))
        .toSorted(),
    ).toEqual(['accept', 'authorization', 'user-agent'])
    expect(headers['authorization']).toBe(`Bearer ${NORTHFOLD_CREDENTIAL}`)
  }
  expect(logged()).toBe(0)
})

test('anthropic: no environment variable or profile file reaches a request, and nothing is logged', async () => {
  const logged = silent()
  server = await startFakeAnthropic({ organizations: [acmeAnthropic()] })
  const said = await readAll('anthropic', { baseUrl: server.baseUrl, credential: ACME_CREDENTIAL })
  expect(said.outcomes.every(({ state }) => state === 'complete')).toBe(true)
  for (const { headers, path } of server.requests) {
    expect(JSON.stringify(headers)).not.toContain('leak')
    const own = Object.keys(headers).filter((name) => !PLATFORM.includes(name))
    expect(own.toSorted()).toEqual([
      'accept',
      ...(path.endsWith('/spend_limits') ? ['anthropic-beta'] : []),
      'anthropic-version',
      'authorization',
      'user-agent',
    ])
    expect(headers['authorization']).toBe(`Bearer ${ACME_CREDENTIAL}`)
    expect(headers['anthropic-version']).toBe('2026-10-21')
  }
  expect(logged()).toBe(0)
})

test('openrouter: nothing but the named headers reaches a request, and nothing is logged', async () => {
  const logged = silent()
  server = await startFakeOpenRouter({ organizations: [tarnOpenRouter()] })
  const said = await readAll('openrouter', { baseUrl: server.baseUrl, credential: TARN_CREDENTIAL })
  expect(said.outcomes.every(({ state }) => state === 'complete')).toBe(true)
  for (const { headers } of server.requests) {
    const own = Object.keys(headers).filter((name) => !PLATFORM.includes(name))
    expect(own.toSorted()).toEqual(['accept', 'authorization', 'user-agent'])
  }
  expect(logged()).toBe(0)
})

test("without its own address a connection calls the vendor's, whatever the environment contains", async () => {
  const urls: string[] = []
  const send: typeof fetch = (input) => {
    urls.push(input instanceof Request ? input.url : input.toString())
    return Promise.resolve(Response.json({ data: [], has_more: false }))
  }
  const access = { credential: 'sk-test', baseUrl: null }
  await (await openOpenAi(access, send)).users.list()
  await (await openAnthropic(access, send)).stable.users.list()
  expect(urls).toEqual([
    'https://api.openai.com/v1/organization/users',
    'https://api.anthropic.com/v1/organizations/users',
  ])
})

test('nothing is sent to another origin than that of the connection', async () => {
  const sealed = sealedFetch({ baseUrl: 'https://api.example/v1', allowed: new Set(), fixed: {} })
  await expect(sealed('https://elsewhere.example/v1/x')).rejects.toThrow('was stopped')
})

test('lists in a query are sent as repeated name[]', async () => {
  server = await startFakeOpenAi({ organizations: [northfoldOpenAi()] })
  const api = await openOpenAi({ credential: NORTHFOLD_CREDENTIAL, baseUrl: server.baseUrl })
  await api.users.list({ emails: ['a@x.example', 'b@x.example'] })
  expect(server.requests[0]?.query.getAll('emails[]')).toEqual(['a@x.example', 'b@x.example'])
  await server.close()
  server = await startFakeAnthropic({ organizations: [acmeAnthropic()] })
  const anthropic = await openAnthropic({ credential: ACME_CREDENTIAL, baseUrl: server.baseUrl })
  await anthropic.stable.workspaces.list({ ids: ['a', 'b'] })
  expect(server.requests[0]?.query.getAll('ids[]')).toEqual(['a', 'b'])
})

test('ids are escaped in paths', async () => {
  const organization = northfoldOpenAi()
  const [project] = organization.projects
  project!.row.id = 'proj/../../x?y#z'
  server = await startFakeOpenAi({ organizations: [organization] })
  const said = await readAll('openai', { baseUrl: server.baseUrl, credential: NORTHFOLD_CREDENTIAL })
  expect(said.outcome('project-keys', 'proj/../../x?y#z').state).toBe('complete')
})
