import { describe, expect, it, onTestFinished } from 'vitest'

import type { Service } from '../../../../electron/service/process/open.ts'
import { startFakeLiteLlm } from '../../../providers/fake-litellm.ts'
import { startFakeOpenRouter } from '../../../providers/fake-openrouter.ts'
import { QUAY_MASTER_KEY, quayLiteLlm } from '../../../providers/fixtures/quay-litellm.ts'
import { TARN_CREDENTIAL, tarnOpenRouter } from '../../../providers/fixtures/tarn-openrouter.ts'
import { connected, synced } from '../fakes.ts'
import { newService } from '../services.ts'

type Api = Service['api']

async function world(): Promise<Api> {
  const openrouter = await startFakeOpenRouter({ organizations: [tarnOpenRouter()], variant: 'documented' })
  const litellm = await startFakeLiteLlm(quayLiteLlm(), { variant: 'documented' })
  onTestFinished(async () => {
    await Promise.all([openrouter.close(), litellm.close()])
  })
  const { api } = await newService()
  await connected(api, openrouter, { client: 'tarn', provider: 'openrouter', credential: TARN_CREDENTIAL })
  await connected(api, litellm, { client: 'quay', provider: 'litellm', credential: QUAY_MASTER_KEY })
  await synced(api)
  return api
}

async function named(api: Api, input: Parameters<Api['access']['restrictions']>[0]): Promise<readonly string[]> {
  const { rows } = await api.access.restrictions(input)
  return rows.map(({ kind, name, terms }) => `${kind} ${name}: ${terms.join('; ')}`)
}

const GUARDRAIL =
  'guardrail Production guardrail: only openai/gpt-5, anthropic/claude-5; not served by azure; $100.00 a month'

describe('access.restrictions', () => {
  it('lists what narrows a key: by name, through its user, or by everything where it is', async () => {
    const api = await world()
    const { rows: keys } = await api.keys.list({ limit: 100 })
    const of = async (name: string): Promise<readonly string[]> =>
      named(api, { key: keys.find((key) => key.name === name)?.keyId ?? 0 })
    const tarn = keys.find(({ name, client }) => name === 'prod-web' && client.slug === 'tarn')
    expect(await named(api, { key: tarn?.keyId ?? 0 })).toEqual([
      'credential Production OpenAI key: calls openai with it',
      GUARDRAIL,
    ])
    // Its maker is a member to whom the guardrail is assigned.
    expect(await of('prod-batch')).toEqual([GUARDRAIL])
    expect(await of('ci')).toEqual([])
    expect(await of('dev-bo')).toEqual(['models dev-bo: only gpt-5', 'models null: only gpt-5, claude-5'])
  })

  it('lists those that name a person or a project, and keeps to the client in scope', async () => {
    const api = await world()
    const { rows: people } = await api.people.list({ search: 'ada@tarn.example' })
    expect(await named(api, { person: people[0]?.personId ?? 0 })).toEqual([GUARDRAIL])
    const { rows: projects } = await api.projects.list({ search: 'Web' })
    expect(await named(api, { project: projects[0]?.projectId ?? 0 })).toEqual([
      'models dev-bo: only gpt-5',
      'models null: only gpt-5, claude-5',
    ])
    expect((await named(api, { client: 'quay' })).length).toBe(2)
    expect((await named(api, { client: 'tarn' })).length).toBe(3)
  })
})
