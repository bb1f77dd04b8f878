import { describe, expect, it } from 'vitest'

import { byKey } from '../../../providers/audit-log.ts'
import { startFakeOpenAi } from '../../../providers/fake-openai.ts'
import type { Fault } from '../../../providers/faults.ts'
import { followed, NORTHFOLD_CREDENTIAL, synced } from '../fakes.ts'
import { newProfile, newService } from '../services.ts'
import { acmeBeside, nothingSent, now, preview, sent, isRequested, world, type World } from './world.ts'

const TOMAS = 'tomas@client-acme.example'
const EX = 'ex-contractor@freelance.example'
const INVITED = 'new.dev@client-acme.example'

describe('a change', () => {
  it('is sent as it was previewed, journaled before and after, and verified by the sync that follows', async () => {
    const { service, api, server, writes, actions, connection } = await world()
    const row = await isRequested(service, 'member-remove', TOMAS)
    expect(row).toMatchObject({ state: 'waiting', says: `Remove ${TOMAS} from the organization.`, shown: null })
    const seen = await preview(service, row)
    expect(seen.remediations).toMatchObject([
      {
        calls: [{ method: 'DELETE', url: `${server.baseUrl}/organization/users/user-b2`, body: null }],
        byHand: null,
        obstacle: null,
        impact: { subject: { kind: 'principal' } },
      },
    ])
    expect(seen.confirm).toBe(TOMAS)
    expect(writes()).toEqual([])
    const { rows, stopped, syncing } = await api.remediation.run({ token: seen.token, confirm: ` ${TOMAS} ` })
    expect(rows).toMatchObject([{ state: 'done', outcome: 'OpenAI reports that it was deleted.' }])
    expect({ stopped, syncing }).toEqual({ stopped: null, syncing: [connection] })
    expect(writes()).toEqual(['DELETE /v1/organization/users/user-b2'])
    expect(actions()).toEqual(['remediation.added', 'remediation.sending', 'remediation.done'])
    await followed(api)
    expect(await now(service, row)).toMatchObject({ state: 'done', shown: true })
    expect((await api.access.list({ search: TOMAS })).rows).toEqual([])
  })

  it('is confirmed by the record of the provider itself, where its log has it', async () => {
    const { service, api, organization } = await world()
    const row = await isRequested(service, 'member-remove', TOMAS)
    const seen = await preview(service, row)
    await api.remediation.run({ token: seen.token, confirm: TOMAS })
    await followed(api)
    expect(await now(service, row)).toMatchObject({ state: 'done', shown: true, recorded: null })
    const at = Math.floor(service.context.now() / 1000)
    organization.auditLog = [
      {
        id: 'audit_log-1',
        effective_at: at,
        type: 'user.deleted',
        actor: byKey('key_adm'),
        'user.deleted': { id: 'user-b2' },
      },
    ]
    await synced(api)
    const { recorded } = await now(service, row)
    expect(recorded).toEqual({ at: at * 1000, by: expect.stringContaining('owner@example.com') })
  })

  it('records in the journal what was sent, by whom, and its origin', async () => {
    const { service, connection, server } = await world()
    await service.api.settings.set({ operator: 'Mara' })
    const row = await isRequested(service, 'member-remove', TOMAS)
    await sent(service, row)
    const entry = service.context
      .session()
      .register?.reader.get<{ operator: string; client: string; subject: string; body: string }>(
        `SELECT operator, client, subject, body FROM journal WHERE action = 'remediation.sending'`,
      )
    expect(entry).toMatchObject({ operator: 'Mara', client: 'northfold', subject: TOMAS })
    expect(JSON.parse(entry?.body ?? '')).toMatchObject({
      remediation: row.remediationId,
      origin: row.origin,
      request: { method: 'DELETE', url: `${server.baseUrl}/organization/users/user-b2`, body: null },
    })
    expect(connection).toBeGreaterThan(0)
  })

  it('changes data at Anthropic too', async () => {
    const { service } = await world()
    const { server } = await acmeBeside(service)
    const row = await isRequested(service, 'key-disable', 'orphan')
    expect(await sent(service, row)).toMatchObject({ stopped: null, rows: [{ state: 'done' }] })
    expect(server.requests.filter(({ method }) => method !== 'GET')).toMatchObject([
      { method: 'POST', path: '/v1/organizations/api_keys/apikey_01D', body: '{"status":"inactive"}' },
    ])
    await followed(service.api)
    expect(await now(service, row)).toMatchObject({ shown: true })
  })

  it('of money is set in cents and read back as requested', async () => {
    const { service, organization, api } = await world()
    const row = await isRequested(service, 'limit-set', 'northfold on OpenAI', { amountMicros: 1_234_560_000 })
    expect(row.says).toContain('$1,234.56')
    await sent(service, row)
    expect(organization.spendLimit).toMatchObject({ threshold_amount: 123_456 })
    await followed(api)
    expect(await now(service, row)).toMatchObject({ shown: true })
  })

  it('alerts the owners unless others are named', async () => {
    const { service, organization } = await world()
    const row = await isRequested(service, 'alert-set', 'northfold on OpenAI', { amountMicros: 10_000 })
    expect(row.values.recipients).toEqual(['mara@northfold.agency'])
    await sent(service, row)
    expect(organization.spendAlerts).toMatchObject([
      { threshold_amount: 1, notification_channel: { recipients: ['mara@northfold.agency'] } },
    ])
  })
})

