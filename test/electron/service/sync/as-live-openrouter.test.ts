import { expect, it, onTestFinished } from 'vitest'

import { startFakeOpenRouter } from '../../../providers/fake-openrouter.ts'
import { openRouterWorkspace, type FakeOpenRouterOrganization } from '../../../providers/openrouter-organization.ts'
import type { FakeUse } from '../../../providers/use.ts'
import { gathered, synced } from '../fakes.ts'
import { newService } from '../services.ts'

const SEARCH = '8c1f0d9e-0000-4000-8000-000000000002'
const FIRST = 'sk-or-v1-quarry-0123456789abcdef0123456789abcdef'
/** Made by another admin, after the maker of the first one had left. */
const SECOND = 'sk-or-v1-quarry-fedcba9876543210fedcba9876543210'

const NOW = Date.now()
const YESTERDAY = new Date(NOW - 86_400_000).toISOString().slice(0, 10)
const LAST_WEEK = `${new Date(NOW - 7 * 86_400_000).toISOString().slice(0, 19)}Z`

const use = (known: Pick<FakeUse, 'project' | 'key' | 'milliCents'>): FakeUse => ({
  day: YESTERDAY,
  user: 'user_ivo',
  model: 'openai/gpt-5.4',
  requests: 2,
  input: 700,
  cached: 0,
  output: 60,
  ...known,
})

/** Names, people and amounts are invented, the forms are those seen live: no id of an organization, nulls throughout. */
function quarry(): FakeOpenRouterOrganization {
  const workspace = (id: string, name: string, slug: string) => ({ id, name, slug, created_at: '2025-06-01T09:00:00Z' })
  const key = (hash: string, name: string, more: object) => ({
    hash,
    name,
    label: `sk-or-v1-${hash.slice(0, 3)}...${hash.slice(-4)}`,
    created_at: '2025-07-01T08:00:00.000Z',
    ...more,
  })
  return {
    id: null,
    credentials: [FIRST],
    makers: { [FIRST]: 'user_hana', [SECOND]: 'user_ivo' },
    inference: [],
    members: [
      { id: 'user_hana', email: 'hana@quarry.example', first_name: 'Hana', last_name: 'Novak', role: 'org:admin' },
      { id: 'user_ivo', email: 'ivo@quarry.example', first_name: null, last_name: null, role: 'org:admin' },
      { id: 'user_jo', email: 'jo@agency.example', first_name: 'Jo', last_name: null, role: 'org:member' },
    ],
    workspaces: [
      openRouterWorkspace({
        row: workspace(SEARCH, 'Search', 'search'),
        members: [
          {
            id: 'm1',
            user_id: 'user_jo',
            workspace_id: SEARCH,
            role: 'member',
            created_at: '2025-09-02T10:00:00Z',
          },
        ],
        keys: [
          key('aaa1', 'prod-search-api', { creator_user_id: 'user_ivo', usage: 40, last_used_at: LAST_WEEK }),
          key('aaa2', 'prod-search-batch', { creator_user_id: 'user_hana', usage: 12.5, last_used_at: null }),
          key('aaa3', 'dev-search-try', { creator_user_id: null, usage: 0, last_used_at: null }),
        ],
        budgets: [{ id: 'b1', limit_usd: 300, reset_interval: 'monthly', workspace_id: SEARCH }],
      }),
      openRouterWorkspace({
        row: workspace('8c1f0d9e-0000-4000-8000-000000000001', 'Default Workspace', 'default'),
        keys: [
          key('bbb1', 'old', { creator_user_id: 'user_left', usage: 1, last_used_at: null, disabled: true }),
          key('bbb2', 'dev-chat-byok', { creator_user_id: 'user_jo', usage: 0, byok_usage: 3, last_used_at: null }),
        ],
      }),
    ],
    use: [
      use({ project: '8c1f0d9e-0000-4000-8000-000000000002', key: 'aaa1', milliCents: 333_333 }),
      use({ project: '8c1f0d9e-0000-4000-8000-000000000002', key: 'gone', milliCents: 7 }),
      use({ project: '8c1f0d9e-0000-4000-8000-000000000001', key: 'bbb2', milliCents: 100_000 }),
    ],
  }
}

async function read() {
  const organization = quarry()
  const server = await startFakeOpenRouter({
    organizations: [organization],
    variant: 'live',
    faults: { tooManyRate: 0.05, errorRate: 0.02 },
  })
  onTestFinished(() => server.close())
  const { api } = await newService({ now: () => NOW })
  await api.client.add({ name: 'Quarry', domains: ['quarry.example'] })
  const { id } = await api.connection.add({
    client: 'quarry',
    provider: 'openrouter',
    baseUrl: server.baseUrl,
    credential: FIRST,
  })
  const sync = (await synced(api))[0]?.result
  return { api, id, sync, organization }
}

