import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

import { afterEach, expect, test } from 'vitest'

import { getProvider } from '../../../../electron/providers/registry.ts'
import type { UsageReading } from '../../../../electron/providers/kit/usage.ts'
import { startFakeLiteLlm, type FakeLiteLlm } from '../../../providers/fake-litellm.ts'
import type { FakeServer } from '../../../providers/http.ts'
import { recording } from '../recording.ts'

const SCRIPT = join(import.meta.dirname, '../../../../docs/examples/litellm-to-castellan.mjs')
const MASTER = 'sk-litellm-master-0123456789abcdef'
const never = new AbortController().signal

let server: FakeServer | undefined

afterEach(async () => server?.close())

const day = (ago: number): string => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10)

function proxy(): FakeLiteLlm {
  const metrics = {
    spend: 0.0000015,
    prompt_tokens: 1000,
    completion_tokens: 50,
    api_requests: 3,
    cache_read_input_tokens: 10,
  }
  return {
    masterKey: MASTER,
    users: [
      { user_id: 'u-ada', user_email: 'ada@tarn.example', user_role: 'proxy_admin', created_at: '2026-01-05T09:00:00' },
      ...Array.from({ length: 120 }, (_, n) => ({ user_id: `u-${n}`, user_email: null, user_role: 'internal_user' })),
    ],
    teams: [
      {
        team_id: 't-web',
        team_alias: 'Web',
        members_with_roles: [
          { user_id: 'u-ada', role: 'admin' },
          { user_id: 'u-gone', role: 'user' },
        ],
        max_budget: 100.5,
        budget_duration: '30d',
        tpm_limit: 5000,
        created_at: '2026-01-06T10:00:00Z',
      },
    ],
    keys: [
      {
        token: 'hash-1',
        key_name: 'sk-...aB1c',
        key_alias: 'prod-web',
        team_id: 't-web',
        user_id: null,
        max_budget: 5,
      },
      { token: 'hash-2', key_name: 'sk-...xY9z', user_id: 'u-ada', blocked: true, expires: '2027-01-01T00:00:00' },
    ],
    activity: [
      { date: day(2), breakdown: { api_keys: { 'hash-1': { metrics, metadata: { team_id: 't-web' } } } } },
      { date: day(1), breakdown: { api_keys: { 'hash-2': { metrics: { ...metrics, spend: 2.25 }, metadata: {} } } } },
    ],
  }
}

async function run(key: string): Promise<{ code: number; said: string; path: string }> {
  const path = join(mkdtempSync(join(tmpdir(), 'castellan-litellm-')), 'litellm.json')
  const child = spawn(process.execPath, [SCRIPT, server?.baseUrl ?? '', path], {
    env: { ...process.env, LITELLM_MASTER_KEY: key },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [out, err, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number>((resolve) => child.once('close', (status) => resolve(status ?? -1))),
  ])
  return { code, said: out + err, path }
}

test('makes a file that is read whole: teams, users, keys, limits and usage', async () => {
  server = await startFakeLiteLlm(proxy())
  const { code, said, path } = await run(MASTER)
  expect(said).toContain('1 teams, 121 users, 2 keys, 2 rows of usage')
  expect(code).toBe(0)
  expect(readFileSync(path, 'utf8')).not.toContain(MASTER)

  const sink = recording()
  const access = { credential: '', baseUrl: null, path }
  await getProvider('file').read(access, sink, never)
  expect(sink.outcomes.every(({ state }) => state === 'complete')).toBe(true)
  expect(sink.of('organization')[0]?.platform).toBe('litellm')
  expect(sink.of('project').map(({ externalId, name }) => [externalId, name])).toEqual([['t-web', 'Web']])
  expect(
    sink
      .of('principal')
      .filter(({ level }) => level === 'owner')
      .map(({ email }) => email),
  ).toEqual(['ada@tarn.example'])
  expect(sink.of('grant').flatMap(({ principal, project }) => (project === null ? [] : [principal]))).toEqual([
    'u-ada',
    'team:t-web',
  ])
  expect(new Set(sink.of('principal').map(({ externalId }) => externalId)).size).toBe(122)
  expect(sink.of('key').map(({ name, status, ownerState, hint }) => [name, status, ownerState, hint])).toEqual([
    ['prod-web', 'active', 'known', 'sk-...aB1c'],
    ['sk-...xY9z', 'inactive', 'known', 'sk-...xY9z'],
  ])
  expect(sink.of('limit').map(({ externalId, amount, period, model }) => [externalId, amount, period, model])).toEqual([
    ['rate:team:t-web:tpm', 5000, 'minute', null],
    ['spend:team:t-web:budget', 100_500_000, 'month', null],
    ['spend:key:hash-1:budget', 5_000_000, 'lifetime', 'key prod-web'],
  ])

  const readings: UsageReading[] = []
  await getProvider('file').usage(access, { from: 0, to: 1 }, (reading) => readings.push(reading), never)
  expect(readings[0]?.facts.map(({ key, project, cost, costNano }) => [key, project, cost, costNano])).toEqual([
    ['hash-1', 't-web', 1, 500],
    ['hash-2', null, 2_250_000, 0],
  ])
  expect(readings[1]?.facts.reduce((sum, { requests }) => sum + requests, 0)).toBe(6)
  expect(server.requests.every(({ method }) => method === 'GET')).toBe(true)
})

test('writes no file with a key that sees only some rows', async () => {
  const secret = 'sk-litellm-ordinary-0123456789abcdef'
  const { keys, ...rest } = proxy()
  const own = { token: 'hash-3', user_id: 'u-7' }
  server = await startFakeLiteLlm({ ...rest, keys: [...keys, own], secrets: { [secret]: 'hash-3' } })
  const { code, said, path } = await run(secret)
  expect([code === 0, existsSync(path)]).toEqual([false, false])
  expect(said).toContain('A key of the role internal_user sees only some rows.')
})

test('writes no file when the proxy refuses', async () => {
  server = await startFakeLiteLlm(proxy())
  const { code, said, path } = await run('sk-wrong-0123456789abcdef')
  expect(code).not.toBe(0)
  expect(said).toContain('answered 401')
  expect(existsSync(path)).toBe(false)
})