describe('nothing is sent', () => {
  it('on a connection that is read-only, as every new one is', async () => {
    const it = await world({ access: 'read-only' })
    const row = await isRequested(it.service, 'member-remove', TOMAS)
    const { token, confirm, remediations } = await preview(it.service, row)
    expect(remediations[0]?.obstacle).toMatch(/is read-only/u)
    const error = await nothingSent(it, () => it.api.remediation.run({ token, confirm }))
    expect(error.message).toMatch(/read-only/u)
    expect(await now(it.service, row)).toMatchObject({ state: 'waiting' })
    expect(it.actions()).toEqual(['remediation.added'])
  })

  it('without a credential', async () => {
    const it = await world()
    await it.api.connection.removeCredential({ id: it.connection })
    const row = await isRequested(it.service, 'member-remove', TOMAS)
    const { token, confirm, remediations } = await preview(it.service, row)
    expect(remediations[0]?.obstacle).toMatch(/no credential/u)
    const error = await nothingSent(it, () => it.api.remediation.run({ token, confirm }))
    expect(error.message).toMatch(/no credential/u)
  })

  it('for another word than the one to type; the right one still works', async () => {
    const it = await world()
    const row = await isRequested(it.service, 'member-remove', TOMAS)
    const { token, confirm } = await preview(it.service, row)
    for (const word of ['', 'yes', confirm.toUpperCase(), `${confirm}x`]) {
      const error = await nothingSent(it, () => it.api.remediation.run({ token, confirm: word }))
      expect(error.message).toContain(confirm)
    }
    expect(await it.api.remediation.run({ token, confirm })).toMatchObject({ stopped: null })
  })

  it('of a preview that is older than ten minutes', async () => {
    const it = await world()
    const row = await isRequested(it.service, 'member-remove', TOMAS)
    const { token, confirm } = await preview(it.service, row)
    it.clock.now += 10 * 60_000 + 1
    const error = await nothingSent(it, () => it.api.remediation.run({ token, confirm }))
    expect(error.message).toMatch(/ten minutes/u)
  })

  it.each(['', 'x', 'mn.1.00ff.', `1.1.${'0'.repeat(60)}.${'A'.repeat(43)}`])(
    'for an invalid token: %s',
    async (token) => {
      const it = await world()
      await isRequested(it.service, 'member-remove', TOMAS)
      const error = await nothingSent(it, () => it.api.remediation.run({ token, confirm: TOMAS }))
      expect(error.message).toMatch(/token|preview/u)
    },
  )

  it('for a token that was changed to name another item, or made later', async () => {
    const it = await world()
    const row = await isRequested(it.service, 'member-remove', TOMAS)
    const other = await isRequested(it.service, 'member-remove', EX)
    const { token } = await preview(it.service, row)
    const [at = '', , ...more] = token.split('.')
    for (const forged of [
      [at, String(other.remediationId), ...more].join('.'),
      [(Number.parseInt(at, 36) - 1).toString(36), String(row.remediationId), ...more].join('.'),
    ]) {
      for (const confirm of [TOMAS, EX]) {
        const error = await nothingSent(it, () => it.api.remediation.run({ token: forged, confirm }))
        expect(error.message).toMatch(/token|Changed/u)
      }
    }
  })

  it('while the connection is being synced', async () => {
    const it = await world({ latencyMs: 20 })
    const row = await isRequested(it.service, 'member-remove', TOMAS)
    const { token, confirm } = await preview(it.service, row)
    await it.api.sync.start({ connections: [it.connection] })
    const error = await nothingSent(it, () => it.api.remediation.run({ token, confirm }))
    expect(error.message).toMatch(/being synced/u)
    await followed(it.api)
  })

  it('that would remove the key that Castellan itself uses', async () => {
    const it = await world()
    const row = await isRequested(it.service, 'key-delete', 'castellan read')
    const { remediations } = await preview(it.service, row)
    expect(remediations[0]?.obstacle).toMatch(/Castellan itself/u)
  })
})

