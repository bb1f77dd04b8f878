import { describe, expect, it } from 'vitest'

import { memoryStore, KeychainError, type SecretStore } from '../../../../electron/secrets/secret-store.ts'
import { getReader } from '../../../../electron/service/core/context.ts'
import { northfoldOpenAi } from '../../../providers/fixtures/northfold-openai.ts'
import { acme, ACME_CREDENTIAL, connected, northfold, NORTHFOLD_CREDENTIAL, synced } from '../fakes.ts'
import { refused } from '../seeded.ts'
import { newService } from '../services.ts'
import { startFakeOpenAi } from '../../../providers/fake-openai.ts'

const SECRET = 'sk-admin-0123456789abcdefWXYZ'

/** A credential for OpenAI's own address, as the keychain holds it. */
function kept(secret: string): string {
  return JSON.stringify({ secret, origin: 'https://api.openai.com' })
}

function keychain(): SecretStore {
  return { ...memoryStore('A keychain for this test.'), kind: 'keychain' }
}

/** A keychain that keeps the register's key, and is locked when a credential comes. */
function lockedKeychain(): SecretStore {
  const store = memoryStore('A keychain for this test.')
  const set: SecretStore['set'] = (account, secret) =>
    account.startsWith('connection-')
      ? Promise.reject(new KeychainError('The keychain is locked.', 'Unlock it.'))
      : store.set(account, secret)
  return { ...store, kind: 'keychain', set }
}

async function withClient(secrets?: SecretStore) {
  const service = await newService(secrets ? { secrets } : {})
  await service.api.client.add({ name: 'Acme' })
  return { service, api: service.api }
}

describe('a connection', () => {
  it('belongs to a client, is named after client and provider by default, and is read-only by default', async () => {
    const { api } = await withClient()
    const added = await api.connection.add({ client: 'acme', provider: 'openai' })
    expect(added).toMatchObject({
      client: { slug: 'acme' },
      label: 'Acme on OpenAI',
      baseUrl: null,
      access: 'read-only',
      credential: { state: 'none', hint: null, setAt: null, check: null, testedAt: null, capabilities: [] },
      lastSync: null,
      lastAttempt: null,
    })
    const changed = await api.connection.update({
      id: added.id,
      label: 'Main',
      access: 'read-write',
      baseUrl: 'https://proxy.example/v1',
    })
    expect(changed).toMatchObject({ label: 'Main', access: 'read-write', baseUrl: 'https://proxy.example/v1' })
    expect(await api.connection.update({ id: added.id, baseUrl: null })).toMatchObject({ label: 'Main', baseUrl: null })
    expect(await api.connection.get({ id: added.id })).toEqual(await api.connection.update({ id: added.id }))
    expect((await api.connection.list({ client: 'acme' })).map(({ id }) => id)).toEqual([added.id])
  })

  const noAddress = {
    code: 'BAD_REQUEST',
    message: expect.stringMatching(/^baseUrl: A base URL contains no user, password, query or fragment\./u) as string,
  }

  it.each([
    // A password is refused as in every other text, before the address is read as one.
    ['https://user:pass@proxy.example', { code: 'INVALID', data: { field: 'baseUrl' } }],
    ['https://user@proxy.example', noAddress],
    ['https://proxy.example/?key=hush', noAddress],
    ['https://proxy.example/#hush', noAddress],
  ])('accepts no base URL that could contain a secret: %s', async (baseUrl, said) => {
    const { service, api } = await withClient()
    await expect(api.connection.add({ client: 'acme', provider: 'openai', baseUrl })).rejects.toMatchObject(said)
    const { id } = await api.connection.add({ client: 'acme', provider: 'openai' })
    await expect(api.connection.update({ id, baseUrl })).rejects.toMatchObject(said)
    expect(JSON.stringify(getReader(service.context).all('SELECT subject, body FROM journal'))).not.toMatch(
      /pass|hush/u,
    )
  })

  it.each(['ftp://x.example', 'x.example', 'javascript:alert(1)'])(
    'accepts no base URL of another kind: %s',
    async (baseUrl) => {
      const { api } = await withClient()
      await expect(api.connection.add({ client: 'acme', provider: 'openai', baseUrl })).rejects.toMatchObject({
        code: 'BAD_REQUEST',
      })
    },
  )

  it('is not found by a number that does not exist, nor for a client that does not exist', async () => {
    const { api } = await withClient()
    expect((await refused(api.connection.add({ client: 'nobody', provider: 'openai' }))).code).toBe('NOT_FOUND')
    expect((await refused(api.connection.list({ client: 'nobody' }))).code).toBe('NOT_FOUND')
    for (const ask of [
      () => api.connection.get({ id: 9 }),
      () => api.connection.update({ id: 9, label: 'x' }),
      () => api.connection.setCredential({ id: 9, credential: SECRET }),
      () => api.connection.removeCredential({ id: 9 }),
      () => api.connection.test({ id: 9 }),
      () => api.connection.remove({ id: 9 }),
      () => api.connection.history({ id: 9 }),
    ]) {
      expect((await refused(ask())).code).toBe('NOT_FOUND')
    }
  })

  it('that is removed is in no list, its credential is deleted, and its history stays in the register', async () => {
    const secrets = keychain()
    const { service, api } = await withClient(secrets)
    const server = await northfold()
    const id = await connected(api, server)
    await synced(api, [id])
    expect((await api.keys.list({})).total).toBeGreaterThan(0)
    await api.connection.remove({ id })
    expect(await secrets.get(`connection-${id}`)).toBeNull()
    expect(await api.connection.list({})).toEqual([])
    for (const total of [
      (await api.keys.list({})).total,
      (await api.people.list({})).total,
      (await api.projects.list({})).total,
      (await api.access.list({})).total,
      (await api.search.find({ query: 'Acme chatbot' })).rows.length,
    ]) {
      expect(total).toBe(0)
    }
    expect(getReader(service.context).value('SELECT count(*) FROM key_version')).toBeGreaterThan(0)
    const next = await connected(api, server)
    expect(next).not.toBe(id)
  })
})

