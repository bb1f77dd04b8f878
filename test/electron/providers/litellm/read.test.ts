import { afterEach, describe, expect, test } from 'vitest'

import { CredentialRefused } from '../../../../electron/providers/kit/errors.ts'
import type { UsageReading } from '../../../../electron/providers/kit/usage.ts'
import { getProvider } from '../../../../electron/providers/registry.ts'
import { dayNumber } from '../../../../shared/domain/usage/rollups.ts'
import { startFakeLiteLlm, type FakeLiteLlm } from '../../../providers/fake-litellm.ts'
import type { Faults } from '../../../providers/faults.ts'
import { QUAY_MASTER_KEY, quayLiteLlm } from '../../../providers/fixtures/quay-litellm.ts'
import type { FakeServer } from '../../../providers/http.ts'
import { VARIANTS } from '../../../providers/variants.ts'
import { readAll, recording, type Recording } from '../recording.ts'

let server: FakeServer | undefined

afterEach(async () => server?.close())

const never = new AbortController().signal

describe.each(VARIANTS)('a LiteLLM proxy, %s', (variant) => {
  /** Later proxies do not list the keys of sessions in their own window. */
  const listed = <T>(rows: readonly T[]): readonly T[] => (variant === 'live' ? rows.slice(0, -1) : rows)

  async function read(proxy: FakeLiteLlm = quayLiteLlm(), faults: Faults = {}): Promise<Recording> {
    server = await startFakeLiteLlm(proxy, { variant, faults })
    return readAll('litellm', { baseUrl: server.baseUrl, credential: QUAY_MASTER_KEY })
  }

  test('reads users, teams and their roles, those of admins of an organization too', async () => {
    const said = await read()
    expect(said.outcomes.filter(({ state }) => state !== 'complete')).toEqual([])
    const { host } = new URL(server?.baseUrl ?? '')
    expect(said.of('organization')).toEqual([{ type: 'organization', externalId: host, name: `LiteLLM at ${host}` }])
    expect(said.of('principal').map(({ externalId, name, email, level }) => [externalId, name, email, level])).toEqual([
      ['u-ada', 'Ada', 'ada@quay.example', 'owner'],
      ['u-bo', null, 'bo@quay.example', 'member'],
      ['u-cy', 'Cy', null, 'reader'],
      ['team:t-web', 'Web', null, null],
      ['service-account:t-web:night-jobs', 'night-jobs', null, null],
    ])
    expect(said.of('project').map(({ externalId, name, status }) => [externalId, name, status])).toEqual([
      ['t-web', 'Web', 'active'],
      ['t-old', 't-old', 'archived'],
    ])
    const grants = said
      .of('grant')
      .map(({ principal, project, roleRaw, level, impliedRoleRaw }) => [
        principal,
        project,
        roleRaw,
        level,
        impliedRoleRaw,
      ])
    expect(grants).toEqual([
      ['u-ada', null, 'proxy_admin', 'owner', 'admin'],
      ['u-bo', null, 'internal_user', 'member', null],
      ['u-cy', null, 'internal_user_viewer', 'reader', null],
      ['u-bo', 't-web', 'admin', 'admin', null],
      ['u-cy', 't-web', 'org_admin', 'admin', null],
      ['team:t-web', 't-web', 'user', 'member', null],
      ['service-account:t-web:night-jobs', 't-web', 'user', 'member', null],
    ])
    expect(said.outcome('projects').excluded).toEqual([{ count: 1, reason: 'A member who was deleted.' }])
  })

  test('reads keys by their hashes: which administer, whose they are, and their last use', async () => {
    const said = await read()
    const own = said.of('key').filter(({ vendor }) => vendor === undefined)
    expect(
      own.map(({ externalId, name, kind, project, ownerState, status, tool }) => [
        externalId,
        name,
        kind,
        project,
        ownerState,
        status,
        tool,
      ]),
    ).toEqual(
      listed([
        ['hash-prod', 'prod-web', 'project', 't-web', 'known', 'active', undefined],
        ['hash-ada', 'sk-...-ada', 'admin', null, 'known', 'inactive', undefined],
        ['hash-calls', 'ada-calls', 'project', null, 'known', 'active', undefined],
        ['hash-bo', 'dev-bo', 'project', 't-web', 'known', 'active', undefined],
        ['hash-jobs', 'jobs', 'project', 't-web', 'known', 'active', undefined],
        ['hash-proxy', 'sk-...roxy', 'project', null, 'none', 'active', undefined],
        ['hash-left', 'dev-left', 'project', null, 'known', 'active', undefined],
        ['hash-window', 'sk-...ndow', 'project', null, 'known', 'active', 'LiteLLM window'],
      ]),
    )
    const uses = own.map(({ lastUse }) => lastUse)
    expect(uses[3]).toEqual({ state: 'known', at: Date.UTC(2026, 10, 20, 8, 0, 0, 123) })
    const unused = variant === 'calm' ? 'not-reported' : 'never'
    const states = ['not-reported', unused, unused, 'known', unused, unused, unused, unused]
    expect(uses.map(({ state }) => state)).toEqual(listed(states))
    expect(own.map(({ owner }) => owner?.externalId ?? null)).toEqual(
      listed(['team:t-web', 'u-ada', 'u-ada', 'u-bo', 'service-account:t-web:night-jobs', null, 'u-gone', 'u-bo']),
    )
    expect(
      said.of('limit').map(({ externalId, amount, period, model }) => [externalId, amount, period, model]),
    ).toEqual([
      ['spend:team:t-web', 100_500_000, 'month', null],
      ['rate:team:t-web:tpm', 5000, 'minute', null],
      ['spend:key:hash-prod', 5_000_000, 'lifetime', 'key prod-web'],
      ['rate:key:hash-left:rpm', 10, 'minute', 'key dev-left'],
    ])
  })

  test.each([
    [null, 'admin'],
    [[], 'admin'],
    [['*'], 'admin'],
    [['management_routes'], 'admin'],
    [['/key/generate', '/user/new'], 'admin'],
    [['llm_api_routes', '/key/*'], 'admin'],
    [['info_routes'], 'admin'],
    [['/v1/*'], 'admin'],
    [['/modelsmith/new'], 'admin'],
    [['routes_of_a_later_proxy'], 'admin'],
    [['llm_api_routes'], 'project'],
    [['/chat/completions', '/v1/embeddings', '/v1/models', '/v1beta/models/gemini-5:generateContent'], 'project'],
    [['/engines/gpt-5/completions', '/v1/responses/*'], 'project'],
  ] as const)('a key of a proxy admin with the routes %j is of the kind %s', async (routes, kind) => {
    const keys = [{ token: 'hash-routes', key_name: 'sk-...tes', user_id: 'u-ada', allowed_routes: routes }]
    const said = await read({ ...quayLiteLlm(), keys })
    expect(said.of('key').find(({ externalId }) => externalId === 'hash-routes')?.kind).toBe(kind)
  })

  test.each([
    [['llm_api_routes'], 'llm_api_routes'],
    [['/v1/models', '/chat/completions'], '/chat/completions, /v1/models'],
    [[], 'All APIs'],
    [null, undefined],
  ])('a key with the allowed routes %j has the permissions %s', async (routes, permissions) => {
    const keys = [{ token: 'hash-routes', key_name: 'sk-...tes', user_id: 'u-ada', allowed_routes: routes }]
    const said = await read({ ...quayLiteLlm(), keys })
    expect(said.of('key').find(({ externalId }) => externalId === 'hash-routes')?.permissions).toBe(permissions)
  })

  test('reads the budget that a key shares where it has none of its own, and at which amount a user is stopped', async () => {
    const proxy = quayLiteLlm()
    const budgets = [{ budget_id: 'b-small', max_budget: 20, budget_duration: '7d', rpm_limit: 60 }]
    const keys = [
      { token: 'hash-shared', key_alias: 'shared', budget_id: 'b-small' },
      { token: 'hash-own', key_alias: 'own', budget_id: 'b-small', max_budget: 3 },
      { token: 'hash-lost', key_alias: 'lost', budget_id: 'b-lost' },
    ]
    const users = [
      ...proxy.users,
      { user_id: 'u-capped', user_role: 'internal_user', max_budget: 12.5, budget_duration: '30d', tpm_limit: 900 },
    ]
    const said = await read({ ...proxy, keys, budgets, users })
    const limits = said.of('limit').filter(({ externalId }) => externalId.includes('hash-'))
    expect(limits.map(({ externalId, amount, period }) => [externalId, amount, period])).toEqual([
      ['spend:key:hash-own', 3_000_000, 'lifetime'],
      ['spend:key:hash-shared', 20_000_000, 'week'],
      ['rate:key:hash-shared:rpm', 60, 'minute'],
      ['rate:key:hash-own:rpm', 60, 'minute'],
    ])
    expect(said.outcome('keys')).toMatchObject({ state: 'complete', excluded: [] })
    expect(said.outcome('shared-budgets')).toMatchObject({
      state: 'failed',
      excluded: [{ count: 1, reason: 'A key whose shared budget could not be read.' }],
    })
    const stopped = said.of('restriction').filter(({ members }) => members?.includes('u-capped') === true)
    expect(stopped.map(({ kind, terms }) => [kind, terms])).toEqual([
      ['spend', ['$12.50 a month', '900 tokens a minute']],
    ])
  })

  test('reads when the proxy last rotated a key, beside its creation', async () => {
    const keys = [
      {
        token: 'hash-a',
        created_at: '2026-01-05T09:00:00Z',
        last_rotation_at: '2026-11-20T08:00:00',
        rotation_count: 3,
      },
      { token: 'hash-b', created_at: '2026-01-05T09:00:00Z', last_rotation_at: null, rotation_count: 0 },
    ]
    const said = await read({ ...quayLiteLlm(), keys })
    const own = said.of('key').filter(({ vendor }) => vendor === undefined)
    const created = Date.UTC(2026, 0, 5, 9)
    expect(own.map(({ createdAt, rotatedAt }) => [createdAt, rotatedAt])).toEqual([
      [created, Date.UTC(2026, 10, 20, 8)],
      [created, undefined],
    ])
  })

  test('does not know whether a key administers whose user has a role of the operator’s own', async () => {
    const proxy = quayLiteLlm()
    const users = [...proxy.users, { user_id: 'u-own', user_role: 'platform_lead' }]
    const keys = [
      { token: 'hash-own', user_id: 'u-own' },
      { token: 'hash-calls', user_id: 'u-own', allowed_routes: ['llm_api_routes'] },
    ]
    const said = await read({ ...proxy, users, keys })
    const own = said.of('key').filter(({ owner }) => owner?.externalId === 'u-own')
    expect(own.map(({ kind }) => kind)).toEqual(['unknown', 'project'])
  })

  test('reads deposited credentials without their values', async () => {
    const said = await read()
    const deposited = said.of('key').filter(({ vendor }) => vendor !== undefined)
    expect(deposited.map(({ externalId, name, vendor }) => [externalId, name, vendor])).toEqual([
      ['credential:openai-main', 'openai-main', 'openai'],
      ['credential:other', 'other', 'a model provider'],
    ])
    expect(JSON.stringify(said.all)).not.toContain('9Qa')
  })

  test('reads every page of users and keys, each row once', async () => {
    const users = Array.from({ length: 250 }, (_, n) => ({ user_id: `u-${n}`, user_role: 'internal_user' }))
    const keys = Array.from({ length: 201 }, (_, n) => ({
      token: `hash-${n}`,
      key_name: `sk-...${n}`,
      user_id: `u-${n}`,
    }))
    const said = await read({ ...quayLiteLlm(), users, keys })
    expect(said.outcome('users')).toMatchObject({ state: 'complete', fetched: 250 })
    expect(said.outcome('keys')).toMatchObject({ state: 'complete', fetched: 201 })
  })

  test('is read without organizations where the proxy has no licence for them', async () => {
    const said = await read({ ...quayLiteLlm(), organizations: null })
    expect(said.outcome('organization')).toMatchObject({
      state: 'unavailable',
      reason: expect.stringContaining('only available for LiteLLM Enterprise users') as string,
    })
    expect(said.outcome('keys').state).toBe('complete')
    expect(said.of('organization').map(({ externalId }) => externalId)).toEqual([new URL(server?.baseUrl ?? '').host])
  })

  test('does not call keys whole whose users could not be read', async () => {
    const said = await read(quayLiteLlm(), {
      rules: [{ path: /user\/list/u, fault: { kind: 'status', status: 403, body: { detail: 'No' } } }],
    })
    expect(said.outcome('keys')).toMatchObject({ state: 'unavailable', fetched: listed([...Array(8).keys()]).length })
    expect(said.of('key').filter(({ ownerState, owner }) => ownerState === 'none' && owner !== null)).toEqual([])
  })

  test('reads spend and use by team, key and model, and adds up what several pages have of one place', async () => {
    server = await startFakeLiteLlm(quayLiteLlm(), { variant })
    const taken: UsageReading[] = []
    const from = dayNumber(Date.UTC(2026, 10, 1))
    const outcomes = await getProvider('litellm').usage(
      { baseUrl: server.baseUrl, credential: QUAY_MASTER_KEY },
      { from, to: from + 24 },
      (reading) => taken.push(reading),
      never,
    )
    expect(outcomes.map(({ report, state }) => `${report} ${state}`)).toEqual(['cost complete', 'completions complete'])
    const rows = (report: string): unknown[] =>
      taken
        .filter((reading) => reading.report === report)
        .flatMap(({ facts }) => facts)
        .map(({ day, project, key, model, requests, cost, costNano }) => [
          day - from,
          project,
          key,
          model,
          requests,
          cost,
          costNano,
        ])
    expect(rows('cost')).toEqual([
      [19, 't-web', 'hash-prod', 'gpt-5', 0, 1, 500],
      [19, 't-web', 'hash-bo', 'claude-5', 0, 2_000_000, 0],
      [20, null, 'hash-ada', null, 0, 3_000_000, 0],
    ])
    expect(rows('completions')).toEqual([
      [19, 't-web', 'hash-prod', 'gpt-5', 3, 0, 0],
      [19, 't-web', 'hash-bo', 'claude-5', 1, 0, 0],
      [20, null, 'hash-ada', null, 3, 0, 0],
    ])
  })

  test('reads what a key used without a model beside what it used of models', async () => {
    const sums = (requests: number, spend: number) => ({
      metrics: { spend, prompt_tokens: 0, completion_tokens: 0, api_requests: requests },
      metadata: { team_id: 't-web' },
    })
    const activity = [
      {
        date: '2026-11-20',
        breakdown: {
          models: { 'gpt-5': { api_key_breakdown: { 'hash-prod': sums(2, 1) } } },
          api_keys: { 'hash-prod': sums(5, 1.25), 'hash-bo': sums(1, 0.5) },
        },
      },
    ]
    server = await startFakeLiteLlm({ ...quayLiteLlm(), activity }, { variant })
    const taken: UsageReading[] = []
    const from = dayNumber(Date.UTC(2026, 10, 1))
    const access = { baseUrl: server.baseUrl, credential: QUAY_MASTER_KEY }
    await getProvider('litellm').usage(access, { from, to: from + 24 }, (reading) => taken.push(reading), never)
    const facts = taken.flatMap(({ facts }) => facts)
    const total = (name: 'requests' | 'cost'): number => facts.reduce((sum, fact) => sum + fact[name], 0)
    expect([total('requests'), total('cost')]).toEqual([6, 1_750_000])
    expect(
      facts.filter(({ requests }) => requests > 0).map(({ key, model, requests }) => [key, model, requests]),
    ).toEqual([
      ['hash-prod', 'gpt-5', 2],
      ['hash-prod', null, 3],
      ['hash-bo', null, 1],
    ])
  })

  test('reads what a model costs by the day beside what keys used, and still divides the day by model', async () => {
    const sums = (requests: number, spend: number, flat = 0) => ({
      metrics: { spend, flat_cost: flat, prompt_tokens: 0, completion_tokens: 0, api_requests: requests },
      metadata: { team_id: 't-web' },
    })
    const activity = [
      {
        date: '2026-11-20',
        breakdown: {
          models: {
            'gpt-5': { ...sums(2, 1, 24.5), api_key_breakdown: { 'hash-prod': sums(2, 1) } },
            reserved: { ...sums(0, 0, 100), api_key_breakdown: {} },
          },
          api_keys: { 'hash-prod': sums(2, 1) },
        },
      },
    ]
    server = await startFakeLiteLlm({ ...quayLiteLlm(), activity }, { variant })
    const taken: UsageReading[] = []
    const from = dayNumber(Date.UTC(2026, 10, 1))
    const access = { baseUrl: server.baseUrl, credential: QUAY_MASTER_KEY }
    await getProvider('litellm').usage(access, { from, to: from + 24 }, (reading) => taken.push(reading), never)
    const rows = taken.flatMap(({ report, facts }) =>
      facts.map(({ key, model, item, cost, requests }) => [report, key, model, item, cost, requests]),
    )
    expect(rows).toEqual([
      ['cost', null, 'gpt-5', 'Provisioned throughput', 24_500_000, 0],
      ['cost', null, 'reserved', 'Provisioned throughput', 100_000_000, 0],
      ['cost', 'hash-prod', 'gpt-5', '', 1_000_000, 0],
      ['completions', 'hash-prod', 'gpt-5', '', 0, 2],
    ])
  })

  test('refuses a key that the proxy rejects, without repeating it', async () => {
    server = await startFakeLiteLlm(quayLiteLlm(), { variant })
    const sink = recording()
    const access = { credential: 'sk-wrong0123456789abcdef', baseUrl: server.baseUrl }
    await expect(getProvider('litellm').read(access, sink, never)).rejects.toThrow(CredentialRefused)
    expect(JSON.stringify(sink.outcomes)).not.toContain('wrong0123456789')
  })
})

test('the test of a connection names the proxy by its address, and what can be read', async () => {
  server = await startFakeLiteLlm({ ...quayLiteLlm(), organizations: null })
  const report = await getProvider('litellm').test({ credential: QUAY_MASTER_KEY, baseUrl: server.baseUrl }, never)
  expect(report.organization?.externalId).toBe(new URL(server.baseUrl).host)
  expect(report.capabilities.map(({ source, state }) => `${source} ${state}`)).toEqual([
    'organization unavailable',
    'projects readable',
    'users readable',
    'deposited-keys readable',
    'keys readable',
    'shared-budgets readable',
  ])
})
