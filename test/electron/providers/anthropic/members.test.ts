import { describe, expect, it, onTestFinished } from 'vitest'

import { anthropicOrganization, anthropicWorkspace } from '../../../providers/anthropic-organization.ts'
import { startFakeAnthropic } from '../../../providers/fake-anthropic.ts'
import type { Faults } from '../../../providers/faults.ts'
import { hiddenAnthropic, HIDDEN_TOKEN } from '../../../providers/fixtures/hidden-anthropic.ts'
import { VARIANTS, type Variant } from '../../../providers/variants.ts'
import { readAll } from '../recording.ts'

const NOW = Date.UTC(2026, 10, 24, 12)
const ENTERPRISE_KEY = 'sk-ant-api01-members-0123456789abcdef'
const CONSOLE_KEY = 'sk-ant-admin01-members-0123456789abcdef'

const AT = '2026-03-01T09:00:00Z'
const user = (id: string, role = 'user') => ({
  type: 'user',
  id: `user_${id}`,
  email: `${id}@members.example`,
  name: id,
  role,
  added_at: AT,
})

const actor = (id: string) => ({
  type: 'user_actor',
  user_id: `user_${id}`,
  email_address: `${id}@members.example`,
  name: id,
  deleted: false,
})

const limit = (id: string, amount: string | null, source: object, period = 'monthly') => ({
  actor: actor(id),
  amount,
  currency: 'USD',
  period,
  period_to_date_spend: '12050.5',
  scope: { type: 'user', user_id: `user_${id}` },
  source,
  spend_limit_id: 'spl_1',
})

/** As documented: a row for each member and period, without an amount where no limit applies. */
const LIMITS = [
  limit('ada', '10000', { type: 'user', user_id: 'user_ada' }),
  limit('ada', null, { type: 'organization' }, 'daily'),
  limit('bo', '2550', { type: 'seat_tier', seat_tier: 'premium' }, 'weekly'),
  limit('cy', '0', { type: 'rbac_group', rbac_group_id: 'rbac_group_ops' }),
  { ...limit('di', '500', { type: 'organization' }), currency: 'EUR' },
  { ...limit('x', '500', { type: 'organization' }), actor: { type: 'scoped_api_key_actor', scoped_api_key_id: 'k' } },
]

const activity = (id: string, last: string | null | undefined) => ({
  user: { type: 'user', id: `user_${id}`, email_address: `${id.toUpperCase()}@members.example` },
  chat_metrics: {},
  ...(last === undefined ? {} : { last_activity_date: last }),
})

const enterprise = () =>
  anthropicOrganization({
    me: { id: 'org_members', name: 'Members', type: 'organization' },
    credentials: [ENTERPRISE_KEY, CONSOLE_KEY],
    users: [user('ada', 'primary_owner'), user('bo'), user('cy'), user('di')],
    enterprise: {
      groups: [],
      roles: [],
      limits: LIMITS,
      activity: [activity('ada', '2026-11-20'), activity('bo', null), activity('cy', undefined)],
    },
  })

const code = (by: object) => ({
  date: '2026-11-22T00:00:00Z',
  actor: by,
  terminal_type: 'vscode',
  customer_type: 'api',
  core_metrics: { num_sessions: 3 },
})

async function read(variant: Variant, organization = enterprise(), credential = ENTERPRISE_KEY, faults: Faults = {}) {
  const server = await startFakeAnthropic({ organizations: [organization], variant, faults })
  onTestFinished(() => server.close())
  const recording = await readAll('anthropic', { baseUrl: server.baseUrl, credential, more: { now: () => NOW } })
  return { recording, paths: server.requests.map(({ path }) => path) }
}

