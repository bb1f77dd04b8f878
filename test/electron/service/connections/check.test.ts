import { describe, expect, it } from 'vitest'

import { getReader } from '../../../../electron/service/core/context.ts'
import { connected, northfold, NORTHFOLD_CREDENTIAL, synced } from '../fakes.ts'
import { refused } from '../seeded.ts'
import { newService } from '../services.ts'

const WRONG = 'sk-admin-0123456789abcdefWXYZ'

async function withClient() {
  const service = await newService()
  await service.api.client.add({ name: 'Northfold' })
  return service
}

describe('a connection that is not added yet', () => {
  it('is checked at its own address, and nothing is stored', async () => {
    const server = await northfold()
    const { api, context } = await withClient()
    const rows = getReader(context).value('SELECT count(*) FROM journal')
    const asked = { client: 'northfold', provider: 'openai', baseUrl: server.baseUrl } as const
    const checked = await api.connection.check({ ...asked, credential: NORTHFOLD_CREDENTIAL })
    expect(checked).toMatchObject({ organization: { externalId: 'org-northfold' }, fault: null })
    expect(checked.capabilities.some(({ state }) => state === 'readable')).toBe(true)
    expect(await api.connection.list({})).toEqual([])
    expect(getReader(context).value('SELECT count(*) FROM journal')).toBe(rows)
  })

  it('with a wrong key costs one request, and the reason names the kind of failure without the secret', async () => {
    const server = await northfold()
    const { api } = await withClient()
    const asked = { client: 'northfold', provider: 'openai', baseUrl: server.baseUrl } as const
    const said = await refused(api.connection.check({ ...asked, credential: WRONG }))
    expect(said).toMatchObject({ code: 'PROVIDER', data: { fault: 'refused' } })
    expect(JSON.stringify(said)).not.toContain('0123456789')
    expect(server.requests).toHaveLength(1)
  })

  it('at a dead address is reported as not reached', async () => {
    const server = await northfold()
    await server.close()
    const { api } = await withClient()
    const asked = { client: 'northfold', provider: 'openai', baseUrl: server.baseUrl } as const
    const said = await refused(api.connection.check({ ...asked, credential: NORTHFOLD_CREDENTIAL }))
    expect(said).toMatchObject({ code: 'PROVIDER', data: { fault: 'unreachable' } })
    expect(said.message).toContain('ECONNREFUSED')
  })

  it('with a key that may not read some lists names them, and the kind of failure', async () => {
    const fault = { kind: 'status', status: 403, body: { error: { message: 'Missing scopes.' } } } as const
    const server = await northfold({ faults: { rules: [{ path: /admin_api_keys/u, fault }] } })
    const { api } = await withClient()
    const asked = { client: 'northfold', provider: 'openai', baseUrl: server.baseUrl } as const
    const checked = await api.connection.check({ ...asked, credential: NORTHFOLD_CREDENTIAL })
    expect(checked.fault).toBe('permission')
    expect(checked.capabilities.filter(({ state }) => state === 'denied').map(({ source }) => source)).toEqual([
      'admin-keys',
    ])
  })
})

describe('a sync that fails', () => {
  it('with a wrong key costs one request, keeps the reason and its kind, and marks the key as refused', async () => {
    const server = await northfold()
    const { api } = await newService()
    const id = await connected(api, server, { credential: WRONG })
    const [run] = await synced(api, [id])
    expect(run?.result).toMatchObject({ state: 'failed', fault: 'refused' })
    expect(run?.result?.reason).toContain('401')
    expect(server.requests).toHaveLength(1)
    expect(await api.connection.get({ id })).toMatchObject({
      credential: { check: 'refused' },
      lastAttempt: { fault: 'refused' },
    })
  })

  it('at a dead provider keeps one reason, and a later success removes it', async () => {
    const server = await northfold()
    const { api } = await newService()
    const id = await connected(api, server)
    const { port } = new URL(server.baseUrl)
    await server.close()
    const [dead] = await synced(api, [id])
    expect(dead?.result).toMatchObject({ state: 'failed', fault: 'unreachable' })
    expect(dead?.result?.reason).toContain('ECONNREFUSED')
    expect((await api.connection.get({ id })).credential.check).toBe('unreachable')
    await northfold({ port: Number(port) })
    await synced(api, [id])
    expect(await api.connection.get({ id })).toMatchObject({
      credential: { check: 'ok' },
      lastAttempt: { state: 'complete', fault: null, reason: null },
    })
  })

  it('in all its lists for one cause has that as its one reason', async () => {
    const fault = { kind: 'status', status: 403, body: { error: { message: 'Missing scopes.' } } } as const
    const server = await northfold({ faults: { rules: [{ path: /./u, fault }] } })
    const { api } = await newService()
    const id = await connected(api, server)
    const [run] = await synced(api, [id])
    expect(run?.result).toMatchObject({ state: 'failed', fault: 'permission' })
    expect(run?.result?.reason).toMatch(/^The credential may not read .*\. Use a credential that may\.$/u)
  })

  it('in part names the kind of failure', async () => {
    const fault = { kind: 'status', status: 403, body: { error: { message: 'Missing scopes.' } } } as const
    const server = await northfold({ faults: { rules: [{ path: /admin_api_keys/u, fault }] } })
    const { api } = await newService()
    const id = await connected(api, server)
    const [run] = await synced(api, [id])
    expect(run?.result).toMatchObject({ state: 'partial', fault: 'permission', reason: null })
  })

  it('with a key that is given for this run alone shows nothing about the stored one', async () => {
    const server = await northfold()
    const { api } = await newService()
    const id = await connected(api, server)
    await api.sync.start({ connections: [id], credential: WRONG })
    for await (const _ of await api.sync.watch({}));
    expect((await api.connection.get({ id })).credential.check).toBeNull()
  })
})
