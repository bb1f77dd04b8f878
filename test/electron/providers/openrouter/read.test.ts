import { afterEach, describe, expect, test } from 'vitest'

import { keyReading } from '../../../../electron/providers/openrouter/normalise/key.ts'
import { getProvider } from '../../../../electron/providers/registry.ts'
import { startFakeOpenRouter } from '../../../providers/fake-openrouter.ts'
import type { Fault, Faults } from '../../../providers/faults.ts'
import { TARN_CREDENTIAL, TARN_INFERENCE, tarnOpenRouter } from '../../../providers/fixtures/tarn-openrouter.ts'
import type { FakeServer } from '../../../providers/http.ts'
import type { FakeOpenRouterOrganization } from '../../../providers/openrouter-organization.ts'
import { VARIANTS } from '../../../providers/variants.ts'
import { readAll, recording, type Recording } from '../recording.ts'
import { CredentialRefused } from '../../../../electron/providers/kit/errors.ts'

let server: FakeServer | undefined

afterEach(async () => server?.close())

describe.each(VARIANTS)('at a %s server', (variant) => {
  async function read(organization: FakeOpenRouterOrganization, faults: Faults = {}): Promise<Recording> {
    server = await startFakeOpenRouter({ organizations: [organization], faults, variant })
    return readAll('openrouter', { baseUrl: server.baseUrl, credential: TARN_CREDENTIAL })
  }

  test('reads every source of an organization to its end', async () => {
    const said = await read(tarnOpenRouter())
    expect(said.outcomes.filter(({ state }) => state !== 'complete')).toEqual([])
    const sources =
      'organization projects users groups group-roles project-users project-keys deposited-keys guardrails project-spend-limits'
    expect(new Set(said.outcomes.map(({ source }) => source))).toEqual(new Set(sources.split(' ')))
    expect(said.of('organization')).toEqual([
      { type: 'organization', externalId: 'ws-default', name: null, namedByProject: true },
    ])
    expect(said.of('project').map(({ externalId, name, isDefault }) => [externalId, name, isDefault])).toEqual([
      ['ws-default', 'Default', true],
      ['ws-prod', 'Production', false],
    ])
  })

  test('keys and members of a server that ignores the workspace asked for are of the workspaces that their rows name', async () => {
    const organization = tarnOpenRouter()
    const all = organization.workspaces.flatMap(({ row, keys, members }) => [
      ...keys.map((key) => ({ ...(key as object), workspace_id: row.id })),
      ...members.map((member) => ({ ...(member as object), workspace_id: row.id })),
    ])
    const only = (field: string) => (): unknown => {
      const data = all.filter((row) => field in row)
      return { data, total_count: data.length }
    }
    const said = await read(organization, {
      rules: [
        { path: /v1\/keys\?/u, fault: { kind: 'edit', edit: only('hash') } },
        { path: /\/workspaces\/[^/]+\/members/u, fault: { kind: 'edit', edit: only('user_id') } },
      ],
    })
    expect(said.outcomes.filter(({ state }) => state !== 'complete')).toEqual([])
    const placed = new Map(said.of('key').map(({ externalId, project }) => [externalId, project]))
    expect(placed.get('hash-ci')).toBe('ws-default')
    expect(placed.get('hash-prod')).toBe('ws-prod')
    const grants = said.of('grant').filter(({ project }) => project !== null)
    expect(grants.map(({ principal, project }) => `${principal} ${project}`).toSorted()).toEqual(
      all.flatMap((row) => ('user_id' in row ? [`${String(row['user_id'])} ${row.workspace_id}`] : [])).toSorted(),
    )
  })

  test('an organization whose default workspace has another address goes by its oldest workspace', async () => {
    const organization = tarnOpenRouter()
    for (const { row } of organization.workspaces) row['slug'] = `team-${row.id}`
    organization.workspaces.reverse()
    const said = await read(organization)
    expect(said.of('organization')[0]?.externalId).toBe('ws-default')
  })

  test('an organization that its workspaces do not identify is not read further, and the source has the reason', async () => {
    const said = await read(tarnOpenRouter(), {
      rules: [{ path: /\/workspaces$|\/workspaces\?/u, fault: { kind: 'status', status: 403, body: {} } }],
    })
    expect(said.outcomes.map(({ source, state }) => `${source} ${state}`)).toEqual([
      'organization denied',
      'projects unavailable',
      'users unavailable',
    ])
    expect(said.outcome('organization').reason).toContain('403')
    expect(said.outcome('users').reason).toContain('Organization')
    expect(said.all).toEqual([])
  })

  test('members and their roles, in the organization and in workspaces', async () => {
    const said = await read(tarnOpenRouter())
    const users = said.of('principal').map(({ externalId, name, roleRaw, level }) => [externalId, name, roleRaw, level])
    expect(users).toEqual([
      ['user_ada', 'Ada Okafor', 'org:admin', 'admin'],
      ['user_ben', 'Ben', 'org:member', 'member'],
      ['user_cy', null, 'org:member', 'member'],
    ])
    const grants = said.of('grant').filter(({ project }) => project === 'ws-prod')
    expect(grants.map(({ principal, roleRaw, level }) => [principal, roleRaw, level])).toEqual([
      ['user_ada', 'admin', 'admin'],
      ['user_ben', 'member', 'member'],
    ])
  })

  test('keys of every workspace, switched off ones too, and whose they are', async () => {
    const said = await read(tarnOpenRouter())
    const own = said.of('key').filter(({ vendor }) => vendor === undefined)
    const keys = new Map(own.map((key) => [key.externalId, key]))
    expect([...keys.keys()].toSorted()).toEqual(['hash-batch', 'hash-ci', 'hash-intern', 'hash-prod'])
    expect(keys.get('hash-prod')).toMatchObject({
      project: 'ws-prod',
      hint: 'sk-or-v1-pro...web',
      status: 'active',
      ownerState: 'known',
      owner: { externalId: 'user_ben', email: 'ben@tarn.example' },
      // The fixture's keys have spent, and no last use is on record.
      lastUse: variant === 'calm' ? { state: 'not-reported' } : { state: 'before', at: Date.UTC(2026, 0, 1) },
    })
    expect(keys.get('hash-intern')).toMatchObject({ status: 'inactive', ownerState: 'none' })
    expect(keys.get('hash-ci')).toMatchObject({ ownerState: 'unknown', owner: null })
    expect(keys.get('hash-batch')?.expiresAt).toBe(Date.UTC(2027, 2, 3))
    expect(
      server?.requests.filter(({ path }) => path.endsWith('/v1/keys')).every(({ query }) => query.has('workspace_id')),
    ).toBe(true)
  })

  test('guardrails with what they permit, and to which keys and members they are assigned', async () => {
    const said = await read(tarnOpenRouter())
    expect(said.outcome('guardrails')).toMatchObject({ state: 'complete', fetched: 4 })
    const guardrails = said.of('restriction').filter(({ kind }) => kind === 'guardrail')
    expect(guardrails.map(({ name, project, terms, keys, members }) => [name, project, terms, keys, members])).toEqual([
      ['Idle', 'ws-default', [], [], []],
      [
        'Production guardrail',
        'ws-prod',
        ['only openai/gpt-5, anthropic/claude-5', 'not served by azure', '$100.00 a month'],
        ['hash-prod'],
        ['user_ada'],
      ],
    ])
    expect(said.of('restriction').filter(({ kind }) => kind === 'credential')).toMatchObject([
      { name: 'Production OpenAI key', project: 'ws-prod', terms: ['calls openai with it'], keys: ['hash-prod'] },
    ])
  })

  test('a guardrail that is the default of a workspace narrows everything in it', async () => {
    const organization = tarnOpenRouter()
    for (const { row } of organization.workspaces) if (row.id === 'ws-default') row['default_guardrail_id'] = 'g-idle'
    const said = await read(organization)
    const idle = said.of('restriction').find(({ name }) => name === 'Idle')
    expect(idle).toMatchObject({ keys: null, members: null })
  })

  test('groups of the identity provider with their roles in workspaces; without groups, or where there is no such list, no roles are asked for', async () => {
    const organization = tarnOpenRouter()
    const empty = await read(organization)
    expect(empty.of('principal').filter(({ kind }) => kind === 'group')).toEqual([])
    expect(server?.requests.some(({ path }) => path.endsWith('/scim/group-mappings'))).toBe(false)
    await server?.close()
    organization.groups = [
      {
        id: 'group-eng',
        organization_id: 'org_tarn',
        external_id: 'eng',
        display_name: 'Engineering',
        created_at: '2026-03-01T00:00:00Z',
        updated_at: '2026-03-01T00:00:00Z',
      },
    ]
    organization.groupMappings = [
      {
        id: 'map-1',
        organization_id: 'org_tarn',
        scim_group_id: 'group-eng',
        workspace_id: 'ws-prod',
        role: 'admin',
        created_at: '2026-03-02T00:00:00Z',
        updated_at: '2026-03-02T00:00:00Z',
      },
    ]
    const said = await read(organization)
    expect(said.of('principal').filter(({ kind }) => kind === 'group')).toEqual([
      expect.objectContaining({ externalId: 'group-eng', name: 'Engineering', addedAt: Date.UTC(2026, 2, 1) }),
    ])
    expect(said.of('grant').filter(({ principal }) => principal === 'group-eng')).toEqual([
      expect.objectContaining({ project: 'ws-prod', roleRaw: 'admin', grantedAt: Date.UTC(2026, 2, 2) }),
    ])
    expect(said.of('detail').map(({ externalId, kind }) => [externalId, kind])).toEqual([['group-eng', 'provisioned']])
    await server?.close()
    const none = await read(organization, {
      rules: [{ path: /\/scim\//u, fault: { kind: 'status', status: 404, body: {} } }],
    })
    expect(none.outcome('groups').state).toBe('unavailable')
    expect(none.outcome('group-roles').state).toBe('unavailable')
    expect(server?.requests.some(({ path }) => path.endsWith('/scim/group-mappings'))).toBe(false)
  })

  test('deposited keys of other vendors, each once, whether a workspace uses them or all do', async () => {
    const said = await read(tarnOpenRouter())
    const deposited = said.of('key').filter(({ vendor }) => vendor !== undefined)
    expect(deposited.map(({ vendor, name, hint, project, status }) => [vendor, name, hint, project, status])).toEqual([
      ['anthropic', 'anthropic sk-...77aa', 'sk-...77aa', null, 'inactive'],
      ['openai', 'Production OpenAI key', 'sk-...5d1f', 'ws-prod', 'active'],
    ])
    expect(deposited.every(({ createdAt }) => createdAt === Date.UTC(2026, 0, 15, 8))).toBe(true)
    expect(said.outcome('deposited-keys')).toMatchObject({ state: 'complete', fetched: 2, excluded: [] })
  })

  test.each([
    [
      'an instant',
      { last_used_at: '2026-09-15T15:45:00Z', usage: 3 },
      { state: 'known', at: Date.UTC(2026, 8, 15, 15, 45) },
    ],
    ['null, and nothing spent', { last_used_at: null, usage: 0, byok_usage: 0 }, { state: 'never' }],
    ['null, and credit spent', { last_used_at: null, usage: 0.01 }, { state: 'before', at: Date.UTC(2026, 0, 1) }],
    [
      'null, and money spent at a vendor of one’s own',
      { last_used_at: null, usage: 0, byok_usage: 2 },
      { state: 'before', at: Date.UTC(2026, 0, 1) },
    ],
    ['null, and no word of spending', { last_used_at: null }, { state: 'not-reported' }],
    ['no field, as servers until October 2026', { usage: 25.5 }, { state: 'not-reported' }],
    ['an instant that is not one', { last_used_at: 'yesterday', usage: 1 }, { state: 'not-reported' }],
  ])('the last use of a key that comes with %s', (_, row, lastUse) => {
    const members = { users: new Map(), whole: true }
    expect(keyReading({ hash: 'k', ...row }, 'ws', members).facts[0]).toMatchObject({ lastUse })
  })

  test('no one is treated as removed when the list of members could not be read', async () => {
    const said = await read(tarnOpenRouter(), {
      rules: [{ path: /organization\/members/u, fault: { kind: 'status', status: 403, body: {} } }],
    })
    expect(said.of('key').find(({ externalId }) => externalId === 'hash-intern')?.ownerState).toBe('known')
  })

  test('budgets and limits of keys in whole micro-USD, kept apart', async () => {
    const said = await read(tarnOpenRouter())
    const limits = said
      .of('limit')
      .map(({ externalId, project, model, amount, period }) => [externalId, project, model, amount, period])
    expect(limits.toSorted((a, b) => String(a[0]).localeCompare(String(b[0])))).toEqual([
      ['spend:key:hash-ci', 'ws-default', 'key ci', 5_000_000, 'day'],
      ['spend:key:hash-prod', 'ws-prod', 'key prod-web', 100_250_000, 'month'],
      ['spend:ws-prod', 'ws-prod', null, 250_500_000, 'month'],
      ['spend:ws-prod:day', 'ws-prod', null, 20_000_000, 'day'],
      ['spend:ws-prod:lifetime', 'ws-prod', null, 9_000_000_000, 'lifetime'],
    ])
  })

  test('a workspace that is deleted while it is read does not fail the rest', async () => {
    const said = await read(tarnOpenRouter(), {
      rules: [{ path: /workspace_id=ws-default/u, fault: { kind: 'status', status: 404, body: {} } }],
    })
    expect(said.outcome('project-keys', 'ws-default').state).toBe('unavailable')
    expect(said.outcome('project-keys', 'ws-prod').state).toBe('complete')
  })

  describe('a key that only calls models', () => {
    test('ends the reading with the reason, and nothing is concluded', async () => {
      server = await startFakeOpenRouter({ organizations: [tarnOpenRouter()], variant })
      const sink = recording()
      const access = { credential: TARN_INFERENCE, baseUrl: server.baseUrl }
      const reading = getProvider('openrouter').read(access, sink, new AbortController().signal)
      await expect(reading).rejects.toThrow(/calls models and does not open the organization/u)
      expect(sink.all).toEqual([])
      expect(sink.outcomes.map(({ state }) => state)).toEqual(['denied'])
      expect(server.requests).toHaveLength(1)
    })

    test('is named by the test of a connection', async () => {
      server = await startFakeOpenRouter({ organizations: [tarnOpenRouter()], variant })
      const access = { credential: TARN_INFERENCE, baseUrl: server.baseUrl }
      const testing = getProvider('openrouter').test(access, new AbortController().signal)
      await expect(testing).rejects.toThrow(CredentialRefused)
    })
  })

  test('the test names the organization and what can be read, with one request each', async () => {
    server = await startFakeOpenRouter({ organizations: [tarnOpenRouter()], variant })
    const report = await getProvider('openrouter').test(
      { credential: TARN_CREDENTIAL, baseUrl: server.baseUrl },
      new AbortController().signal,
    )
    expect(report.organization).toEqual({
      externalId: 'ws-default',
      name: null,
      namedByProject: true,
      projects: ['ws-default', 'ws-prod'],
    })
    expect(report.capabilities.map(({ source, state }) => `${source} ${state}`)).toEqual([
      'organization readable',
      'projects readable',
      'users readable',
      'project-users readable',
      'project-keys readable',
      'deposited-keys readable',
      'guardrails readable',
      'project-spend-limits readable',
    ])
    expect(server.requests).toHaveLength(8)
  })

  describe('lists in pages', () => {
    function many(): FakeOpenRouterOrganization {
      const organization = tarnOpenRouter()
      organization.members = Array.from({ length: 350 }, (_, n) => ({ id: `user_${n}`, role: 'org:member' }))
      const [workspace] = organization.workspaces
      if (workspace) workspace.keys = Array.from({ length: 250 }, (_, n) => ({ hash: `hash-${n}`, name: `key ${n}` }))
      return organization
    }

    test('are read to their end, with and without a count', async () => {
      const said = await read(many())
      expect(said.outcome('users')).toMatchObject({ state: 'complete', fetched: 350 })
      expect(said.outcome('project-keys', 'ws-default')).toMatchObject({ state: 'complete', fetched: 250 })
    })

    test.each(['/organization/members', '/keys'])(
      '%s that gives the first page for ever is not whole',
      async (path) => {
        const edit = (body: unknown): unknown => ({ ...(body as object), total_count: 1_000_000 })
        const fault: Fault = { kind: 'edit', rewind: true, edit }
        const said = await read(many(), { rules: [{ path: new RegExp(path, 'u'), fault }] })
        const ended = said.outcomes.filter(({ state }) => state === 'failed')
        expect(ended.map(({ reason }) => reason)).not.toEqual([])
        for (const { reason } of ended) expect(reason).toMatch(/repeat|says there is more|changed/u)
      },
    )

    test('a row that is taken out while the list is read does not let another slip through', async () => {
      const organization = many()
      let calls = 0
      const edit = (body: unknown): unknown => {
        // Three rows of the first page are removed by the time of the second.
        if (++calls === 1) organization.members.splice(0, 3)
        return body
      }
      const said = await read(organization, {
        rules: [{ path: /organization\/members/u, fault: { kind: 'edit', edit } }],
      })
      expect(said.outcome('users')).toMatchObject({ state: 'failed', reason: expect.stringContaining('changed while') })
    })

    test('a page that is empty although there should be more is not the end', async () => {
      const edit = (): unknown => ({ data: [], total_count: 3 })
      const said = await read(tarnOpenRouter(), {
        rules: [{ path: /organization\/members/u, fault: { kind: 'edit', edit } }],
      })
      expect(said.outcome('users').state).toBe('failed')
    })
  })
})
