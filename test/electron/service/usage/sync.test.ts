import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { getReader } from '../../../../electron/service/core/context.ts'
import type { Service } from '../../../../electron/service/process/open.ts'
import type { UsageBy, UsageSync } from '../../../../shared/contract/usage.ts'
import { anthropicOrganization } from '../../../providers/anthropic-organization.ts'
import { acmeAnthropic } from '../../../providers/fixtures/acme-anthropic.ts'
import { startFakeAnthropic } from '../../../providers/fake-anthropic.ts'
import type { FaultRule } from '../../../providers/faults.ts'
import { startFakeOpenAi } from '../../../providers/fake-openai.ts'
import { openAiOrganization } from '../../../providers/openai-organization.ts'
import type { FakeUse } from '../../../providers/use.ts'
import { connected, gathered, synced } from '../fakes.ts'
import { newService } from '../services.ts'

const NOW = Date.parse('2026-11-24T12:00:00Z')
const MONTHS = ['2026-05', '2026-06', '2026-07', '2026-08', '2026-09', '2026-10', '2026-11']

const use: fc.Arbitrary<FakeUse> = fc.record({
  day: fc.integer({ min: 0, max: 170 }).map((back) => new Date(NOW - back * 86_400_000).toISOString().slice(0, 10)),
  project: fc.constantFrom(null, 'proj_a', 'proj_b'),
  key: fc.constantFrom(null, 'key_1', 'key_2'),
  user: fc.constantFrom(null, 'user-1'),
  model: fc.constantFrom('gpt-5.4', 'claude-sonnet-5', 'unheard-of'),
  requests: fc.nat(20),
  input: fc.integer({ min: 500, max: 100_000 }),
  cached: fc.nat(500),
  output: fc.nat(10_000),
  milliCents: fc.nat(5_000_000),
})

const PROVIDERS = ['openai', 'anthropic', 'anthropic before analytics'] as const

/** A service connected to an organization whose usage may be changed while it runs. */
async function agency(
  kind: (typeof PROVIDERS)[number],
  uses: FakeUse[],
  refusedGroups: string[] = [],
  rules: readonly FaultRule[] = [],
  clock = { now: NOW },
) {
  const [openai, anthropic] = ['sk-admin-Qm7xUsageTests00001', 'sk-ant-admin01-Qm7xUsageTests00001']
  const server =
    kind === 'openai'
      ? await startFakeOpenAi({
          organizations: [openAiOrganization({ id: 'org-use', credentials: [openai], use: uses, refusedGroups })],
          faults: { rules },
        })
      : await startFakeAnthropic({
          organizations: [
            anthropicOrganization({
              me: { id: 'org_use', name: 'Use' },
              credentials: [anthropic],
              use: uses,
              refusedGroups,
              analytics: kind === 'anthropic',
            }),
          ],
        })
  const service = await newService({ now: () => clock.now })
  const provider = kind === 'openai' ? 'openai' : 'anthropic'
  await connected(service.api, server, { provider, credential: kind === 'openai' ? openai : anthropic })
  const sync = async () => (await gathered(await service.api.usage.sync({})))[0]
  return { service, server, sync }
}

async function costs(service: Service, by: UsageBy): Promise<{ cost: number; input: number; requests: number }> {
  const sum = { cost: 0, input: 0, requests: 0 }
  for (const month of MONTHS) {
    const { total } = await service.api.usage.by({ month, by, source: 'billed' })
    sum.cost += total.cost
    sum.input += total.input
    sum.requests += total.requests
  }
  return sum
}

const stateOfCost = (outcome: UsageSync | undefined) => outcome?.reports.find(({ report }) => report === 'cost')

function reported(uses: readonly FakeUse[]): { cost: number; input: number; requests: number } {
  return {
    cost: uses.reduce((sum, { milliCents }) => sum + milliCents * 10, 0),
    input: uses.reduce((sum, { input }) => sum + input, 0),
    requests: uses.reduce((sum, { requests }) => sum + requests, 0),
  }
}

