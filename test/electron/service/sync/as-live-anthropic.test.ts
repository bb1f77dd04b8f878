import { expect, it, onTestFinished } from 'vitest'

import { anthropicOrganization, anthropicWorkspace } from '../../../providers/anthropic-organization.ts'
import { startFakeAnthropic } from '../../../providers/fake-anthropic.ts'
import type { FakeUse } from '../../../providers/use.ts'
import { gathered, synced } from '../fakes.ts'
import { newService } from '../services.ts'

/** A service-account key with admin scope: of the form of keys that call models. */
const CREDENTIAL = 'sk-ant-api03-verdant-0123456789abcdef0123456789abcdef'

const NOW = Date.UTC(2026, 10, 20, 12)
const YESTERDAY = '2026-11-19'

const PEOPLE = {
  user_01Ada: ['ada@verdant.example', 'admin'],
  user_02Bo: ['bo@verdant.example', 'developer'],
  user_03Cy: ['cy@verdant.example', 'restricted_developer'],
  user_04Di: ['di@verdant.example', 'claude_code_user'],
  user_05Ed: ['ed@verdant.example', 'billing'],
  user_06Fi: ['fi@verdant.example', 'user'],
  user_07Gus: ['gus@agency.example', 'membership_admin'],
} as const

const use = (known: Pick<FakeUse, 'project' | 'key' | 'milliCents'>): FakeUse => ({
  day: YESTERDAY,
  user: null,
  model: 'claude-sonnet-5',
  requests: 0,
  input: 1200,
  cached: 200,
  output: 80,
  ...known,
})

/**
 * An organization that no other test data resembles: names, people and amounts are invented, the forms are those seen
 * live.
 */
function verdant() {
  const workspace = (id: string, name: string, archivedAt: string | null = null, members: readonly string[][] = []) =>
    anthropicWorkspace({
      row: {
        type: 'workspace',
        id,
        name,
        created_at: '2025-01-10T09:00:00Z',
        archived_at: archivedAt,
        display_color: '#D97757',
      },
      isDefault: name === 'Default',
      members: members.map(([user, role]) => ({
        type: 'workspace_member',
        workspace_id: id,
        user_id: user,
        workspace_role: role,
      })),
    })
  const key = (id: string, name: string, scope: string, createdBy: string | null, more: object = {}) => ({
    type: 'api_key',
    id,
    name,
    status: 'active',
    created_at: '2026-10-01T08:00:00Z',
    partial_key_hint: `sk-ant-api03-${id.slice(-3)}...AA`,
    created_by: createdBy === null ? null : { id: createdBy, type: 'user' },
    scope: { type: 'workspace', workspace_id: scope },
    ...more,
  })
  return anthropicOrganization({
    me: { id: '5f0c1e2d-7a1b-4c3d-9e8f-001122334455', name: 'Verdant Labs', type: 'organization' },
    credentials: [CREDENTIAL],
    users: Object.entries(PEOPLE).map(([id, [email, role]]) => ({
      type: 'user',
      id,
      email,
      name: email.split('@')[0],
      role,
      added_at: '2025-02-01T09:00:00Z',
    })),
    workspaces: [
      workspace('wrkspc_d', 'Default'),
      workspace('wrkspc_p', 'Production', null, [
        ['user_02Bo', 'workspace_developer'],
        ['user_03Cy', 'workspace_restricted_developer'],
      ]),
      workspace('wrkspc_c', 'Claude Code', null, [
        ['user_02Bo', 'workspace_developer'],
        ['user_04Di', 'workspace_user'],
      ]),
      workspace('wrkspc_o', 'Spring demo', '2025-06-01T00:00:00Z'),
    ],
    keys: [
      key('apikey_1', 'prod-shop-api', 'wrkspc_p', 'user_02Bo'),
      key('apikey_2', 'Quick test', 'wrkspc_d', 'user_02Bo', { created_at: '2023-05-01T08:00:00Z' }),
      key('apikey_3', 'prod-shop-etl', 'wrkspc_p', 'user_left'),
      key('apikey_4', 'prod-shop-old', 'wrkspc_p', null, { status: 'inactive' }),
      key('apikey_5', 'claude_code_key_bo_qkzt', 'wrkspc_c', 'user_02Bo', { created_at: '2024-01-01T08:00:00Z' }),
      key('apikey_6', 'claude_code_key_di_mmrw', 'wrkspc_c', 'user_04Di'),
      key('apikey_7', 'claude_code_key_left_aaby', 'wrkspc_c', 'user_left', { created_at: '2024-01-01T08:00:00Z' }),
      key('apikey_8', 'demo', 'wrkspc_o', 'user_01Ada', { status: 'archived' }),
    ],
    use: [
      use({ project: 'wrkspc_p', key: 'apikey_1', milliCents: 123_789.12 }),
      use({ project: 'wrkspc_d', key: 'apikey_2', milliCents: 50 }),
      use({ project: 'wrkspc_c', key: 'apikey_6', milliCents: 4_000_000 }),
    ],
  })
}

