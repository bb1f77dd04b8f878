import { afterEach, describe, expect, test } from 'vitest'

import { anthropicWorkspace, type FakeAnthropicOrganization } from '../../../providers/anthropic-organization.ts'
import { startFakeAnthropic } from '../../../providers/fake-anthropic.ts'
import { ACME_CREDENTIAL, acmeAnthropic } from '../../../providers/fixtures/acme-anthropic.ts'
import type { Faults } from '../../../providers/faults.ts'
import type { FakeServer } from '../../../providers/http.ts'
import { VARIANTS } from '../../../providers/variants.ts'
import { readAll, type Recording } from '../recording.ts'

let server: FakeServer | undefined

afterEach(async () => server?.close())

describe.each(VARIANTS)('at a %s server', (variant) => {
  /** The default workspace; live servers of the older version list none, and mean it by null. */
  const standard = variant === 'live' ? 'default' : 'wrkspc_01Def'

  async function read(organization: FakeAnthropicOrganization, faults: Faults = {}): Promise<Recording> {
    server = await startFakeAnthropic({ organizations: [organization], faults, variant })
    return readAll('anthropic', { baseUrl: server.baseUrl, credential: ACME_CREDENTIAL })
  }

  test('reads every source of an organization to its end', async () => {
    const said = await read(acmeAnthropic())
    expect(said.outcomes.filter(({ state }) => state !== 'complete')).toEqual([])
    const sources =
      'organization projects users invites keys rate-limits spend-limits project-users project-rate-limits'
    expect(new Set(said.outcomes.map(({ source }) => source))).toEqual(new Set(sources.split(' ')))
    expect(said.of('organization')).toEqual([{ type: 'organization', externalId: 'org_01Nf', name: 'Acme GmbH' }])
  })

  test('lists archived and default workspaces; of an archived one only its keys are read', async () => {
    const said = await read(acmeAnthropic())
    const listed = said.of('project').map(({ externalId, status, isDefault }) => ({ externalId, status, isDefault }))
    expect(listed.toSorted((a, b) => Number(b.isDefault) - Number(a.isDefault))).toEqual([
      { externalId: standard, status: 'active', isDefault: true },
      { externalId: 'wrkspc_01Prod', status: 'active', isDefault: false },
      { externalId: 'wrkspc_01Old', status: 'archived', isDefault: false },
    ])
    expect(server?.requests.some(({ path }) => path.includes('wrkspc_01Old'))).toBe(false)
    expect(said.outcome('projects').excluded).toEqual([{ count: 1, reason: expect.stringContaining('archived') }])
    expect(said.of('key').some(({ project }) => project === 'wrkspc_01Old')).toBe(true)
  })

  test('gives members of workspaces by their id, and knows one whom the list of users lacks', async () => {
    const said = await read(acmeAnthropic())
    const grants = said.of('grant').filter(({ project }) => project === 'wrkspc_01Prod')
    expect(
      Object.fromEntries(grants.map(({ principal, roleRaw, level }) => [principal, `${roleRaw} ${level}`])),
    ).toEqual({
      user_01A: 'workspace_admin admin',
      user_01B: 'workspace_developer member',
      user_01C: 'workspace_billing billing',
      user_01Z: 'workspace_restricted_developer member',
    })
    const named = said.of('principal').filter(({ externalId }) => externalId === 'user_01Z')
    expect(named).toEqual([expect.objectContaining({ kind: 'user', name: null, email: null, roleRaw: null })])
    expect(said.of('principal').filter(({ externalId }) => externalId === 'user_01B')).toEqual([
      expect.objectContaining({ email: 'dev@client-acme.example', roleRaw: 'developer', level: 'member' }),
    ])
  })

  test('roles of the organization carry into the workspaces', async () => {
    const said = await read(acmeAnthropic())
    const carried = said.of('grant').filter(({ project }) => project === null)
    expect(carried.map(({ principal, impliedRoleRaw }) => [principal, impliedRoleRaw])).toEqual([
      ['user_01A', 'workspace_admin'],
      ['user_01B', null],
      ['user_01C', 'workspace_billing'],
      ['invite_01P', null],
    ])
  })

  test('finds the owner of a key: bound, made by a member, made by a former member, or not reported', async () => {
    const said = await read(acmeAnthropic())
    expect(
      said
        .of('key')
        .map(({ externalId, kind, project, ownerState, owner }) => [
          externalId,
          kind,
          project,
          ownerState,
          owner?.externalId ?? null,
        ]),
    ).toEqual([
      ['apikey_01A', 'project', 'wrkspc_01Prod', 'known', 'user_01B'],
      ['apikey_01B', 'organization', null, 'known', 'user_01B'],
      ['apikey_01C', 'project', standard, 'unknown', null],
      ['apikey_01D', 'project', 'wrkspc_01Old', 'none', 'user_gone'],
    ])
    expect(said.of('key').every(({ lastUse }) => lastUse.state === 'not-reported')).toBe(true)
    expect(said.of('key')[0]?.owner).toMatchObject({ name: 'Ines Roth', email: 'dev@client-acme.example' })
  })

  test('does not treat a creator as removed when the list of users could not be read', async () => {
    const said = await read(acmeAnthropic(), {
      rules: [{ path: /\/users/u, fault: { kind: 'status', status: 403, body: {} } }],
    })
    expect(said.outcome('users').state).toBe('denied')
    expect(said.of('key').find(({ externalId }) => externalId === 'apikey_01D')?.ownerState).toBe('known')
  })

  test('reads keys in the form of the older version of the API', async () => {
    const organization = acmeAnthropic()
    organization.keys = [
      {
        type: 'api_key',
        id: 'apikey_old',
        name: 'old',
        status: 'active',
        workspace_id: 'wrkspc_01Prod',
        created_by: null,
      },
    ]
    const said = await read(organization)
    expect(said.of('key')).toEqual([expect.objectContaining({ kind: 'project', project: 'wrkspc_01Prod' })])
  })

  test('null is the default workspace to the older version of the API, whether that is listed or not', async () => {
    const organization = acmeAnthropic()
    const row = { type: 'api_key', status: 'active', workspace_id: null, created_by: null }
    organization.keys = [
      { ...row, id: 'apikey_old', name: 'old' },
      { ...row, id: 'apikey_old2', name: 'old two' },
    ]
    const listed = await read(organization)
    expect(listed.of('key').map(({ kind, project }) => `${kind} ${project}`)).toEqual([
      `project ${standard}`,
      `project ${standard}`,
    ])
    organization.workspaces = organization.workspaces.filter(({ isDefault }) => !isDefault)
    await server?.close()
    const unlisted = await read(organization)
    expect(unlisted.of('key').map(({ kind, project }) => `${kind} ${project}`)).toEqual([
      'project default',
      'project default',
    ])
    expect(unlisted.of('project').filter(({ isDefault }) => isDefault)).toEqual([
      expect.objectContaining({ externalId: 'default', name: 'Default', status: 'active' }),
    ])
    expect(unlisted.outcome('keys')).toMatchObject({ state: 'complete', fetched: 2, excluded: [] })
    organization.keys = [{ type: 'api_key', id: 'apikey_x', name: 'no data', status: 'active' }]
    await server?.close()
    expect((await read(organization)).of('key')).toEqual([expect.objectContaining({ project: null })])
  })

  describe('a key in the workspace Claude Code', () => {
    const code = anthropicWorkspace({ row: { id: 'wrkspc_01Code', name: 'Claude Code', archived_at: null } })
    const made = {
      type: 'api_key',
      id: 'apikey_code',
      name: 'claude_code_key_ines.roth_kqzt',
      status: 'active',
      created_by: { id: 'user_gone', type: 'user' },
      principal: null,
      scope: { type: 'workspace', workspace_id: 'wrkspc_01Code' },
    }

    async function readKey(key: object, workspace = code) {
      const organization = acmeAnthropic()
      organization.workspaces.push(workspace)
      organization.keys = [key]
      return (await read(organization)).of('key')[0]
    }

    test('is of Claude Code and its owner’s, whether or not they are still a member', async () => {
      expect(await readKey(made)).toMatchObject({
        tool: 'Claude Code',
        kind: 'project',
        ownerState: 'known',
        owner: { externalId: 'user_gone' },
      })
    })

    test('is an ordinary key under another name, as is one of that name in another workspace', async () => {
      expect((await readKey({ ...made, name: 'prod-web' }))?.tool).toBeUndefined()
      await server?.close()
      expect(await readKey(made, { ...code, row: { ...code.row, name: 'Claude code 2' } })).toMatchObject({
        ownerState: 'none',
      })
    })
  })

  test.each(['admin', 'developer', 'restricted_developer'])(
    'the role %s may do what its level allows',
    async (role) => {
      const organization = acmeAnthropic()
      organization.users = [{ type: 'user', id: 'user_01A', email: 'a@acme.example', name: 'A', role }]
      const said = await read(organization)
      const level = role === 'admin' ? 'admin' : 'member'
      expect(said.of('principal')[0]).toMatchObject({ roleRaw: role, level })
    },
  )

  test('an API key that only calls models opens no list, and every list reports it', async () => {
    const inference = 'sk-ant-api03-calls-0123456789abcdef'
    server = await startFakeAnthropic({ organizations: [{ ...acmeAnthropic(), inference: [inference] }], variant })
    const said = await readAll('anthropic', { baseUrl: server.baseUrl, credential: inference })
    expect(new Set(said.outcomes.map(({ state }) => state))).toEqual(new Set(['denied']))
    expect(said.all).toEqual([])
  })

  test.each(['sk-ant-oat01-acme-0123456789abcdef', 'sk-ant-api03-acme-0123456789abcdef'])(
    'the credential %s is asked, goes as a bearer token and reads the organization',
    async (credential) => {
      server = await startFakeAnthropic({
        organizations: [{ ...acmeAnthropic(), credentials: [credential] }],
        variant,
      })
      const said = await readAll('anthropic', { baseUrl: server.baseUrl, credential })
      // A token may be of an Enterprise organization, so that it is asked for groups and limits of members; this one is not.
      const none = credential.startsWith('sk-ant-oat')
        ? ['groups', 'roles', 'group-users', 'group-roles', 'member-spend-limits']
        : []
      const lacking = said.outcomes.filter(({ state }) => state !== 'complete')
      expect(lacking.map(({ source, state }) => `${source} ${state}`).toSorted()).toEqual(
        none.map((source) => `${source} unavailable`).toSorted(),
      )
      expect(server.requests.every(({ headers }) => headers['authorization'] === `Bearer ${credential}`)).toBe(true)
      expect(server.requests.some(({ headers }) => 'x-api-key' in headers)).toBe(false)
    },
  )

  test('reports limits in whole micro-USD and in the words of the limiter', async () => {
    const said = await read(acmeAnthropic())
    const limits = new Map(said.of('limit').map((limit) => [limit.externalId, limit]))
    expect(limits.get('spend:org')).toMatchObject({ amount: 2_500_000_000, project: null, period: 'month' })
    expect(limits.get('spend:wrkspc_01Prod')).toMatchObject({ amount: 500_000_000, project: 'wrkspc_01Prod' })
    expect(limits.get('rate:org:rl_3:tool_uses_per_second')).toMatchObject({ model: 'web_search', period: 'second' })
    expect(limits.get('rate:org:rl_1:input_tokens_per_minute_cache_aware')).toMatchObject({
      model: 'claude-sonnet-5',
      period: 'minute',
      amount: 800_000,
    })
    expect(limits.get('rate:wrkspc_01Prod:rl_1:requests_per_minute')?.amount).toBe(500)
  })

  test('leaves out limits that are off, of single users, without an amount or in other money, the last two as unknown', async () => {
    const organization = acmeAnthropic()
    const limit = { type: 'spend_limit', currency: 'USD', period: 'monthly', scope: { type: 'organization' } }
    organization.spendLimits = [
      { ...limit, id: 'spl_off', amount: '1', is_enabled: false },
      { ...limit, id: 'spl_user', amount: '1', scope: { type: 'user', user_id: 'user_01A' } },
      { ...limit, id: 'spl_none', amount: null },
      { ...limit, id: 'spl_eur', amount: '1', currency: 'EUR' },
      { ...limit, id: 'spl_week', amount: '12.345', period: 'weekly' },
    ]
    const said = await read(organization)
    expect(said.outcome('spend-limits')).toMatchObject({
      state: 'failed',
      fetched: 5,
      reason: 'A limit without an amount. Earlier data is kept. Update Castellan if it stays.',
    })
    expect(said.outcome('spend-limits').excluded.reduce((sum, { count }) => sum + count, 0)).toBe(4)
    const spend = said.of('limit').filter(({ kind }) => kind === 'spend')
    expect(spend).toEqual([expect.objectContaining({ externalId: 'spend:org:week', amount: 123_450, period: 'week' })])
  })

  test('an organization outside the preview of spend limits does not have them, which is not a denial', async () => {
    const organization = acmeAnthropic()
    organization.spendLimits = null
    const said = await read(organization)
    expect(said.outcome('spend-limits')).toMatchObject({ state: 'unavailable', reason: expect.stringContaining('403') })
    expect(said.outcomes.filter(({ state }) => state !== 'complete').length).toBe(1)
  })

  test('reads lists of both shapes over many pages', async () => {
    const organization = acmeAnthropic()
    organization.users = Array.from({ length: 2100 }, (_, index) => ({ id: `user_${index}`, role: 'user' }))
    organization.rateLimits = Array.from({ length: 45 }, (_, index) => ({
      id: `rl_${index}`,
      limits: [{ type: 'requests_per_minute', value: index }],
    }))
    const said = await read(organization)
    expect(said.outcome('users').fetched).toBe(2100)
    expect(said.outcome('rate-limits').fetched).toBe(45)
    expect(server?.requests.filter(({ path }) => path.endsWith('/organizations/users')).length).toBe(3)
    expect(server?.requests.filter(({ path }) => path.endsWith('/organizations/rate_limits')).length).toBe(3)
  })
})
