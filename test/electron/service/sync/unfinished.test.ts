import { afterEach, describe, expect, it } from 'vitest'

import { startFakeAnthropic } from '../../../providers/fake-anthropic.ts'
import { startFakeOpenAi } from '../../../providers/fake-openai.ts'
import { startFakeOpenRouter } from '../../../providers/fake-openrouter.ts'
import type { FaultRule } from '../../../providers/faults.ts'
import { ACME_CREDENTIAL, acmeAnthropic } from '../../../providers/fixtures/acme-anthropic.ts'
import { STRANGE_CREDENTIAL, strangeOpenAi } from '../../../providers/fixtures/strange-openai.ts'
import { TARN_CREDENTIAL, tarnOpenRouter } from '../../../providers/fixtures/tarn-openrouter.ts'
import type { FakeServer } from '../../../providers/http.ts'
import type { ProviderId } from '../../../../shared/domain/providers/providers.ts'
import { synced } from '../fakes.ts'
import { newService } from '../services.ts'

const servers: FakeServer[] = []

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

type Start = (rules: readonly FaultRule[]) => Promise<FakeServer>

const openai: Start = (rules) => startFakeOpenAi({ organizations: [strangeOpenAi(9, 1)], faults: { rules } })
const anthropic: Start = (rules) => startFakeAnthropic({ organizations: [acmeAnthropic()], faults: { rules } })
const openrouter: Start = (rules) => startFakeOpenRouter({ organizations: [tarnOpenRouter()], faults: { rules } })

async function agency(provider: Exclude<ProviderId, 'file'>, start: Start, credential: string) {
  const rules: FaultRule[] = []
  const server = await start(rules)
  servers.push(server)
  const { api } = await newService()
  await api.client.add({ name: 'strange', slug: 'strange' })
  const sync = async () => (await synced(api)).at(-1)?.result
  await api.connection.add({ client: 'strange', provider, baseUrl: server.baseUrl, credential })
  return { sync, rules, server, api }
}

describe('a sync after one that could not read everything', () => {
  it('begins with the projects that were not finished', async () => {
    const { sync, rules, server } = await agency('openai', openai, STRANGE_CREDENTIAL)
    const broken = /projects\/proj_[67]\/api_keys/u
    rules.push({ path: broken, fault: { kind: 'html' } })
    expect((await sync())?.state).toBe('partial')
    rules.splice(0)
    const before = server.requests.length
    expect((await sync())?.state).toBe('complete')
    const projects = server.requests
      .slice(before)
      .map(({ path }) => /\/organization\/projects\/(proj_\d+)\//u.exec(path)?.[1])
      .filter((project) => project !== undefined)
    expect(new Set(projects.slice(0, 12))).toEqual(new Set(['proj_6', 'proj_7']))
  })
})

describe('a base URL that leads elsewhere', () => {
  const NOT_FOUND: FaultRule = { path: /./u, fault: { kind: 'status', status: 404, body: { detail: 'Not Found' } } }

  it.each<[string, Exclude<ProviderId, 'file'>, Start, string]>([
    ['OpenAI', 'openai', openai, STRANGE_CREDENTIAL],
    ['Anthropic', 'anthropic', anthropic, ACME_CREDENTIAL],
    ['OpenRouter', 'openrouter', openrouter, TARN_CREDENTIAL],
  ])(
    'ends the sync of %s as failed, and reports it and what to do, when every list answers 404',
    async (name, provider, start, credential) => {
      const { sync, rules, api } = await agency(provider, start, credential)
      rules.push(NOT_FOUND)
      const result = await sync()
      expect(result?.state).toBe('failed')
      expect(result?.reason).toBe(
        `${name} answered 404 to every list: is the base URL right? Correct it in the connection, then sync again. Earlier data is kept.`,
      )
      expect((await api.keys.list({})).total).toBe(0)
    },
  )

  it('leaves the sync partial when the lists that every organization has do not exist', async () => {
    const { sync, rules } = await agency('openai', openai, STRANGE_CREDENTIAL)
    rules.push({ path: /organization\/(?:users|projects)\?/u, fault: NOT_FOUND.fault })
    const result = await sync()
    expect(result?.state).toBe('partial')
    for (const name of ['users', 'projects']) {
      const source = result?.sources.find((each) => each.source === name)
      expect(source).toMatchObject({
        state: 'failed',
        reason: expect.stringMatching(/404 .* Check the base URL/u) as string,
      })
    }
  })
})
