import { describe, expect, it } from 'vitest'

import { memoryStore, KeychainError, type SecretStore } from '../../../../electron/secrets/secret-store.ts'
import { REPEATING_CURSOR } from '../../../providers/faults.ts'
import { acme, connected, followed, northfold, NORTHFOLD_CREDENTIAL, synced } from '../fakes.ts'
import { refused } from '../seeded.ts'
import { newService } from '../services.ts'

const denied = { kind: 'status', status: 403, body: { error: { message: 'Missing scopes.' } } } as const

describe('starting a sync', () => {
  it('syncs every connection of the scope side by side, and each is found afterwards', async () => {
    const { api } = await newService()
    const [openai, anthropic] = [await northfold({ latencyMs: 10 }), await acme({ latencyMs: 10 })]
    const ids = [
      await connected(api, openai),
      await connected(api, anthropic, { client: 'acme', provider: 'anthropic' }),
    ]
    const began = await api.sync.start({})
    expect(new Set(began.started)).toEqual(new Set(ids))
    expect(began.skipped).toEqual([])
    const again = await api.sync.start({})
    expect(again).toEqual({
      started: [],
      skipped: began.started.map((connectionId) => ({ connectionId, reason: 'It is syncing already.', noKey: false })),
    })
    const reported = await followed(api)
    expect(reported.some((runs) => runs.filter(({ phase }) => phase === 'reading').length === 2)).toBe(true)
    const last = reported.at(-1) ?? []
    expect(last.every(({ phase, result }) => phase === 'done' && result !== null)).toBe(true)
    expect((await api.people.list({ search: 'mara@northfold.agency' })).rows).toMatchObject([
      { connections: 2, privileged: true },
    ])
    expect((await api.connection.get({ id: ids[0] ?? 0 })).organizationId).toBe('org-northfold')
    expect((await api.connection.history({ id: ids[0] ?? 0 })).map(({ state }) => state)).toEqual(['complete'])
  })

  it('of one client syncs no other', async () => {
    const { api } = await newService()
    const [openai, anthropic] = [await northfold(), await acme()]
    const id = await connected(api, openai)
    await connected(api, anthropic, { client: 'acme', provider: 'anthropic' })
    expect((await api.sync.start({ client: 'northfold' })).started).toEqual([id])
    await followed(api)
    expect(anthropic.requests).toEqual([])
  })

  it('of a connection that does not exist, or belongs to another client, is refused rather than skipped', async () => {
    const { api } = await newService()
    const id = await connected(api, await northfold())
    await api.client.add({ name: 'other' })
    expect(await refused(api.sync.start({ connections: [id, 99] }))).toMatchObject({ code: 'NOT_FOUND' })
    expect((await refused(api.sync.start({ client: 'other', connections: [id] }))).message).toContain(
      `Connection ${id} of other`,
    )
    expect((await refused(api.sync.start({ client: 'nobody' }))).code).toBe('NOT_FOUND')
    expect(await followed(api)).toEqual([[]])
  })

  it('skips what has no credential or no API, and reports it', async () => {
    const { api } = await newService()
    await api.client.add({ name: 'northfold' })
    const { id } = await api.connection.add({ client: 'northfold', provider: 'openai', label: 'Main' })
    expect(await api.sync.start({})).toEqual({
      started: [],
      skipped: [{ connectionId: id, reason: 'Main has no credential.', noKey: true }],
    })
  })

  it('with a credential for this run keeps it nowhere', async () => {
    const { api } = await newService()
    const server = await northfold()
    await api.client.add({ name: 'northfold' })
    const { id } = await api.connection.add({ client: 'northfold', provider: 'openai', baseUrl: server.baseUrl })
    await api.sync.start({ connections: [id], credential: NORTHFOLD_CREDENTIAL })
    const [run] = (await followed(api)).at(-1) ?? []
    expect(run?.result?.state).toBe('complete')
    expect((await api.connection.get({ id })).credential).toMatchObject({ state: 'none', hint: null })
    expect((await api.sync.start({ connections: [id] })).started).toEqual([])
  })

  it('with a credential requires exactly one connection, and one of the right form', async () => {
    const { api } = await newService()
    const server = await northfold()
    const ids = [await connected(api, server), await connected(api, server)]
    expect(await refused(api.sync.start({ connections: ids, credential: NORTHFOLD_CREDENTIAL }))).toMatchObject({
      code: 'INVALID',
      data: { field: 'credential' },
    })
    const said = await refused(api.sync.start({ connections: [ids[0] ?? 0], credential: 'sk-proj-0123456789abcdef' }))
    expect(said).toMatchObject({ code: 'INVALID' })
    expect(server.requests).toEqual([])
  })

  it('starts nothing when the keychain does not answer', async () => {
    const store = memoryStore('A keychain for this test.')
    let answers = true
    const secrets: SecretStore = {
      ...store,
      kind: 'keychain',
      get: (account) =>
        answers || account === 'connection-1'
          ? store.get(account)
          : Promise.reject(new KeychainError('It is locked.', 'Unlock it.')),
    }
    const { api } = await newService({ secrets })
    const server = await northfold()
    await connected(api, server)
    await connected(api, server)
    answers = false
    expect(await refused(api.sync.start({}))).toEqual({
      code: 'KEYCHAIN',
      message: 'It is locked.',
      data: { hint: 'Unlock it.' },
    })
    expect(await followed(api)).toEqual([[]])
    expect(server.requests).toEqual([])
  })
})