describe.each(VARIANTS)('at a %s server', (variant) => {
  it('the effective spend limit of each member is a restriction in words, with what sets it', async () => {
    const { recording } = await read(variant)
    const spend = recording.of('restriction').filter(({ kind }) => kind === 'spend')
    expect(spend.map(({ members, terms }) => [members, terms])).toEqual([
      [['user_ada'], ['$100.00 a month', 'set for the member']],
      [['user_bo'], ['$25.50 a week', 'set for the seat tier premium']],
      [['user_cy'], ['$0.00 a month', 'set for a group']],
    ])
    expect(recording.outcome('member-spend-limits')).toMatchObject({
      state: 'failed',
      fetched: 6,
      reason: 'A limit in a currency other than US dollars. Earlier data is kept. Update Castellan if it stays.',
    })
    expect(recording.outcome('member-spend-limits').excluded.map(({ reason }) => reason)).toEqual([
      'A limit in a currency other than US dollars.',
      'A limit of an admin key, which no member holds.',
    ])
  })

  it('the last activity of a member of an Enterprise organization is the last use, and unknown where it is not reported', async () => {
    const { recording } = await read(variant)
    const used = recording.of('principal').map(({ externalId, lastUsedAt }) => [externalId, lastUsedAt])
    expect(used).toEqual([
      ['user_ada', Date.UTC(2026, 10, 20)],
      ['user_bo', null],
      ['user_cy', null],
      ['user_di', null],
    ])
  })

  it('the use of Claude Code is read of the last seven days, where a workspace of it exists', async () => {
    const organization = enterprise()
    organization.enterprise = null
    organization.workspaces = [
      anthropicWorkspace({
        row: { type: 'workspace', id: 'wrkspc_code', name: 'Claude Code', created_at: AT, archived_at: null },
      }),
    ]
    organization.claudeCode = {
      '2026-11-18': [code({ type: 'user_actor', email_address: 'Bo@members.example' })],
      '2026-11-22': [
        code({ type: 'user_actor', email_address: 'bo@members.example' }),
        code({ type: 'api_actor', api_key_name: 'ci' }),
      ],
      // Earlier than the last seven days.
      '2026-11-10': [code({ type: 'user_actor', email_address: 'cy@members.example' })],
    }
    const { recording, paths } = await read(variant, organization, CONSOLE_KEY)
    const used = recording.of('principal').map(({ externalId, lastUsedAt }) => [externalId, lastUsedAt])
    expect(used).toEqual([
      ['user_ada', null],
      ['user_bo', Date.UTC(2026, 10, 22)],
      ['user_cy', null],
      ['user_di', null],
    ])
    expect(paths.filter((path) => path.endsWith('/usage_report/claude_code'))).toHaveLength(7)
    expect(recording.outcome('user-activity')).toMatchObject({ state: 'complete', fetched: 3 })
  })

  it('a Console organization without a Claude Code workspace is asked for neither', async () => {
    const organization = enterprise()
    organization.enterprise = null
    organization.spendLimits = []
    const { recording, paths } = await read(variant, organization, CONSOLE_KEY)
    expect(paths.filter((path) => /claude_code|effective|analytics\/users/u.test(path))).toEqual([])
    expect(recording.outcomes.filter(({ state }) => state !== 'complete')).toEqual([])
  })

  it('activity and limits that may not be read are denied, and the members are read', async () => {
    const refused = {
      kind: 'status',
      status: 403,
      body: '{"error":{"type":"permission_error","message":"scope"}}',
    } as const
    const { recording } = await read(variant, enterprise(), ENTERPRISE_KEY, {
      rules: [
        { path: /analytics\/users/u, fault: refused },
        { path: /spend_limits\/effective/u, fault: refused },
      ],
    })
    expect(recording.outcome('user-activity').state).toBe('denied')
    expect(recording.outcome('member-spend-limits').state).toBe('denied')
    expect(recording.of('principal')).toHaveLength(4)
  })

  it('labels of a workspace and the directory of a group are details', async () => {
    const organization = hiddenAnthropic()
    const shop = organization.workspaces.find(({ row }) => row.id === 'wrkspc_shop')
    if (shop === undefined) throw new Error('the fixture has no shop')
    Object.assign(shop.row, { tags: { client: 'acme', costcentre: '17', odd: 5 } })
    const { recording } = await read(variant, organization, HIDDEN_TOKEN)
    expect(recording.of('detail')).toEqual(
      expect.arrayContaining([
        {
          type: 'detail',
          of: 'project',
          externalId: 'wrkspc_shop',
          kind: 'tags',
          value: ['client=acme', 'costcentre=17', 'odd'],
        },
        { type: 'detail', of: 'principal', externalId: 'rbac_group_ops', kind: 'provisioned', value: ['yes'] },
      ]),
    )
    expect(recording.of('detail')).toHaveLength(2)
  })
})
