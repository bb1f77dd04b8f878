import { createHash } from 'node:crypto'

import { afterEach, describe, expect, it } from 'vitest'

import { auditReading } from '../../../../electron/providers/litellm/normalise/audit.ts'
import { startFakeLiteLlm, type Row } from '../../../providers/fake-litellm.ts'
import { QUAY_MASTER_KEY, quayLiteLlm } from '../../../providers/fixtures/quay-litellm.ts'
import type { FakeServer } from '../../../providers/http.ts'
import { connected, synced } from '../../service/fakes.ts'
import { newService } from '../../service/services.ts'

let server: FakeServer | undefined

afterEach(async () => server?.close())

const SECRET = ['sk', 'Tm90QVJlYWxLZXkx0123456'].join('-')
const HASH = createHash('sha256').update(SECRET).digest('hex')

const event = (more: Row): Row => ({
  id: 'audit-1',
  updated_at: '2026-11-20T08:09:10.5Z',
  changed_by: 'u-ada',
  changed_by_api_key: 'hash-ada',
  table_name: 'LiteLLM_VerificationToken',
  action: 'created',
  object_id: 'hash-new',
  before_value: null,
  updated_values: {},
  ...more,
})

describe('an event of the audit log of a LiteLLM proxy', () => {
  it.each([
    [{}, 'key', 'created', 'hash-new'],
    [{ action: 'rotated' }, 'key', 'changed', 'hash-new'],
    [{ action: 'blocked' }, 'key', 'disabled', 'hash-new'],
    [{ action: 'deleted', table_name: 'LiteLLM_TeamTable', object_id: 't-web' }, 'project', 'removed', 't-web'],
    [{ action: 'updated', table_name: 'LiteLLM_UserTable', object_id: 'u-bo' }, 'user', 'changed', 'u-bo'],
    [{ table_name: 'LiteLLM_OrganizationTable', object_id: 'o-north' }, 'organization', 'created', 'o-north'],
    [{ table_name: 'LiteLLM_ProxyModelTable', object_id: 'm-1' }, 'other', 'created', 'm-1'],
    [{ action: 'archived', table_name: 'LiteLLM_OfALaterProxy' }, 'other', 'other', 'hash-new'],
  ] as const)('with %j is about %s, %s', (more, kind, act, externalId) => {
    expect(auditReading(event(more)).event).toMatchObject({ act, subject: { kind, externalId } })
  })

  it.each([
    ['u-ada', 'user', 'u-ada', null],
    ['ops@quay.example', 'user', 'ops@quay.example', 'ops@quay.example'],
    ['default_user_id', 'admin-key', null, null],
    ['system', 'provider', null, null],
    ['', 'key', 'hash-ada', null],
  ])('changed by %j is by %s', (by, kind, externalId, email) => {
    expect(auditReading(event({ changed_by: by })).event?.actor).toMatchObject({ kind, externalId, email })
  })

  it('has name, team, role and level of its values, as objects or as JSON in JSON', () => {
    const values = { user_email: 'bo@quay.example', user_role: 'proxy_admin', team_id: 't-web', max_budget: 10 }
    for (const updated of [values, JSON.stringify(values), JSON.stringify(JSON.stringify(values))]) {
      const of = event({ table_name: 'LiteLLM_UserTable', object_id: 'u-bo', updated_values: updated })
      expect(auditReading(of).event).toMatchObject({
        type: 'LiteLLM_UserTable.created',
        subject: { name: 'bo@quay.example' },
        project: 't-web',
        role: 'proxy_admin',
        level: 'owner',
        detail: { max_budget: 10 },
      })
    }
  })

  it('keeps no secret: neither of the values, nor where a proxy recorded it in the place of its hash', () => {
    const values = { key: SECRET, token: SECRET, token_id: SECRET, key_alias: `copy of ${SECRET}`, models: [SECRET] }
    const all = [
      event({ object_id: SECRET, changed_by: '', changed_by_api_key: SECRET, updated_values: values }),
      event({ object_id: SECRET, updated_values: JSON.stringify(values), before_value: JSON.stringify(values) }),
    ].map((row) => auditReading(row))
    expect(JSON.stringify(all)).not.toContain(SECRET.slice(5))
    expect(all[0]?.event?.subject.externalId).toBe(HASH)
    expect(all[0]?.event?.actor.externalId).toBe(HASH)
  })

  it('is left out without an id or a time, with the reason', () => {
    expect(auditReading(event({ id: '' }))).toMatchObject({ id: null, event: null })
    expect(auditReading(event({ updated_at: 'yesterday' }))).toMatchObject({ id: 'audit-1', event: null })
    expect(auditReading('nothing')).toMatchObject({ id: null, event: null })
  })
})

it('is read page by page into the provider log of a connection, without the secrets that the proxy recorded', async () => {
  const audit = Array.from({ length: 230 }, (_, n) =>
    event({
      id: `audit-${n}`,
      updated_at: new Date(Date.UTC(2026, 10, 20, 8, n)).toISOString(),
      object_id: 'hash-prod',
      updated_values: { key: SECRET, key_alias: `prod-${n}` },
    }),
  )
  server = await startFakeLiteLlm({ ...quayLiteLlm(), audit }, { variant: 'live' })
  const { api } = await newService({ now: () => Date.UTC(2026, 10, 24, 12) })
  await connected(api, server, { client: 'quay', provider: 'litellm', credential: QUAY_MASTER_KEY })
  await synced(api)
  const { rows, total } = await api.events.list({ limit: 500 })
  expect([rows.length, total]).toEqual([230, 230])
  expect(JSON.stringify(rows)).not.toContain(SECRET.slice(5))
})

it('is stated as off or not offered where the proxy has no licence for it', async () => {
  server = await startFakeLiteLlm(quayLiteLlm(), { variant: 'live' })
  const { api } = await newService({ now: () => Date.UTC(2026, 10, 24, 12) })
  await connected(api, server, { client: 'quay', provider: 'litellm', credential: QUAY_MASTER_KEY })
  const [ended] = await synced(api)
  const log = ended?.sources.find(({ source }) => source === 'audit-log')
  expect([ended?.result?.state, log?.state]).toEqual(['complete', 'unavailable'])
})
