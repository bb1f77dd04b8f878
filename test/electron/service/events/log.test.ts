import { describe, expect, it, onTestFinished } from 'vitest'

import type { Service } from '../../../../electron/service/process/open.ts'
import { makeRegister } from '../../../../electron/service/core/context.ts'
import { byKey, byUser, type FakeEvent } from '../../../providers/audit-log.ts'
import { startFakeAnthropic } from '../../../providers/fake-anthropic.ts'
import { startFakeOpenAi } from '../../../providers/fake-openai.ts'
import { ACME_CREDENTIAL, acmeAnthropic } from '../../../providers/fixtures/acme-anthropic.ts'
import { northfoldOpenAi } from '../../../providers/fixtures/northfold-openai.ts'
import type { FakeOptions, FakeServer } from '../../../providers/http.ts'
import { connected, synced } from '../fakes.ts'
import { newService } from '../services.ts'

const HOUR = 3_600_000
const NOW = Date.UTC(2026, 10, 24, 12)

interface World {
  readonly api: Service['api']
  readonly organization: ReturnType<typeof northfoldOpenAi>
  readonly server: FakeServer
  readonly read: <T>(sql: string) => readonly T[]
  /** Lets time pass, and syncs. */
  readonly syncAfter: (hours: number) => Promise<{ state: string | undefined; reason: string | null | undefined }>
}

const event = (id: string, hoursAgo: number, more: Record<string, unknown> = {}): FakeEvent => ({
  id,
  effective_at: (NOW - hoursAgo * HOUR) / 1000,
  type: 'api_key.created',
  actor: byUser('user-ada', 'Ada@Northfold.example'),
  'api_key.created': { id: `key_${id}`, data: { scopes: ['all'] } },
  ...more,
})

async function world(events: FakeEvent[] | null, options: FakeOptions = {}): Promise<World> {
  const organization = northfoldOpenAi()
  organization.auditLog = events
  const server = await startFakeOpenAi({ organizations: [organization], ...options })
  onTestFinished(() => server.close())
  let now = NOW
  const service = await newService({ now: () => now })
  const { api, context } = service
  await connected(api, server)
  return {
    api,
    organization,
    server,
    read: (sql) => makeRegister(context).reader.all(sql),
    syncAfter: async (hours) => {
      now += hours * HOUR
      const [ended] = await synced(api)
      const source = ended?.result?.sources.find((one) => one.source === 'audit-log')
      return { state: source?.state, reason: source?.reason }
    },
  }
}

const IDS = 'SELECT external_id AS id FROM event ORDER BY at, external_id'