it('a strange OpenRouter organization, served as live ones are, syncs complete with the right workspaces, keys and roles', async () => {
  const { api, id, sync, organization } = await read()
  expect(sync).toMatchObject({ state: 'complete', reason: null })
  expect((await api.connection.list({}))[0]?.organizationId).toBe('8c1f0d9e-0000-4000-8000-000000000001')

  const { rows: keys } = await api.keys.list({ limit: 50 })
  const beforeRecord = `before ${Date.UTC(2026, 0, 1)}`
  const facts = keys.map(({ name, status, project, owner, lastUse }) => [
    name,
    status,
    project?.name,
    owner.state === 'known' ? owner.email : owner.state,
    'at' in lastUse ? `${lastUse.state} ${lastUse.at}` : lastUse.state,
  ])
  expect(facts.toSorted((a, b) => String(a[0]).localeCompare(String(b[0]), 'en'))).toEqual([
    ['dev-chat-byok', 'active', 'Default Workspace', 'jo@agency.example', beforeRecord],
    ['dev-search-try', 'active', 'Search', 'unknown', 'never'],
    ['old', 'inactive', 'Default Workspace', 'none', beforeRecord],
    ['prod-search-api', 'active', 'Search', 'ivo@quarry.example', `known ${Date.parse(LAST_WEEK)}`],
    ['prod-search-batch', 'active', 'Search', 'hana@quarry.example', beforeRecord],
  ])

  const { rows: access } = await api.access.list({ limit: 200 })
  const lines = access.map(
    ({ principal, project, roleRaw, level }) => `${principal.email} ${project?.name ?? '-'} ${roleRaw} ${level}`,
  )
  expect(lines.toSorted()).toEqual([
    'hana@quarry.example - org:admin admin',
    'hana@quarry.example Default Workspace admin admin',
    'ivo@quarry.example - org:admin admin',
    'ivo@quarry.example Default Workspace admin admin',
    'jo@agency.example - org:member member',
    'jo@agency.example Default Workspace member member',
    'jo@agency.example Search member member',
  ])

  // The maker of the first management key leaves, and another admin's replaces it.
  organization.credentials = [SECOND]
  organization.members.shift()
  await api.connection.setCredential({ id, credential: SECOND })
  expect((await synced(api))[0]?.result).toMatchObject({ state: 'complete', reason: null })
  expect((await api.keys.list({ limit: 50 })).total).toBe(5)
  expect((await api.connection.list({}))[0]?.organizationId).toBe('8c1f0d9e-0000-4000-8000-000000000001')
})

it('a strange OpenRouter organization: findings of use show what is known, and none that use is not reported', async () => {
  const { api } = await read()
  const { rows } = await api.findings.list({ limit: 200 })
  const ofUse = rows
    .filter(({ rule }) => /unused|never-used|not-reported/u.test(rule.id))
    .map(({ rule, subject, says }) => [subject.name, rule.id, says.split(';')[0]])
  const days = Math.floor((NOW - Date.UTC(2026, 0, 1)) / 86_400_000)
  const beforeRecord = `Last used before 2026-01-01, at least ${days} days ago`
  expect(ofUse.toSorted((a, b) => String(a[0]).localeCompare(String(b[0]), 'en'))).toEqual([
    ['dev-chat-byok', 'key-unused-remove', beforeRecord],
    ['dev-search-try', 'key-never-used', 'Created on 2025-07-01 and never used'],
    ['old', 'key-unused-remove', beforeRecord],
    ['prod-search-batch', 'key-unused-remove', beforeRecord],
  ])
})

it('a strange OpenRouter organization: costs go to their workspaces and keys, to the micro-USD', async () => {
  const { api } = await read()
  const [reported] = await gathered(await api.usage.sync({}))
  expect(reported?.reports.map(({ state }) => state)).toEqual(['complete', 'complete'])
  const month = YESTERDAY.slice(0, 7)
  const { rows, total } = await api.usage.by({ by: 'project', month, source: 'billed' })
  // Thousandths of a cent are ten micro-USD each: 333,333 and 7, and 100,000.
  expect(Object.fromEntries(rows.map(({ name, cost }) => [name, cost]))).toEqual({
    Search: 3_333_400,
    'Default Workspace': 1_000_000,
  })
  expect(total).toMatchObject({ cost: 4_333_400, requests: 6, input: 2100, output: 180 })
  // What was used since is known, whatever the record of last uses contained before.
  const { rows: keys } = await api.keys.list({ limit: 50 })
  expect(keys.find(({ name }) => name === 'dev-chat-byok')?.lastUse).toEqual({
    state: 'known',
    at: Date.parse(YESTERDAY),
  })
  await synced(api)
  const { rows: after } = await api.keys.list({ limit: 50 })
  expect(after.find(({ name }) => name === 'dev-chat-byok')?.lastUse).toEqual({
    state: 'known',
    at: Date.parse(YESTERDAY),
  })
})