describe.each(PROVIDERS)('usage of %s', (kind) => {
  it('adds up to what the provider reports, to the micro-dollar, also after a correction; read again it changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(use, { maxLength: 12 }), fc.array(use, { maxLength: 3 }), async (uses, late) => {
        const { service, server, sync } = await agency(kind, uses)
        await sync()
        for (const by of ['project', 'key', 'principal', 'model', 'client'] as const) {
          expect([by, await costs(service, by)]).toEqual([by, reported(uses)])
        }
        const cells = (): unknown => getReader(service.context).all('SELECT * FROM usage_cell')
        const before = cells()
        await sync()
        expect(cells()).toEqual(before)
        // Only the last days may still change.
        uses.push(...late.map((one) => ({ ...one, day: '2026-11-22' })))
        await sync()
        expect(await costs(service, 'project')).toEqual(reported(uses))
        await server.close()
      }),
      { numRuns: 4 },
    )
  })
})

describe('syncing usage', () => {
  const some: FakeUse = {
    day: '2026-11-20',
    project: 'proj_a',
    key: 'key_1',
    user: 'user-1',
    model: 'gpt-5.4',
    requests: 3,
    input: 1000,
    cached: 400,
    output: 100,
    milliCents: 1500,
  }

  it('asks for less where a grouping is refused, and loses no amount', async () => {
    const { service, server, sync } = await agency(
      'openai',
      [some, { ...some, key: 'key_2' }],
      ['api_key_id', 'user_id'],
    )
    const outcome = await sync()
    expect(outcome?.reports.find(({ report }) => report === 'cost')).toEqual({
      report: 'cost',
      state: 'complete',
      reason: null,
    })
    expect(await costs(service, 'project')).toMatchObject({ cost: 30_000, input: 2000 })
    expect(
      (await service.api.usage.by({ month: '2026-11', by: 'key', source: 'billed' })).rows.map(({ name }) => name),
    ).toEqual([null])
    await server.close()
  })

  it('reports which reports could not be read and why, and keeps the others', async () => {
    const { service, server, sync } = await agency('openai', [some])
    const outcome = await sync()
    const states = Object.fromEntries(outcome?.reports.map(({ report, state }) => [report, state]) ?? [])
    expect(states).toMatchObject({ cost: 'complete', completions: 'complete', embeddings: 'unavailable' })
    expect(outcome?.reports.find(({ report }) => report === 'images')?.reason).toMatch(/usage of images/u)
    expect((await service.api.usage.by({ month: '2026-11', by: 'model', source: 'billed' })).rows[0]).toMatchObject({
      name: 'gpt-5.4',
      cost: 15_000,
    })
    await server.close()
  })

  it('estimates tokens by the base price, cached tokens by the cached price', async () => {
    const { service, server, sync } = await agency('openai', [
      { ...some, input: 1_000_000, cached: 400_000, output: 10_000 },
    ])
    await sync()
    const { total } = await service.api.usage.by({ month: '2026-11', by: 'model', source: 'billed' })
    // 2.5, 0.25 and 15 dollars for a million tokens.
    expect(total.estimate).toBe(600_000 * 2.5 + 400_000 * 0.25 + 10_000 * 15)
    await server.close()
  })

  it('reads a report that failed at first from the beginning, however far the others were read', async () => {
    const rules: FaultRule[] = [{ path: /organization\/costs/u, fault: { kind: 'html' } }]
    const { server, sync, service } = await agency('openai', [{ ...some, day: '2026-06-02' }], [], rules)
    expect(stateOfCost(await sync())).toMatchObject({ state: 'failed' })
    rules.splice(0)
    expect(stateOfCost(await sync())).toMatchObject({ state: 'complete' })
    expect(await costs(service, 'project')).toMatchObject({ cost: 15_000, input: 1000 })
    await server.close()
  })

  it('keeps what it could read of a report, and reads it again from the first incomplete day', async () => {
    const bad = { amount: { value: 'twelve', currency: 'usd' }, project_id: 'proj_a' }
    const rules: FaultRule[] = [
      {
        path: /organization\/costs/u,
        fault: {
          kind: 'edit',
          edit: (body) => ({
            ...(body as object),
            data: (body as { data: { start_time: number; results: unknown[] }[] }).data.map((bucket) =>
              bucket.start_time * 1000 === Date.parse('2026-08-03')
                ? { ...bucket, results: [...bucket.results, bad] }
                : bucket,
            ),
          }),
        },
      },
    ]
    const { server, sync, service } = await agency('openai', [some, { ...some, day: '2026-06-02' }], [], rules)
    expect(stateOfCost(await sync())).toEqual({
      report: 'cost',
      state: 'partial',
      reason: 'The costs are not complete from 2026-08-03 on. Rows left out: 1 × An amount that is not a number.',
    })
    expect(await costs(service, 'project')).toMatchObject({ cost: 30_000 })
    const read = () =>
      getReader(service.context).get("SELECT state, unread_from FROM usage_report WHERE report = 'cost'")
    expect(read()).toEqual({ state: 'partial', unread_from: Date.parse('2026-08-03') / 86_400_000 })
    rules.splice(0)
    const before = server.requests.length
    expect(stateOfCost(await sync())).toMatchObject({ state: 'complete', reason: null })
    const asked = server.requests.slice(before).find(({ path }) => path.endsWith('/costs'))
    expect(Number(asked?.query.get('start_time')) * 1000).toBe(Date.parse('2026-07-30'))
    expect(read()).toMatchObject({ state: 'complete' })
    expect(await costs(service, 'project')).toMatchObject({ cost: 30_000 })
    await server.close()
  })

  it('does not ask again for a grouping that was refused, until a month is over', async () => {
    const clock = { now: NOW }
    const { server, sync } = await agency('openai', [some], ['api_key_id'], [], clock)
    const refusals = async () => {
      const before = server.requests.length
      await sync()
      return server.requests.slice(before).filter(({ path, status }) => path.endsWith('/costs') && status === 400)
        .length
    }
    expect(await refusals()).toBe(1)
    expect(await refusals()).toBe(0)
    clock.now += 29 * 86_400_000
    expect(await refusals()).toBe(0)
    clock.now += 2 * 86_400_000
    expect(await refusals()).toBe(1)
    expect(await refusals()).toBe(0)
    await server.close()
  })

  it('includes credits: every sum of the register is the sum of charges and credits', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(use, fc.boolean()), { maxLength: 12 }), async (drawn) => {
        const uses = drawn.map(([one, credit]) => (credit ? { ...one, milliCents: -one.milliCents } : one))
        const { service, server, sync } = await agency('openai', uses)
        await sync()
        const micro = (list: readonly FakeUse[]) => list.reduce((sum, { milliCents }) => sum + milliCents * 10, 0)
        for (const by of ['project', 'key', 'model', 'client'] as const) {
          expect([by, (await costs(service, by)).cost]).toEqual([by, micro(uses)])
        }
        for (const month of MONTHS) {
          const { rows } = await service.api.usage.by({ month, by: 'project', source: 'billed' })
          for (const row of rows) {
            const of = uses.filter(({ day, project }) => day.startsWith(month) && project === row.name)
            expect([month, row.name, row.cost]).toEqual([month, row.name, micro(of)])
          }
        }
        await server.close()
      }),
      { numRuns: 4 },
    )
  })

  it('of a connection without a credential reports that', async () => {
    const service = await newService({ now: () => NOW })
    await service.api.client.add({ name: 'Acme' })
    await service.api.connection.add({ client: 'acme', provider: 'openai' })
    const [outcome] = await gathered(await service.api.usage.sync({}))
    expect(outcome).toMatchObject({
      reports: [],
      skipped: expect.stringMatching(/no credential/u) as string,
      noKey: true,
    })
  })

  it('shows when a key was last used where the provider does not report it, and keeps names when a key was removed', async () => {
    const organization = acmeAnthropic()
    organization.use = [
      { ...some, day: '2026-11-18', project: 'wrkspc_01Prod', key: 'apikey_01A' },
      { ...some, day: '2026-11-20', project: 'wrkspc_01Prod', key: 'apikey_01A', milliCents: 500 },
    ]
    const server = await startFakeAnthropic({ organizations: [organization] })
    const service = await newService({ now: () => NOW })
    await connected(service.api, server, { provider: 'anthropic' })
    await synced(service.api)
    const key = async () => (await service.api.keys.list({ search: 'prod-backend' })).rows[0]
    expect((await key())?.lastUse).toEqual({ state: 'not-reported' })
    await gathered(await service.api.usage.sync({}))
    expect((await key())?.lastUse).toEqual({ state: 'known', at: Date.parse('2026-11-20') })
    const spent = async () => (await service.api.usage.by({ month: '2026-11', by: 'key', source: 'billed' })).rows
    expect(await spent()).toMatchObject([{ name: 'prod-backend', cost: 20_000 }])
    organization.keys = organization.keys.filter((row) => (row as { id: string }).id !== 'apikey_01A')
    await synced(service.api)
    expect(await spent()).toMatchObject([{ name: 'prod-backend', cost: 20_000 }])
    await server.close()
  })
})