describe('the audit log of a provider', () => {
  it('is read at each sync from where the last one ended, and each event is stored once', async () => {
    const { organization, read, syncAfter, server } = await world([event('one', 30), event('two', 3)])
    expect(await syncAfter(0)).toEqual({ state: 'complete', reason: null })
    expect(read(IDS)).toEqual([{ id: 'one' }, { id: 'two' }])
    // The third appears late: it happened before the last sync.
    organization.auditLog = [event('one', 30), event('late', 1), event('two', 3), event('next', -20)]
    const before = server.requests.length
    expect(await syncAfter(24)).toEqual({ state: 'complete', reason: null })
    expect(read(IDS)).toEqual([{ id: 'one' }, { id: 'two' }, { id: 'late' }, { id: 'next' }])
    const asked = server.requests.slice(before).filter(({ path }) => path.endsWith('/audit_logs'))
    expect(asked.map(({ query }) => Number(query.get('effective_at[gte]')))).toEqual([(NOW - 6 * HOUR) / 1000])
  })

  it('is kept as columns: who, what, where and the new values, and nothing that looks like a secret', async () => {
    const { read, syncAfter } = await world([
      event('made', 2, {
        project: { id: 'proj_web', name: 'Web' },
        'api_key.created': { id: 'key_1', data: { scopes: ['sk-proj-abcdefghijklmnop'], value: 'sk-proj-secret' } },
      }),
      event('owner', 1, {
        type: 'user.updated',
        actor: byKey('key_admin'),
        project: { id: 'proj_default', name: 'Default' },
        'user.updated': { id: 'user-bo', changes_requested: { role: 'owner' } },
      }),
      event('strange', 1, { type: 'moon.landed', 'moon.landed': { id: 'moon_1', secret: 'sk-live-1' } }),
    ])
    await syncAfter(0)
    const rows = read<Record<string, unknown>>('SELECT * FROM event ORDER BY id')
    expect(JSON.stringify(rows)).not.toMatch(/sk-(?:proj|live)-/u)
    expect(new Map(rows.map((row) => [row['external_id'], row]))).toEqual(
      new Map([
        [
          'made',
          expect.objectContaining({
            act: 'created',
            subject: 'key',
            subject_x: 'key_1',
            project_x: 'proj_web',
            actor: 'user',
            actor_x: 'user-ada',
            actor_email: 'ada@northfold.example',
            actor_address: '192.0.2.34',
            detail: '{"scopes":["sk-…"]}',
          }),
        ],
        [
          'owner',
          expect.objectContaining({
            act: 'changed',
            subject: 'user',
            subject_x: 'user-bo',
            // OpenAI records under the default project what an admin key did.
            project_x: null,
            role_raw: 'owner',
            level: 'owner',
            actor: 'key',
            actor_x: 'key_admin',
          }),
        ],
        ['strange', expect.objectContaining({ act: 'other', subject: 'other', detail: '{}' })],
      ]),
    )
  })

  /** 250 events, of which the second page cannot be read the first time. */
  async function interrupted(): Promise<World> {
    const events = Array.from({ length: 250 }, (_, n) => event(`e${String(n).padStart(3, '0')}`, 2 + n / 100))
    const rule = { path: /audit_logs.*after=e/u, times: 1, fault: { kind: 'malformed' } } as const
    const made = await world(events, { faults: { rules: [rule] } })
    expect((await made.syncAfter(0)).state).toBe('failed')
    expect(made.read(IDS).length).toBe(100)
    expect(made.read('SELECT position FROM event_span WHERE position IS NOT NULL')).toEqual([{ position: 'e099' }])
    return made
  }

  it('is continued where a page failed, and the source of that sync has failed', async () => {
    const { read, syncAfter, server } = await interrupted()
    const before = server.requests.length
    expect((await syncAfter(1)).state).toBe('complete')
    expect(server.requests.slice(before).some(({ search }) => search.includes('after=e099'))).toBe(true)
    expect(read(IDS).length).toBe(250)
    expect(read('SELECT * FROM event_span')).toEqual([])
  })

  it('is read as a whole again where the provider no longer knows the place at which a reading stopped', async () => {
    const { organization, read, syncAfter } = await interrupted()
    if (Array.isArray(organization.auditLog))
      organization.auditLog = organization.auditLog.filter(({ id }) => id !== 'e099')
    expect((await syncAfter(1)).state).toBe('complete')
    expect(read(IDS).length).toBe(250)
  })

  it('that is off is not concluded from, and does not make the sync incomplete', async () => {
    const { api, read, syncAfter } = await world(null)
    const { state, reason } = await syncAfter(0)
    expect(state).toBe('unavailable')
    expect(reason).toMatch(/off, or the credential may not read it\. Nothing is concluded/u)
    const [connection] = await api.connection.list({})
    expect(connection?.lastSync?.state).toBe('complete')
    expect(read(IDS)).toEqual([])
    // What was not read is still to be read.
    expect(read('SELECT count(*) AS n FROM event_span')).not.toEqual([{ n: 0 }])
  })

  it('without any event may be off, and nothing is concluded from it', async () => {
    const { syncAfter } = await world([])
    const { state, reason } = await syncAfter(0)
    expect(state).toBe('unavailable')
    expect(reason).toMatch(/has no event in its audit log/u)
  })

  it('has a gap where the provider no longer keeps the last event that is stored', async () => {
    const { organization, read, syncAfter } = await world([event('one', 30), event('two', 3)])
    await syncAfter(0)
    organization.auditLog = [event('later', -500)]
    expect((await syncAfter(600)).state).toBe('complete')
    expect(read('SELECT from_at AS "from", to_at AS "to" FROM event_gap')).toEqual([
      { from: NOW - 3 * HOUR, to: NOW + 500 * HOUR },
    ])
    // It is found once.
    await syncAfter(1)
    expect(read('SELECT count(*) AS n FROM event_gap')).toEqual([{ n: 1 }])
  })

  it('has no gap where nothing happened for so long that the provider dropped the last event', async () => {
    const { organization, read, syncAfter } = await world([event('one', 200)])
    await syncAfter(0)
    organization.auditLog = []
    for (const hours of [24, 24, 24]) expect((await syncAfter(hours)).state).toBe('complete')
    expect(read('SELECT * FROM event_gap')).toEqual([])
  })

  it('has a gap between two readings that are further apart than the provider keeps events', async () => {
    const { organization, read, syncAfter } = await world([event('one', 30)])
    await syncAfter(0)
    organization.auditLog = []
    await syncAfter(400)
    await syncAfter(400)
    expect(read('SELECT from_at AS "from", to_at AS "to" FROM event_gap')).toEqual([
      { from: NOW - 6 * HOUR, to: NOW + 370 * HOUR },
      { from: NOW + 394 * HOUR, to: NOW + 770 * HOUR },
    ])
  })

  it('is read on after the clock was set back', async () => {
    const { read, syncAfter, server } = await world([event('one', 30)])
    await syncAfter(48)
    const before = server.requests.length
    await syncAfter(-48)
    const asked = server.requests.slice(before).filter(({ path }) => path.endsWith('/audit_logs'))
    for (const { query } of asked)
      expect(Number(query.get('effective_at[gte]'))).toBeLessThanOrEqual(Number(query.get('effective_at[lte]')))
    expect(read(IDS)).toEqual([{ id: 'one' }])
  })

  it('of another organization is not stored', async () => {
    const { organization, read, syncAfter } = await world([event('one', 30)])
    await syncAfter(0)
    organization.projects = organization.projects.map((project, n) => ({
      ...project,
      row: { ...project.row, id: `proj_foreign_${n}` },
    }))
    organization.roles = []
    organization.auditLog = [event('foreign', -1)]
    await syncAfter(2)
    expect(read(IDS)).toEqual([{ id: 'one' }])
  })
})