async function three(it: World) {
  return [
    await isRequested(it.service, 'member-remove', TOMAS),
    await isRequested(it.service, 'invite-delete', INVITED),
    await isRequested(it.service, 'member-remove', EX),
  ] as const
}

const SURPRISES: readonly (readonly [what: string, fault: Fault, state: string])[] = [
  ['403', { kind: 'status', status: 403 }, 'failed'],
  ['429', { kind: 'status', status: 429, headers: { 'retry-after': '0' } }, 'failed'],
  ['500', { kind: 'status', status: 500 }, 'unsure'],
  ['a connection that breaks before the answer', { kind: 'drop' }, 'unsure'],
  ['a connection that breaks in the answer', { kind: 'cut' }, 'unsure'],
  ['the page of a proxy', { kind: 'html' }, 'unsure'],
]

describe('several changes', () => {
  it('are sent in order, and their number has to be typed', async () => {
    const it = await world()
    const rows = await three(it)
    const { token, confirm } = await preview(it.service, ...rows)
    expect(confirm).toBe('REMOVE 3')
    expect(await it.api.remediation.run({ token, confirm })).toMatchObject({
      stopped: null,
      rows: rows.map(({ remediationId }) => ({ remediationId, state: 'done' })),
    })
    expect(it.writes()).toEqual([
      'DELETE /v1/organization/users/user-b2',
      'DELETE /v1/organization/invites/invite-01',
      'DELETE /v1/organization/users/user-c3',
    ])
  })

  it.each(SURPRISES)('stop at the first unexpected response and report what was done: %s', async (_, fault, state) => {
    const it = await world()
    const rows = await three(it)
    it.rules.push({ path: /invites/u, method: 'DELETE', fault })
    const report = await sent(it.service, ...rows)
    expect(report.rows.map((row) => row.state)).toEqual(['done', state, 'waiting'])
    expect(report.stopped).toMatch(/^Delete the invite .* 1 before it is done\. 1 after it was not sent\.$/u)
    expect(report.syncing).toEqual([it.connection])
    expect(it.writes()).toHaveLength(2)
    expect(it.actions().slice(-4)).toEqual([
      'remediation.sending',
      'remediation.done',
      'remediation.sending',
      `remediation.${state}`,
    ])
    await followed(it.api)
    // Nothing is sent automatically afterwards, and the rest is previewed again.
    expect(it.writes()).toHaveLength(2)
    it.rules.splice(0)
    expect(await sent(it.service, rows[2])).toMatchObject({ stopped: null })
  })

  it('are not sent while one of them cannot be', async () => {
    const it = await world()
    const own = await isRequested(it.service, 'key-delete', 'castellan read')
    const other = await isRequested(it.service, 'member-remove', TOMAS)
    const { token, confirm } = await preview(it.service, other, own)
    const error = await nothingSent(it, () => it.api.remediation.run({ token, confirm }))
    expect(error.message).toMatch(/^Delete the key castellan read\./u)
  })

  it('stop before one that was cancelled while the others were sent', async () => {
    const it = await world({ latencyMs: 50 })
    const rows = await three(it)
    const { token, confirm } = await preview(it.service, ...rows)
    const running = it.api.remediation.run({ token, confirm })
    while (it.writes().length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    await it.api.remediation.withdraw({ remediationId: rows[1].remediationId })
    const report = await running
    expect(report.rows.map((row) => row.state)).toEqual(['done', 'withdrawn', 'waiting'])
    expect(report.stopped).toMatch(/changed since the preview and was not sent/u)
    expect(it.writes()).toHaveLength(1)
  })
})

/** Another address, with the credential given for it. */
async function movedTo({ api, connection: id }: World, baseUrl: string): Promise<void> {
  await api.connection.update({ id, baseUrl })
  await api.connection.setCredential({ id, credential: NORTHFOLD_CREDENTIAL })
}

/** An address where nothing listens. */
async function nobodyThere(): Promise<string> {
  const server = await startFakeOpenAi({ organizations: [] })
  await server.close()
  return server.baseUrl
}

describe('closing', () => {
  it('waits for the answer to the running request, and sends nothing more of the list', async () => {
    const profile = newProfile()
    const it = await world({ latencyMs: 50, profile })
    const rows = await three(it)
    const { token, confirm } = await preview(it.service, ...rows)
    const running = it.api.remediation.run({ token, confirm }).catch(() => null)
    while (it.writes().length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    await it.service.close()
    await running
    expect(it.writes()).toHaveLength(1)
    const service = await newService({ profile, mode: 'read' })
    const states = await Promise.all(rows.map(async (row) => (await now(service, row)).state))
    expect(states).toEqual(['done', 'waiting', 'waiting'])
  })
})

describe('a sync', () => {
  it('waits until a list has been sent, so that it does not see half of it', async () => {
    const it = await world({ latencyMs: 50 })
    const rows = await three(it)
    const { token, confirm } = await preview(it.service, ...rows)
    const running = it.api.remediation.run({ token, confirm })
    while (it.writes().length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    expect(await it.api.sync.start({})).toMatchObject({
      started: [],
      skipped: [
        {
          connectionId: it.connection,
          reason: expect.stringMatching(/Changes are being sent/u) as string,
          noKey: false,
        },
      ],
    })
    expect(await running).toMatchObject({ stopped: null, syncing: [it.connection] })
    await followed(it.api)
    expect(await it.api.sync.start({})).toMatchObject({ started: [it.connection] })
    await followed(it.api)
  })
})

describe('without a network', () => {
  it('a change waits, is previewed again, and is never sent automatically', async () => {
    const it = await world()
    const row = await isRequested(it.service, 'member-remove', TOMAS)
    const { token, confirm } = await preview(it.service, row)
    await movedTo(it, await nobodyThere())
    const away = await sent(it.service, row)
    expect(away).toMatchObject({ syncing: [], rows: [{ state: 'waiting', endedAt: null }] })
    expect(away.stopped).toMatch(/Nothing was sent/u)
    expect(it.actions()).toEqual(['remediation.added', 'remediation.sending', 'remediation.unsent'])
    await movedTo(it, it.server.baseUrl)
    const error = await nothingSent(it, () => it.api.remediation.run({ token, confirm }))
    expect(error.message).toMatch(/the item of the list/u)
    await synced(it.api)
    expect(it.writes()).toEqual([])
    expect(await sent(it.service, row)).toMatchObject({ stopped: null, rows: [{ state: 'done' }] })
  })
})
