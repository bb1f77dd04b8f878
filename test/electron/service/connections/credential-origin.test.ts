import { setImmediate } from 'node:timers/promises'

import { afterEach, describe, expect, it, vi } from 'vitest'

import { memoryStore, type SecretStore } from '../../../../electron/secrets/secret-store.ts'
import { getReader, makeRegister } from '../../../../electron/service/core/context.ts'
import type { Service } from '../../../../electron/service/process/open.ts'
import { CALLED_PROVIDER_IDS, type CalledProviderId } from '../../../../shared/domain/providers/providers.ts'
import type { FakeServer } from '../../../providers/http.ts'
import { computeChance } from '../../../providers/random.ts'
import { CREDENTIAL, startPlace } from '../../providers/places.ts'
import { followed, gathered } from '../fakes.ts'
import { acmeBeside, nothingSent, preview, isRequested, world } from '../remediation/world.ts'
import { refused } from '../seeded.ts'
import { newService } from '../services.ts'

const servers: FakeServer[] = []

afterEach(async () => {
  vi.unstubAllEnvs()
  for (const server of servers.splice(0)) await server.close()
})

async function placed(provider: CalledProviderId): Promise<FakeServer> {
  const server = await startPlace({ provider, variant: 'calm' })
  servers.push(server)
  return server
}

/** Everything that a server received, as text: paths, queries, headers, bodies. */
function heard({ requests }: FakeServer): string {
  return JSON.stringify(
    requests.map(({ path, search, headers, body }) => ({ path, search, headers, body, user: basicUser(headers) })),
  )
}

/** The user of basic authentication, which is sent in base64. */
function basicUser({ authorization = '' }: Readonly<Record<string, string>>): string {
  return Buffer.from(/^Basic (.+)$/u.exec(authorization)?.[1] ?? '', 'base64').toString('utf8')
}

/** A connection to one of two servers of a provider, its credential in a keychain. */
async function between(provider: CalledProviderId) {
  const secrets: SecretStore = { ...memoryStore('A keychain for this test.'), kind: 'keychain' }
  const service = await newService({ secrets })
  const { api } = service
  const [own, other] = [await placed(provider), await placed(provider)]
  await api.client.add({ name: 'Acme' })
  const credential = CREDENTIAL[provider]
  const { id } = await api.connection.add({ client: 'acme', provider, baseUrl: own.baseUrl, credential })
  return { service, api, secrets, id, own, other, credential }
}

/** As anyone with the register's key can. */
function editBaseUrl(service: Service, id: number, baseUrl: string): void {
  makeRegister(service.context).transact((writer) => {
    writer.run('UPDATE connection SET base_url = ? WHERE id = ?', [baseUrl, id])
  })
}

/**
 * Every operation that contacts the provider of a connection, except the sending of changes. Returns what it reports.
 */
const CONTACTS: Readonly<Record<string, (api: Service['api'], id: number) => Promise<string>>> = {
  'sync.start': async (api, id) => {
    const { skipped } = await api.sync.start({ connections: [id] })
    await followed(api)
    return skipped.map(({ reason }) => reason).join()
  },
  'connection.test': async (api, id) => (await refused(api.connection.test({ id }))).message,
  'usage.sync': async (api, id) => {
    const reported = await gathered(await api.usage.sync({ connections: [id] }))
    return reported.map(({ skipped }) => skipped).join()
  },
}

/** What each of them reports. */
async function reports(api: Service['api'], id: number): Promise<Readonly<Record<string, string>>> {
  const reported: Record<string, string> = {}
  for (const [operation, contact] of Object.entries(CONTACTS)) reported[operation] = await contact(api, id)
  return reported
}

/** The same words from each of them. */
function fromEach(words: RegExp): unknown {
  return Object.fromEntries(Object.keys(CONTACTS).map((operation) => [operation, expect.stringMatching(words)]))
}

