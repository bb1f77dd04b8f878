import { describe, expect, it, onTestFinished } from 'vitest'

import { makeRegister } from '../../../../electron/service/core/context.ts'
import { startFakeOpenRouter } from '../../../providers/fake-openrouter.ts'
import { TARN_CREDENTIAL, TARN_INFERENCE, tarnOpenRouter } from '../../../providers/fixtures/tarn-openrouter.ts'
import { openRouterWorkspace, type FakeOpenRouterOrganization } from '../../../providers/openrouter-organization.ts'
import { VARIANTS, type Variant } from '../../../providers/variants.ts'
import { gathered, synced } from '../fakes.ts'
import { refused } from '../seeded.ts'
import { newService } from '../services.ts'

const DAY_MS = 86_400_000

/** The management key that another admin made in place of the first one. */
const ROTATED = 'sk-or-v1-rotated-0123456789abcdef0123456789abcdef'

async function connectedTarn(variant: Variant = 'calm') {
  const now = Date.now()
  const yesterday = new Date(now - DAY_MS).toISOString().slice(0, 10)
  const organization = tarnOpenRouter()
  const use = {
    project: 'ws-prod',
    user: 'user_ben',
    model: 'openai/gpt-5.4',
    requests: 3,
    input: 900,
    cached: 0,
    output: 40,
  }
  organization.use = [
    { ...use, day: yesterday, key: 'hash-prod', milliCents: 125_000 },
    { ...use, day: yesterday, key: 'hash-deleted', milliCents: 1 },
  ]
  const server = await startFakeOpenRouter({ organizations: [organization, otherOrganization()], variant })
  onTestFinished(() => server.close())
  const { api, context } = await newService({ now: () => now })
  await api.client.add({ name: 'Tarn' })
  const { id } = await api.connection.add({
    client: 'tarn',
    provider: 'openrouter',
    baseUrl: server.baseUrl,
    access: 'read-write',
    credential: TARN_CREDENTIAL,
  })
  /** Replaces the organization's id with another, as earlier versions held it. */
  const hold = (held: string | null): void =>
    makeRegister(context).transact((writer) => {
      writer.run('UPDATE connection SET organization_id = ? WHERE id = ?', [held, id])
    })
  return { api, id, organization, yesterday, hold }
}

const OTHER_CREDENTIAL = 'sk-or-v1-other-0123456789abcdef0123456789abcdef'

/** The organization of another client, in which people of the agency are members too. */
function otherOrganization(): FakeOpenRouterOrganization {
  const { members } = tarnOpenRouter()
  const row = { id: 'ws-other', name: 'Default', slug: 'default', created_at: '2025-08-01T09:00:00Z' }
  return {
    id: 'org_other',
    credentials: [OTHER_CREDENTIAL],
    inference: [],
    members,
    workspaces: [openRouterWorkspace({ row })],
    use: [],
  }
}

it('reads an OpenRouter organization, its spending to the micro-USD, and infers when keys were last used', async () => {
  const { api, yesterday } = await connectedTarn()
  expect((await synced(api))[0]?.result).toMatchObject({ state: 'complete' })
  const lastUse = async () =>
    new Map(
      (await api.keys.list({ limit: 50 })).rows.map(({ name, lastUse: reported }) => [
        name,
        reported.state === 'known' ? reported.at : reported.state,
      ]),
    )
  expect((await lastUse()).get('prod-web')).toBe('not-reported')
  const [reported] = await gathered(await api.usage.sync({}))
  expect(reported?.reports.map(({ report, state }) => `${report} ${state}`)).toEqual([
    'cost complete',
    'completions complete',
  ])
  const { rows, total } = await api.usage.by({ by: 'key', month: yesterday.slice(0, 7), source: 'billed' })
  expect(total).toMatchObject({ cost: 1_250_010, requests: 6, input: 1800 })
  expect(rows.map(({ name, cost }) => [name, cost])).toEqual([
    ['prod-web', 1_250_000],
    [null, 10],
  ])
  expect((await lastUse()).get('prod-web')).toBe(Date.parse(yesterday))
  expect((await lastUse()).get('prod-batch')).toBe('not-reported')
})

it('distinguishes a key that only calls models from one that opens the organization, and then concludes nothing', async () => {
  const { api, id } = await connectedTarn()
  await synced(api)
  const testing = await refused(api.connection.test({ id, credential: TARN_INFERENCE }))
  expect(testing.message).toContain('calls models and does not open the organization')
  await api.connection.setCredential({ id, credential: TARN_INFERENCE })
  expect((await synced(api))[0]?.result).toMatchObject({
    state: 'failed',
    reason: expect.stringContaining('Make a management key') as string,
  })
  expect((await api.keys.list({ limit: 50 })).total).toBe(6)
})

describe.each(VARIANTS)('an organization at a %s server', (variant) => {
  it('is identified by its default workspace, and a management key that another admin made opens the same one', async () => {
    const { api, id, organization } = await connectedTarn(variant)
    await synced(api)
    organization.credentials = [ROTATED]
    organization.makers = { [ROTATED]: 'user_cy' }
    await api.connection.setCredential({ id, credential: ROTATED })
    expect((await api.connection.test({ id })).organization).toEqual({ externalId: 'ws-default', name: null })
    expect((await synced(api))[0]?.result).toMatchObject({ state: 'complete' })
    expect((await api.connection.list({}))[0]?.organizationId).toBe('ws-default')
  })

  it.each(['user_ada', 'user_left'])('held as its maker %s before is recognized by its workspaces', async (held) => {
    const { api, id, hold } = await connectedTarn(variant)
    await synced(api)
    hold(held)
    expect((await api.connection.test({ id })).organization?.externalId).toBe('ws-default')
    hold(held)
    expect((await synced(api))[0]?.result).toMatchObject({ state: 'complete' })
    expect((await api.connection.list({}))[0]?.organizationId).toBe('ws-default')
  })

  it('held without an id gets the one that is read', async () => {
    const { api, hold } = await connectedTarn(variant)
    await synced(api)
    hold(null)
    expect((await synced(api))[0]?.result).toMatchObject({ state: 'complete' })
    expect((await api.connection.list({}))[0]?.organizationId).toBe('ws-default')
  })

  it.each([null, 'user_ada'])(
    'refuses a key of another one with the same members, with %s held in place of its workspace',
    async (held) => {
      const { api, id, hold } = await connectedTarn(variant)
      await synced(api)
      if (held !== null) hold(held)
      await api.connection.setCredential({ id, credential: OTHER_CREDENTIAL })
      const testing = await refused(api.connection.test({ id }))
      expect(testing.message).toContain('ws-other')
      expect((await synced(api))[0]?.result).toMatchObject({
        state: 'failed',
        reason: expect.stringMatching(/opens the organization ws-other.+The register was not changed/u) as string,
      })
      expect((await api.keys.list({ limit: 50 })).total).toBe(6)
    },
  )
})