describe('a credential', () => {
  it('is kept by the store, shown only by its ending, replaced and removed', async () => {
    const secrets = keychain()
    const { api } = await withClient(secrets)
    const { id } = await api.connection.add({ client: 'acme', provider: 'openai', credential: ` ${SECRET}\n` })
    expect(await secrets.get(`connection-${id}`)).toBe(kept(SECRET))
    expect((await api.connection.get({ id })).credential).toMatchObject({ state: 'stored', hint: 'sk-admin-…WXYZ' })
    await api.connection.setCredential({ id, credential: `${SECRET}1234` })
    expect(await secrets.get(`connection-${id}`)).toBe(kept(`${SECRET}1234`))
    expect((await api.connection.get({ id })).credential).toMatchObject({ state: 'stored', hint: 'sk-admin-…1234' })
    const removed = await api.connection.removeCredential({ id })
    expect(removed.credential).toEqual({
      state: 'none',
      hint: null,
      setAt: null,
      check: null,
      testedAt: null,
      capabilities: [],
    })
    expect(await secrets.get(`connection-${id}`)).toBeNull()
  })

  it('is reported as kept for the session where no keychain keeps it', async () => {
    const { api } = await withClient()
    const { id } = await api.connection.add({ client: 'acme', provider: 'openai', credential: SECRET })
    expect((await api.connection.get({ id })).credential.state).toBe('session')
    expect((await api.app.info()).notices.map(({ kind }) => kind)).toContain('no-keychain')
  })

  it.each([
    ['sk-proj-0123456789abcdefWXYZ', 'project key'],
    ['sk-ant-admin01-0123456789abcdef', 'Anthropic'],
    [' ', 'empty'],
  ])('of the wrong form is refused with the reason, and nothing is stored for it: %j', async (credential, reason) => {
    const secrets = keychain()
    const { api } = await withClient(secrets)
    const said = await refused(api.connection.add({ client: 'acme', provider: 'openai', credential }))
    expect(said).toMatchObject({ code: 'INVALID', data: { field: 'credential' } })
    expect(said.message).toContain(reason)
    expect(JSON.stringify(said)).not.toContain('WXYZ')
    expect(await api.connection.list({})).toEqual([])
    const { id } = await api.connection.add({ client: 'acme', provider: 'openai' })
    expect((await refused(api.connection.setCredential({ id, credential }))).code).toBe('INVALID')
    expect(await secrets.get(`connection-${id}`)).toBeNull()
  })

  it('that the keychain rejects leaves no trace', async () => {
    const { service, api } = await withClient(lockedKeychain())
    const { id } = await api.connection.add({ client: 'acme', provider: 'openai' })
    const said = await refused(api.connection.setCredential({ id, credential: SECRET }))
    expect(said).toEqual({ code: 'KEYCHAIN', message: 'The keychain is locked.', data: { hint: 'Unlock it.' } })
    expect((await api.connection.get({ id })).credential).toMatchObject({ state: 'none', hint: null })
    const reported = getReader(service.context).column("SELECT action FROM journal WHERE action LIKE 'credential.%'")
    expect(reported).toEqual([])
  })

  it('is journaled by its ending, before and after', async () => {
    const { service, api } = await withClient(keychain())
    const { id } = await api.connection.add({ client: 'acme', provider: 'openai', credential: SECRET })
    await api.connection.setCredential({ id, credential: `${SECRET}1234` })
    await api.connection.removeCredential({ id })
    const rows = getReader(service.context).all<{ action: string; body: string }>(
      "SELECT action, body FROM journal WHERE action LIKE 'credential.%' ORDER BY seq",
    )
    expect(rows.map(({ action, body }) => [action, JSON.parse(body)])).toMatchObject([
      ['credential.set', { before: null, hint: 'sk-admin-…WXYZ', kept: 'keychain' }],
      ['credential.replaced', { before: 'sk-admin-…WXYZ', hint: 'sk-admin-…1234' }],
      ['credential.removed', { hint: 'sk-admin-…1234' }],
    ])
  })
})