describe.each(CALLED_PROVIDER_IDS)('a credential of %s', (provider) => {
  it('is removed, journaled and asked for again when the base URL gets another origin', async () => {
    const { service, api, secrets, id, own, other, credential } = await between(provider)
    const changed = await api.connection.update({ id, baseUrl: other.baseUrl })
    expect(changed).toMatchObject({ baseUrl: other.baseUrl, credential: { state: 'none', hint: null, setAt: null } })
    expect(await secrets.get(`connection-${id}`)).toBeNull()
    const rows = getReader(service.context).all<{ action: string; body: string }>(
      'SELECT action, body FROM journal ORDER BY seq DESC LIMIT 2',
    )
    expect(rows.map(({ action }) => action)).toEqual(['credential.removed', 'connection.changed'])
    expect(JSON.parse(rows[0]?.body ?? '')).toMatchObject({
      connection: id,
      givenFor: new URL(own.baseUrl).origin,
      movedTo: new URL(other.baseUrl).origin,
    })
    expect(await reports(api, id)).toEqual(fromEach(/has no credential/u))
    expect(other.requests).toEqual([])
    await api.connection.setCredential({ id, credential })
    await api.connection.test({ id })
    expect(heard(other)).toContain(credential)
  })

  it('is not sent to the address in an edited register, and the operation reports it', async () => {
    const { service, api, id, own, other, credential } = await between(provider)
    editBaseUrl(service, id, other.baseUrl)
    const said = await reports(api, id)
    const [givenFor, movedTo] = [own, other].map(({ baseUrl }) => new URL(baseUrl).origin)
    expect(said).toEqual(fromEach(new RegExp(`was given for ${givenFor} and is not sent to ${movedTo}`, 'u')))
    expect(JSON.stringify(said)).not.toContain(credential)
    expect([own.requests, other.requests]).toEqual([[], []])
    editBaseUrl(service, id, own.baseUrl)
    await api.connection.test({ id })
    expect(heard(own)).toContain(credential)
  })

  it.each([
    ['NODE_TLS_REJECT_UNAUTHORIZED', '0'],
    ['NODE_OPTIONS', '--max-http-header-size=20000 --tls-keylog=/tmp/keys'],
    ['HTTPS_PROXY', 'socks5://mara:hunter2@proxy.example'],
  ])('is sent by no operation while %s=%s, and each shows what to do', async (name, value) => {
    const { api, id, own } = await between(provider)
    vi.stubEnv(name, value)
    expect(await reports(api, id)).toEqual(fromEach(/nothing was sent/u))
    expect(own.requests).toEqual([])
  })

  it('that the register does not name is not sent, since it was set for another connection of this number', async () => {
    const { service, api, id, own, credential } = await between(provider)
    for (const hint of [null, 'sk-…zzzz']) {
      makeRegister(service.context).transact((writer) => {
        writer.run('UPDATE connection_local SET credential_hint = ? WHERE connection_id = ?', [hint, id])
      })
      expect(await reports(api, id)).toEqual(fromEach(/has no credential/u))
    }
    expect(own.requests).toEqual([])
    await api.connection.setCredential({ id, credential })
    await api.connection.test({ id })
    expect(heard(own)).toContain(credential)
  })

  it('that was kept without its origin is valid for the vendor’s address only', async () => {
    const { service, api, secrets, id, own, credential } = await between(provider)
    await secrets.set(`connection-${id}`, credential)
    expect(await CONTACTS['connection.test']?.(api, id)).toContain('is not sent to')
    expect(own.requests).toEqual([])
    expect(service.context.session().mode).toBe('write')
  })

  it('is not stored when the base URL was changed while it was being entered', async () => {
    const { api, id, own, other, secrets, credential } = await between(provider)
    await api.connection.update({ id, baseUrl: other.baseUrl })
    const said = await refused(api.connection.setCredential({ id, credential, baseUrl: own.baseUrl }))
    expect(said).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining(new URL(other.baseUrl).origin) })
    expect((await refused(api.connection.setCredential({ id, credential, baseUrl: null }))).code).toBe('CONFLICT')
    expect(await secrets.get(`connection-${id}`)).toBeNull()
    const stored = await api.connection.setCredential({ id, credential, baseUrl: `${other.baseUrl}/other` })
    expect(stored.credential.state).toBe('stored')
  })

  it('stays when only the path of the base URL changes, and is removed when the vendor’s own address is set', async () => {
    const { api, id, own, secrets } = await between(provider)
    const kept = await secrets.get(`connection-${id}`)
    const changed = await api.connection.update({ id, baseUrl: `${own.baseUrl}/other`, label: 'Main' })
    expect(changed.credential.state).toBe('stored')
    expect(await secrets.get(`connection-${id}`)).toBe(kept)
    expect((await api.connection.update({ id, baseUrl: null })).credential.state).toBe('none')
    expect(await secrets.get(`connection-${id}`)).toBeNull()
  })

  it('is not sent to an address over http that the register got by other means', async () => {
    const { service, api, id, other } = await between(provider)
    editBaseUrl(service, id, 'http://gateway.example/v1')
    expect(await reports(api, id)).toEqual(fromEach(/http:\/\/gateway\.example\/v1 of .* is not called.*https:\/\//u))
    expect((await refused(api.sync.start({ connections: [id], credential: CREDENTIAL[provider] }))).code).toBe(
      'CONFLICT',
    )
    expect((await refused(api.connection.setCredential({ id, credential: CREDENTIAL[provider] }))).code).toBe(
      'CONFLICT',
    )
    expect((await api.connection.get({ id })).baseUrl).toBe('http://gateway.example/v1')
    expect((await api.connection.update({ id, baseUrl: other.baseUrl })).credential.state).toBe('none')
  })

  it.each(['http://gateway.example/v1', 'http://10.1.2.3/v1'])(
    'is never asked for with the base URL %s, which is refused with what to write',
    async (baseUrl) => {
      const { api, id } = await between(provider)
      const said = { code: 'BAD_REQUEST', message: expect.stringMatching(/^baseUrl: .*begins with https:\/\//u) }
      await expect(api.connection.update({ id, baseUrl })).rejects.toMatchObject(said)
      await expect(api.connection.add({ client: 'acme', provider, baseUrl })).rejects.toMatchObject(said)
    },
  )
})

/** A keychain that takes a moment, a different one each time. */
function slowKeychain(seed: string): SecretStore {
  const store = memoryStore('A keychain for this test.')
  let calls = 0
  const pause = async (): Promise<void> => {
    for (let left = Math.floor(computeChance(`${seed} ${calls++}`) * 8); left > 0; left--) await setImmediate()
  }
  return {
    kind: 'keychain',
    detail: store.detail,
    get: (account) => pause().then(() => store.get(account)),
    set: (account, secret) => pause().then(() => store.set(account, secret)),
    delete: (account) => pause().then(() => store.delete(account)),
  }
}

it.each(['one', 'two', 'three', 'four', 'five'])(
  'credentials stay with their addresses when everything happens at the same time (%s)',
  async (seed) => {
    const { api } = await newService({ secrets: slowKeychain(seed) })
    await api.client.add({ name: 'Acme' })
    const { id } = await api.connection.add({ client: 'acme', provider: 'openai' })
    const sides = await Promise.all(
      [CREDENTIAL.openai, 'sk-admin-other-q7Zk2TfV9sXwB4pLm3Rd8YhN'].map(async (credential) => ({
        credential,
        server: await placed('openai'),
      })),
    )
    let moved: Promise<unknown> = Promise.resolve()
    const acts = Array.from({ length: 60 }, async (_, n) => {
      const act = Math.floor(computeChance(`${seed} act ${n}`) * 4)
      for (let left = Math.floor(computeChance(`${seed} wait ${n}`) * 60); left > 0; left--) await setImmediate()
      if (act === 0) {
        // One person: the address, then its credential.
        const side = sides[Math.floor(computeChance(`${seed} side ${n}`) * 2)]
        const baseUrl = side?.server.baseUrl ?? null
        moved = moved
          .then(() => api.connection.update({ id, baseUrl }))
          .then(() => api.connection.setCredential({ id, credential: side?.credential ?? '' }))
        await moved
      } else if (act === 1) await api.sync.start({ connections: [id] })
      else if (act === 2) await api.connection.test({ id })
      else await gathered(await api.usage.sync({ connections: [id] }))
    })
    await Promise.allSettled(acts)
    await followed(api)
    for (const { server, credential } of sides) {
      const sent = new Set(server.requests.map(({ headers }) => headers['authorization']))
      expect([...sent]).toEqual([`Bearer ${credential}`])
    }
  },
)

describe('remediations', () => {
  it.each(['openai', 'anthropic'] as const)(
    'of %s are not sent to the address in an edited register',
    async (provider) => {
      const it = await world()
      const beside = provider === 'openai' ? it : await acmeBeside(it.service)
      const row =
        provider === 'openai'
          ? await isRequested(it.service, 'member-remove', 'tomas@client-acme.example')
          : await isRequested(it.service, 'key-disable', 'orphan')
      const other = await placed(provider)
      editBaseUrl(it.service, beside.connection, other.baseUrl)
      const { token, confirm } = await preview(it.service, row)
      const said = await refused(it.api.remediation.run({ token, confirm }))
      expect(said).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('is not sent to') })
      expect(other.requests).toEqual([])
    },
  )

  it('are not sent while certificates are not checked', async () => {
    const it = await world()
    const row = await isRequested(it.service, 'member-remove', 'tomas@client-acme.example')
    const { token, confirm } = await preview(it.service, row)
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
    const said = await nothingSent(it, () => it.api.remediation.run({ token, confirm }))
    expect(said.message).toContain('NODE_TLS_REJECT_UNAUTHORIZED=0')
    expect(it.actions()).toEqual(['remediation.added'])
  })

  it('of a connection whose base URL may not be called are shown with the reason and not sent', async () => {
    const it = await world()
    const row = await isRequested(it.service, 'member-remove', 'tomas@client-acme.example')
    editBaseUrl(it.service, it.connection, 'http://gateway.example')
    const { remediations, token, confirm } = await preview(it.service, row)
    expect(remediations[0]?.obstacle).toContain('is not called')
    expect((await refused(it.api.remediation.run({ token, confirm }))).code).toBe('CONFLICT')
  })
})

it('a base URL with a look-alike host is shown in Punycode, however it came into the register', async () => {
  const { service, api, id } = await between('openai')
  const changed = await api.connection.update({ id, baseUrl: 'https://аpi.openai.com/v1' })
  expect(changed.baseUrl).toBe('https://xn--pi-6kc.openai.com/v1')
  editBaseUrl(service, id, 'https://аpi.openai.com/v2')
  expect((await api.connection.get({ id })).baseUrl).toBe('https://xn--pi-6kc.openai.com/v2')
})