async function read() {
  const server = await startFakeAnthropic({
    organizations: [verdant()],
    variant: 'live',
    faults: { tooManyRate: 0.05, errorRate: 0.02 },
  })
  onTestFinished(() => server.close())
  const { api } = await newService({ now: () => NOW })
  await api.client.add({ name: 'Verdant', domains: ['verdant.example'] })
  await api.connection.add({
    client: 'verdant',
    provider: 'anthropic',
    baseUrl: server.baseUrl,
    credential: CREDENTIAL,
  })
  const sync = (await synced(api))[0]?.result
  return { api, sync, server }
}

it('a strange Anthropic organization, served as live ones are, syncs complete with the right workspaces, keys and roles', async () => {
  const { api, sync } = await read()
  expect(sync).toMatchObject({ state: 'complete', reason: null })
  const [connection] = await api.connection.list({})
  expect(connection).toMatchObject({
    organizationId: '5f0c1e2d-7a1b-4c3d-9e8f-001122334455',
    credential: { hint: 'sk-ant-api03-…cdef' },
  })

  const { rows: keys } = await api.keys.list({ limit: 50 })
  const facts = keys.map(({ name, kind, tool, status, project, owner, rotation }) => [
    name,
    kind,
    tool,
    status,
    project?.name,
    owner.state,
    rotation.dueOn === null ? rotation.basis : 'has a day',
  ])
  expect(facts.toSorted((a, b) => String(a[0]).localeCompare(String(b[0]), 'en'))).toEqual([
    ['claude_code_key_bo_qkzt', 'project', 'Claude Code', 'active', 'Claude Code', 'known', 'tool'],
    ['claude_code_key_di_mmrw', 'project', 'Claude Code', 'active', 'Claude Code', 'known', 'tool'],
    ['claude_code_key_left_aaby', 'project', 'Claude Code', 'active', 'Claude Code', 'known', 'tool'],
    ['demo', 'project', null, 'archived', 'Spring demo', 'known', 'retired'],
    ['prod-shop-api', 'project', null, 'active', 'Production', 'known', 'has a day'],
    ['prod-shop-etl', 'project', null, 'active', 'Production', 'none', 'has a day'],
    ['prod-shop-old', 'project', null, 'inactive', 'Production', 'unknown', 'has a day'],
    ['Quick test', 'project', null, 'active', 'Default', 'known', 'has a day'],
  ])

  const { rows: access } = await api.access.list({ limit: 200 })
  const inProduction = access
    .filter(({ project }) => project?.name === 'Production')
    .map(({ principal, roleRaw, level, via }) => `${principal.email} ${roleRaw} ${level} ${via}`)
  expect(inProduction.toSorted()).toEqual([
    'ada@verdant.example workspace_admin admin organization',
    'bo@verdant.example workspace_developer member direct',
    'cy@verdant.example workspace_restricted_developer member direct',
    'ed@verdant.example workspace_billing billing organization',
  ])
  const inOrganization = access
    .filter(({ project }) => project === null)
    .map(({ principal, roleRaw, level }) => `${principal.email} ${roleRaw} ${level}`)
  expect(inOrganization.toSorted()).toEqual([
    'ada@verdant.example admin admin',
    'bo@verdant.example developer member',
    'cy@verdant.example restricted_developer member',
    'di@verdant.example claude_code_user member',
    'ed@verdant.example billing billing',
    'fi@verdant.example user reader',
    'gus@agency.example membership_admin admin',
  ])
})

it('a strange Anthropic organization: findings are about the keys that people answer for, and none about those of Claude Code', async () => {
  const { api } = await read()
  const { rows } = await api.findings.list({ limit: 200, certainty: 'all' })
  const about = rows
    .filter(({ subject }) => subject.kind === 'key')
    .map(({ rule, subject }) => `${subject.name}: ${rule.id}`)
  expect(about.toSorted()).toEqual([
    'Quick test: key-name-off-convention',
    'Quick test: rotation-overdue',
    'prod-shop-etl: key-owner-none',
    'prod-shop-old: key-creator-unknown',
  ])
})

it('a strange Anthropic organization: costs go to their workspaces, the default one too, to the micro-USD', async () => {
  const { api } = await read()
  const [reported] = await gathered(await api.usage.sync({}))
  expect(reported?.reports.map(({ report, state }) => `${report} ${state}`)).toEqual([
    'cost complete',
    'messages complete',
  ])
  const { rows, total } = await api.usage.by({ by: 'project', month: YESTERDAY.slice(0, 7), source: 'billed' })
  expect(Object.fromEntries(rows.map(({ name, cost }) => [name, cost]))).toEqual({
    // 123.78912 cents, 0.05 cents and 4,000 cents.
    Production: 1_237_891,
    Default: 500,
    'Claude Code': 40_000_000,
  })
  expect(total).toMatchObject({ cost: 41_238_391, input: 3600, output: 240 })
  const { rows: keys } = await api.keys.list({ limit: 50 })
  const used = keys.find(({ name }) => name === 'prod-shop-api')?.lastUse
  expect(used).toEqual({ state: 'known', at: Date.parse(YESTERDAY) })
})