describe('testing a credential', () => {
  it('names what it can and cannot read, and remembers it', async () => {
    const fault = { kind: 'status', status: 403, body: { error: { message: 'Missing scopes.' } } } as const
    const server = await northfold({ faults: { rules: [{ path: /admin_api_keys/u, fault }] } })
    const { api } = await newService()
    const id = await connected(api, server)
    const report = await api.connection.test({ id })
    expect(report.organization).toEqual({ externalId: 'org-northfold', name: null })
    expect(report.capabilities.filter(({ state }) => state !== 'readable')).toMatchObject([
      { source: 'admin-keys', state: 'denied' },
      { source: 'project-group-roles', state: 'unavailable' },
      { source: 'project-user-roles', state: 'unavailable' },
    ])
    const shown = await api.connection.get({ id })
    expect(shown).toMatchObject({ organizationId: 'org-northfold', credential: { capabilities: report.capabilities } })
    expect(shown.credential.testedAt).not.toBeNull()
    const replaced = await api.connection.setCredential({ id, credential: SECRET })
    expect(replaced.credential).toMatchObject({ testedAt: null, capabilities: [] })
  })

  it('that is only tested leaves the state of the stored one', async () => {
    const server = await acme()
    const { api } = await newService()
    const id = await connected(api, server, { provider: 'anthropic' })
    const before = await api.connection.get({ id })
    expect((await api.connection.test({ id, credential: ACME_CREDENTIAL })).organization?.externalId).toBe('org_01Nf')
    expect(await api.connection.get({ id })).toEqual(before)
  })

  it('that the provider refuses is reported, without the secret', async () => {
    const { api } = await newService()
    const id = await connected(api, await northfold(), { credential: SECRET })
    const said = await refused(api.connection.test({ id }))
    expect(said).toMatchObject({ code: 'PROVIDER', data: { fault: 'refused' } })
    expect(said.message).toContain('401')
    expect((await api.connection.get({ id })).credential).toMatchObject({
      check: 'refused',
      testedAt: expect.any(Number) as number,
    })
    expect(JSON.stringify(said)).not.toContain('0123456789')
  })

  it('behind a proxy that answers for the provider is reported once, as a wrong address', async () => {
    const server = await northfold({ faults: { rules: [{ path: /./u, fault: { kind: 'html' } }] } })
    const { api } = await newService()
    const id = await connected(api, server)
    const said = await refused(api.connection.test({ id }))
    expect(said).toMatchObject({ code: 'PROVIDER', data: { fault: 'address' } })
    expect(said.message).toMatch(/^Nothing can be read\. OpenAI sent an answer that cannot be used/u)
    expect((await api.connection.get({ id })).credential).toMatchObject({ check: 'unreachable' })
  })

  it('without a credential reports what is missing', async () => {
    const { api } = await withClient()
    const { id } = await api.connection.add({ client: 'acme', provider: 'openai' })
    expect(await refused(api.connection.test({ id }))).toMatchObject({
      code: 'CONFLICT',
      message: 'Acme on OpenAI has no credential.',
    })
  })
})

describe('a credential of another organization', () => {
  async function other() {
    const organization = {
      ...northfoldOpenAi(),
      id: 'org-other',
      credentials: [SECRET],
      users: [],
      projects: [],
      adminKeys: [],
      invites: [],
    }
    organization.roles = northfoldOpenAi().roles.map(
      (role) => JSON.parse(JSON.stringify(role).replaceAll('org-northfold', 'org-other')) as unknown,
    )
    return startFakeOpenAi({ organizations: [northfoldOpenAi(), organization] })
  }

  it('removes nothing from the connection, and is named when it is tested', async () => {
    const server = await other()
    try {
      const { api } = await newService()
      const id = await connected(api, server, { credential: NORTHFOLD_CREDENTIAL })
      await synced(api, [id])
      const before = await api.keys.list({})
      await api.connection.setCredential({ id, credential: SECRET })
      const said = await refused(api.connection.test({ id }))
      expect(said).toMatchObject({ code: 'CONFLICT' })
      expect(said.message).toMatch(/org-other.*org-northfold/u)
      const [run] = await synced(api, [id])
      expect(run?.result).toMatchObject({ state: 'failed' })
      expect(run?.result?.reason).toMatch(/org-other.*org-northfold/u)
      expect((await api.keys.list({})).rows).toEqual(before.rows)
      expect(await api.connection.get({ id })).toMatchObject({
        organizationId: 'org-northfold',
        lastSync: { state: 'complete' },
        lastAttempt: { state: 'failed' },
      })
    } finally {
      await server.close()
    }
  })
})
