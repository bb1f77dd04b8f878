import { describe, expect, it, onTestFinished } from 'vitest'

import { makeRegister } from '../../../../electron/service/core/context.ts'
import { eventIds } from '../../../../electron/register/events/list.ts'
import type { Params, Reader } from '../../../../electron/register/db/handles.ts'
import { byKey, byUser, type FakeEvent } from '../../../providers/audit-log.ts'
import { startFakeOpenAi } from '../../../providers/fake-openai.ts'
import { HIDDEN_CREDENTIAL, hiddenOpenAi } from '../../../providers/fixtures/hidden-openai.ts'
import { northfoldOpenAi } from '../../../providers/fixtures/northfold-openai.ts'
import { acme, connected, synced } from '../fakes.ts'
import { newService } from '../services.ts'

const HOUR = 3_600_000
const NOW = Date.UTC(2026, 10, 24, 12)

const event = (id: string, hoursAgo: number, more: Record<string, unknown>): FakeEvent =>
  ({ id, effective_at: (NOW - hoursAgo * HOUR) / 1000, ...more }) as unknown as FakeEvent

const MARA = byUser('user-a1', 'mara@northfold.example')

const EVENTS: FakeEvent[] = [
  event('e1', 30, { type: 'api_key.created', actor: MARA, 'api_key.created': { id: 'key_p1', data: {} } }),
  event('e2', 20, {
    type: 'user.updated',
    actor: byKey('key_adm'),
    'user.updated': { id: 'user-b2', changes_requested: { role: 'owner' } },
  }),
  event('e3', 10, {
    type: 'role.assignment.created',
    actor: MARA,
    'role.assignment.created': {
      id: 'a1',
      principal_id: 'user-c3',
      resource_id: 'proj_acme',
      resource_type: 'api.project',
    },
  }),
  event('e4', 5, { type: 'api_key.deleted', actor: MARA, 'api_key.deleted': { id: 'key_never_seen' } }),
]

async function world() {
  const organization = northfoldOpenAi()
  organization.auditLog = EVENTS
  const server = await startFakeOpenAi({ organizations: [organization] })
  onTestFinished(() => server.close())
  const service = await newService({ now: () => NOW })
  const { api } = service
  await connected(api, server)
  await connected(api, await acme(), { client: 'acme', provider: 'anthropic' })
  await synced(api)
  return { api, reader: makeRegister(service.context).reader }
}

describe('events.list', () => {
  it('names who did what by what the register knows, newest first', async () => {
    const { api } = await world()
    const { rows, total } = await api.events.list({ client: 'northfold' })
    expect(total).toBe(4)
    expect(
      rows.map(({ externalId, subject, actor, project }) => [externalId, subject.name, actor.name, project?.name]),
    ).toEqual([
      ['e4', null, 'Mara Lindqvist', undefined],
      ['e3', expect.any(String), 'Mara Lindqvist', expect.any(String)],
      ['e2', 'Tomas Okafor', expect.any(String), undefined],
      ['e1', expect.any(String), 'Mara Lindqvist', undefined],
    ])
  })

  it('is narrowed to a subject, an actor, a time and one thing of the register', async () => {
    const { api } = await world()
    const ids = async (asked: Parameters<typeof api.events.list>[0]): Promise<readonly string[]> =>
      (await api.events.list({ client: 'northfold', ...asked })).rows.map(({ externalId }) => externalId)
    expect(await ids({ subject: 'key' })).toEqual(['e4', 'e1'])
    expect(await ids({ subject: ['grant', 'user'], act: 'changed' })).toEqual(['e2'])
    expect(await ids({ actor: 'mara' })).toEqual(['e4', 'e3', 'e1'])
    expect(await ids({ actor: 'Lindqvist' })).toEqual(['e4', 'e3', 'e1'])
    expect(await ids({ search: 'never_seen' })).toEqual(['e4'])
    expect(await ids({ since: NOW - 20 * HOUR, until: NOW - 5 * HOUR })).toEqual(['e3', 'e2'])
    const all = await api.events.list({ client: 'northfold' })
    const made = all.rows.find(({ externalId }) => externalId === 'e1')
    expect(made?.subject.keyId).toBeGreaterThan(0)
    expect(await ids({ keyId: made?.subject.keyId ?? 0 })).toEqual(['e1'])
    const given = all.rows.find(({ externalId }) => externalId === 'e2')
    expect(await ids({ personId: given?.subject.personId ?? 0 })).toEqual(['e2'])
    const placed = all.rows.find(({ externalId }) => externalId === 'e3')
    expect(await ids({ project: placed?.project?.id ?? 0 })).toEqual(['e3'])
  })

  it('keeps to the client in scope', async () => {
    const { api } = await world()
    const { rows } = await api.events.list({ client: 'acme' })
    expect(rows.map(({ externalId }) => externalId)).toEqual(['activity_signed_in'])
  })

  it('finds the events of a key by an index, whatever the length of the log', async () => {
    const { reader } = await world()
    const plans: string[] = []
    const explained: Reader = {
      ...reader,
      column: <T>(sql: string, params?: Params) => {
        plans.push(
          ...reader.all<{ readonly detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, params).map(({ detail }) => detail),
        )
        return reader.column<T>(sql, params)
      },
    }
    eventIds(explained, { keyId: 1 })
    expect(plans.join('\n')).toContain('event_of_subject (connection_id=? AND subject_x=?)')
    plans.length = 0
    eventIds(explained, { connection: 1, since: 0 })
    expect(plans.join('\n')).toContain('event_by_time (connection_id=?')
  })
})