describe('the activity feed of Anthropic', () => {
  async function feed(
    activities: ReturnType<typeof acmeAnthropic>['activities'],
    options: FakeOptions = {},
  ): Promise<World> {
    const organization = acmeAnthropic()
    organization.activities = activities
    const server = await startFakeAnthropic({ organizations: [organization], ...options })
    onTestFinished(() => server.close())
    const { api, context } = await newService({ now: () => NOW })
    await connected(api, server, { client: 'acme', provider: 'anthropic', credential: ACME_CREDENTIAL })
    return {
      api,
      organization: organization as never,
      server,
      read: (sql) => makeRegister(context).reader.all(sql),
      syncAfter: async () => {
        const [ended] = await synced(api)
        const source = ended?.result?.sources.find((one) => one.source === 'audit-log')
        return { state: source?.state, reason: source?.reason }
      },
    }
  }

  const activity = (id: string, type: string, more: Record<string, unknown> = {}) => ({
    id,
    type,
    created_at: new Date(NOW - HOUR).toISOString(),
    actor: { type: 'user_actor', user_id: 'user_ada', email_address: 'ada@acme.example', user_agent: 'Mozilla/5.0' },
    ...more,
  })

  it('is stored without what people write and read', async () => {
    const { read, syncAfter } = await feed([
      activity('a1', 'platform_api_key_created', { api_key_id: 'apikey_1' }),
      activity('a2', 'claude_chat_created', { claude_chat_id: 'chat_1' }),
      activity('a3', 'compliance_api_accessed', { url: 'https://api.anthropic.com/v1/compliance/activities' }),
      activity('a4', 'platform_workspace_member_added', { workspace_id: 'wrkspc_1', user_id: 'user_bo' }),
      activity('a5', 'claude_user_role_updated', { user_id: 'user_bo', previous_role: 'user', current_role: 'admin' }),
      activity('a6', 'org_sso_toggled', { enabled: false }),
      activity('a7', 'platform_workspace_members_listed', { workspace_id: 'wrkspc_1' }),
    ])
    expect(await syncAfter(0)).toEqual({ state: 'complete', reason: null })
    expect(
      read(
        'SELECT external_id AS id, subject, act, subject_x AS x, project_x AS project, level FROM event ORDER BY external_id',
      ),
    ).toEqual([
      { id: 'a1', subject: 'key', act: 'created', x: 'apikey_1', project: null, level: null },
      { id: 'a4', subject: 'grant', act: 'created', x: 'user_bo', project: 'wrkspc_1', level: null },
      { id: 'a5', subject: 'grant', act: 'changed', x: 'user_bo', project: null, level: 'admin' },
      { id: 'a6', subject: 'sign-on', act: 'disabled', x: null, project: null, level: null },
    ])
  })

  it('is not stored where it is not known whose it is: a key may see those of other organizations', async () => {
    const rule = { path: /organizations\/me/u, fault: { kind: 'malformed' } } as const
    const made = activity('a1', 'platform_api_key_created', { api_key_id: 'apikey_1' })
    const { read, syncAfter } = await feed([made], { faults: { rules: [rule] } })
    expect(await syncAfter(0)).toMatchObject({
      state: 'unavailable',
      reason: expect.stringMatching(/builds on what could not be read.*Organization/u) as string,
    })
    expect(read(IDS)).toEqual([])
  })

  it('that its settings report as off is not concluded from', async () => {
    const { syncAfter } = await feed(null)
    const { state, reason } = await syncAfter(0)
    expect(state).toBe('unavailable')
    expect(reason).toMatch(/^Anthropic’s activity feed is off/u)
  })
})
