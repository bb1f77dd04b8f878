import { expect, it, onTestFinished } from 'vitest'

import { startFakeOpenRouter } from '../../../providers/fake-openrouter.ts'
import { TARN_CREDENTIAL, TARN_INFERENCE, tarnOpenRouter } from '../../../providers/fixtures/tarn-openrouter.ts'
import { gathered, synced } from '../fakes.ts'
import { refused } from '../seeded.ts'
import { newService } from '../services.ts'

const DAY_MS = 86_400_000

async function connectedTarn() {
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
  const server = await startFakeOpenRouter({ organizations: [organization] })
  onTestFinished(() => server.close())
  const { api } = await newService({ now: () => now })
  await api.client.add({ name: 'Tarn' })
  const { id } = await api.connection.add({
    client: 'tarn',
    provider: 'openrouter',
    baseUrl: server.baseUrl,
    access: 'read-write',
    credential: TARN_CREDENTIAL,
  })
  return { api, id, organization, yesterday }
}

it('reads an OpenRouter organization, its spending to the micro-USD, and infers when keys were last used', async () => {
  const { api, yesterday } = await connectedTarn()
  expect((await synced(api))[0]?.result).toMatchObject({ state: 'complete' })
  const lastUse = async () =>
    new Map(
      (await api.keys.list({ limit: 50 })).rows.map(({ name, lastUse: told }) => [
        name,
        told.state === 'known' ? told.at : told.state,
      ]),
    )
  expect((await lastUse()).get('prod-web')).toBe('not-reported')
  const [told] = await gathered(await api.usage.sync({}))
  expect(told?.reports.map(({ report, state }) => `${report} ${state}`)).toEqual([
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

it('tells a key that only calls models from one that opens the organization, and then concludes nothing', async () => {
  const { api, id } = await connectedTarn()
  await synced(api)
  const testing = await refused(api.connection.test({ id, credential: TARN_INFERENCE }))
  expect(testing.message).toContain('calls models and does not open the organization')
  await api.connection.setCredential({ id, credential: TARN_INFERENCE })
  expect((await synced(api))[0]?.result).toMatchObject({
    state: 'failed',
    reason: expect.stringContaining('Make a management key') as string,
  })
  expect((await api.keys.list({ limit: 50 })).total).toBe(4)
})

it('refuses to mix two organizations in one connection', async () => {
  const { api, organization } = await connectedTarn()
  await synced(api)
  organization.id = 'org_other'
  expect((await synced(api))[0]?.result).toMatchObject({
    state: 'failed',
    reason: expect.stringContaining('org_other') as string,
  })
})