describe('changes.list', () => {
  it('names who made a change, by an event between the sync that found it and the one before', async () => {
    const organization = northfoldOpenAi()
    organization.auditLog = [...EVENTS]
    const server = await startFakeOpenAi({ organizations: [organization] })
    onTestFinished(() => server.close())
    let now = NOW
    const { api } = await newService({ now: () => now })
    await connected(api, server)
    await synced(api)
    const user = organization.users.find((row) => (row as { id: string }).id === 'user-c3') as { role: string }
    user.role = 'owner'
    now += HOUR
    organization.auditLog = [
      ...EVENTS,
      event('e5', -0.5, {
        type: 'user.updated',
        actor: MARA,
        'user.updated': { id: 'user-c3', changes_requested: { role: 'owner' } },
      }),
    ]
    await synced(api)
    const { rows } = await api.changes.list({ since: { sync: 1 } })
    const raised = rows.filter(({ kind }) => kind === 'access-raised' || kind === 'access-gained')
    expect(raised.length).toBeGreaterThan(0)
    expect(new Set(raised.map(({ madeBy }) => madeBy?.name))).toEqual(new Set(['Mara Lindqvist']))
    expect(raised[0]?.madeBy?.at).toBe(NOW + HOUR / 2)
  })
})

describe('who set a limit, changed a certificate or made a federation rule', () => {
  it('is named in Changes, beside the limit and in the events of the rule or certificate, by the provider’s own log', async () => {
    const organization = hiddenOpenAi()
    const [place] = organization.projects
    if (place === undefined) throw new Error('the organization has no project')
    const at = (minutes: number): number => NOW / 1000 + minutes * 60
    const limit = (rate: number) => ({
      id: 'rl-gpt-5.4',
      object: 'project.rate_limit',
      model: 'gpt-5.4',
      max_requests_per_1_minute: rate,
      max_tokens_per_1_minute: 200,
    })
    place.rateLimits = [limit(500)]
    const server = await startFakeOpenAi({ organizations: [organization] })
    onTestFinished(() => server.close())
    let now = NOW
    const { api } = await newService({ now: () => now })
    await connected(api, server, { credential: HIDDEN_CREDENTIAL })
    await synced(api)
    place.rateLimits = [limit(900)]
    place.certificates = []
    const shop = { id: 'proj_shop', name: 'Shop' }
    const changed = (id: string, when: number, user: string, fields: object, project: unknown = shop): FakeEvent => ({
      id,
      effective_at: at(when),
      type: 'rate_limit.updated',
      project,
      actor: byUser(`user-${user}`, `${user}@hidden.example`),
      'rate_limit.updated': { id: 'rl-gpt-5.4', changes_requested: fields },
    })
    organization.auditLog = [
      changed('mine', 10, 'ada', { max_requests_per_1_minute: 900 }),
      changed('of another limiter', 20, 'bo', { max_tokens_per_1_minute: 200 }),
      changed('of another project', 30, 'cy', { max_requests_per_1_minute: 7 }, { id: 'proj_else', name: 'Else' }),
      {
        id: 'off',
        effective_at: at(15),
        type: 'certificates.deactivated',
        project: shop,
        actor: byUser('user-dora', 'dora@hidden.example'),
        'certificates.deactivated': {
          certificates: [
            { id: 'cert_other', name: 'other' },
            { id: 'cert_gateway', name: 'gateway' },
          ],
        },
      },
    ]
    now += HOUR
    await synced(api)
    const { rows } = await api.changes.list({ since: { sync: 1 }, kinds: ['limit-changed', 'certificate-removed'] })
    expect(rows.map(({ kind, before, after, madeBy }) => [kind, before, after, madeBy?.name])).toEqual([
      ['limit-changed', '500', '900', 'ada@hidden.example'],
      ['certificate-removed', expect.stringMatching(/^active, expires on /u), null, 'dora@hidden.example'],
    ])
    const rates = await api.budgets.rates({ search: 'gpt-5.4' })
    expect(rates.rows.map(({ metric, amount, setBy }) => [metric, amount, setBy?.name])).toEqual([
      ['requests_per_minute', 900, 'ada@hidden.example'],
      ['tokens_per_minute', 200, undefined],
    ])
    const [certificate] = (await api.access.certificates({})).rows
    const about = await api.events.list({ certificateId: certificate?.certificateId ?? 0 })
    expect(about.rows.map(({ externalId }) => externalId)).toEqual(['off'])
  })
})

describe('events.logs', () => {
  it('shows how far the log of each connection is read', async () => {
    const { api } = await world()
    const logs = await api.events.logs({})
    expect(
      logs.map(({ client, state, from, to, unread, gaps }) => [client.slug, state, from, to, unread, gaps]),
    ).toEqual([
      ['acme', 'complete', NOW - 90 * 24 * HOUR, NOW, [], []],
      ['northfold', 'complete', NOW - 90 * 24 * HOUR, NOW, [], []],
    ])
  })
})