describe('a sync that cannot read everything', () => {
  it('is partial, reports for each source what it read and why not, and closes nothing there', async () => {
    const { api } = await newService()
    const good = await northfold()
    const id = await connected(api, good)
    await synced(api, [id])
    const before = await api.keys.list({})
    const rules = [
      { path: /admin_api_keys/u, fault: denied },
      { path: /organization\/users/u, fault: REPEATING_CURSOR },
    ]
    const worse = await northfold({ faults: { rules } })
    await api.connection.update({ id, baseUrl: worse.baseUrl })
    await api.connection.setCredential({ id, credential: NORTHFOLD_CREDENTIAL })
    const [run] = await synced(api, [id])
    expect(run?.result?.state).toBe('partial')
    const bySource = new Map(run?.result?.sources.map((source) => [source.source, source]))
    expect(bySource.get('admin-keys')).toMatchObject({ state: 'denied' })
    expect(bySource.get('admin-keys')?.reason).toMatch(/403/u)
    expect(bySource.get('users')).toMatchObject({ state: 'failed' })
    expect(bySource.get('projects')).toMatchObject({ state: 'complete', reason: null })
    expect((await api.keys.list({})).rows.map(({ externalId }) => externalId).toSorted()).toEqual(
      before.rows.map(({ externalId }) => externalId).toSorted(),
    )
    const { entries, clients } = await api.today.list({})
    expect(entries.filter(({ kind }) => kind === 'connection').map(({ says }) => says)).toEqual([
      expect.stringMatching(/was synced only in part$/u),
    ])
    expect(clients.map(({ sync: { state } }) => state)).toEqual(['partial'])
  })

  it('for settings that the credential may not read is complete, and its coverage names them as denied', async () => {
    const { api } = await newService()
    const server = await northfold({ faults: { rules: [{ path: /data_retention/u, fault: denied }] } })
    const id = await connected(api, server)
    const [run] = await synced(api, [id])
    expect(run?.result).toMatchObject({ state: 'complete', reason: null })
    const { entries } = await api.today.list({})
    expect(entries.filter(({ kind }) => kind === 'connection')).toEqual([])
    const [connection] = await api.connection.list({})
    const settings = connection?.lastSync?.sources.filter(({ source }) => source.endsWith('settings'))
    expect(settings?.map(({ state, reason }) => [state, reason?.includes('403')])).toEqual([
      ['denied', true],
      ['denied', true],
    ])
  })

  it('with a credential that was revoked fails, and leaves everything unchanged', async () => {
    const { api } = await newService()
    const id = await connected(api, await northfold())
    await synced(api, [id])
    const before = await api.people.list({})
    await api.connection.setCredential({ id, credential: 'sk-admin-revoked-0123456789' })
    const [run] = await synced(api, [id])
    expect(run?.result).toMatchObject({ state: 'failed' })
    expect(run?.result?.reason).toContain('401')
    expect(JSON.stringify(run)).not.toContain('revoked-0123456789')
    expect((await api.people.list({})).rows).toEqual(before.rows)
    const shown = await api.connection.get({ id })
    expect([shown.lastSync?.state, shown.lastAttempt?.state]).toEqual(['complete', 'failed'])
  })
})

describe('cancelling a sync', () => {
  it('concludes nothing, is recorded, and the next one reads everything', async () => {
    const { api } = await newService()
    const server = await northfold({ latencyMs: 50 })
    const id = await connected(api, server)
    await api.sync.start({ connections: [id] })
    expect(await api.sync.cancel({ connectionId: id })).toEqual({ cancelled: true })
    const [run] = (await followed(api)).at(-1) ?? []
    expect(run).toMatchObject({ phase: 'done', result: { state: 'cancelled' } })
    expect((await api.people.list({})).total).toBe(0)
    expect(await api.sync.cancel({ connectionId: id })).toEqual({ cancelled: false })
    expect((await synced(api, [id]))[0]?.result?.state).toBe('complete')
    expect((await api.connection.history({ id })).map(({ state }) => state)).toEqual(['complete', 'cancelled'])
  })

  it('happens when the connection is removed while it syncs', async () => {
    const { api } = await newService()
    const id = await connected(api, await northfold({ latencyMs: 50 }))
    await api.sync.start({ connections: [id] })
    await api.connection.remove({ id })
    const [run] = (await followed(api)).at(-1) ?? []
    expect(run?.result?.state).toBe('cancelled')
    expect((await api.keys.list({})).total).toBe(0)
  })

  it('happens when the service is closed, which waits for it, even where a provider never answers', async () => {
    const service = await newService()
    const server = await northfold({ faults: { rules: [{ path: /users/u, fault: { kind: 'hang' } }] } })
    const id = await connected(service.api, server)
    await service.api.sync.start({ connections: [id] })
    const { profile, register } = service.context.session()
    await service.close()
    expect(() => register?.reader.value('SELECT 1')).toThrow(/not open/u)
    const { api } = await newService({ profile })
    expect((await api.connection.history({ id })).map(({ state }) => state)).toEqual(['cancelled'])
  })
})
