import * as fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'

import { remainder } from '../../../../electron/providers/openrouter/usage.ts'
import { getProvider } from '../../../../electron/providers/registry.ts'
import type { UsageReading } from '../../../../electron/providers/kit/usage.ts'
import { dayNumber, dayText } from '../../../../shared/domain/usage/rollups.ts'
import type { UsageFact } from '../../../../shared/domain/usage/fact.ts'
import { startFakeOpenRouter } from '../../../providers/fake-openrouter.ts'
import { TARN_CREDENTIAL, tarnOpenRouter } from '../../../providers/fixtures/tarn-openrouter.ts'
import type { Faults } from '../../../providers/faults.ts'
import type { FakeServer } from '../../../providers/http.ts'
import type { FakeUse } from '../../../providers/use.ts'
import { VARIANTS } from '../../../providers/variants.ts'

let server: FakeServer | undefined

afterEach(async () => server?.close())

const TODAY = dayNumber(Date.now())

function use(ago: number, more: Partial<FakeUse>): FakeUse {
  return {
    day: dayText(TODAY - ago),
    project: 'ws-prod',
    key: 'hash-prod',
    user: 'user_ben',
    model: 'openai/gpt-5.4',
    requests: 3,
    input: 1000,
    cached: 0,
    output: 50,
    milliCents: 1,
    ...more,
  }
}

describe.each(VARIANTS)('at a %s server', (variant) => {
  async function read(uses: FakeUse[], faults: Faults = {}) {
    server = await startFakeOpenRouter({ organizations: [{ ...tarnOpenRouter(), use: uses }], faults, variant })
    const readings: UsageReading[] = []
    const outcomes = await getProvider('openrouter').usage(
      { credential: TARN_CREDENTIAL, baseUrl: server.baseUrl, maxRetryDelayMs: 20 },
      { from: TODAY - 180, to: TODAY + 1 },
      (reading) => readings.push(reading),
      new AbortController().signal,
    )
    return { readings, outcomes }
  }

  const total = (facts: readonly UsageFact[], name: 'cost' | 'input' | 'output' | 'requests'): number =>
    facts.reduce((sum, fact) => sum + fact[name], 0)

  test('asks for the keys that were used in the days that are reported, and for the workspaces', async () => {
    await read([use(2, {}), use(60, { key: 'hash-batch' })])
    const asked = (server?.requests ?? []).filter(({ path }) => path.endsWith('/activity'))
    const keys = asked.map(({ query }) => query.get('api_key_hash')).filter((key) => key !== null)
    const all = ['hash-batch', 'hash-ci', 'hash-intern', 'hash-prod']
    // Two have spent without a recorded use.
    expect(keys.toSorted()).toEqual(variant === 'calm' ? all : ['hash-ci', 'hash-intern', 'hash-prod'])
    expect(asked.length - keys.length).toBe(2)
  })

  test('reports workspace, key, maker and model of every day, in whole micro-USD', async () => {
    const { readings, outcomes } = await read([
      use(2, { milliCents: 123_457 }),
      use(2, { key: 'hash-batch', user: 'user_ada', model: 'anthropic/claude-sonnet-5', milliCents: 7 }),
      use(1, { project: 'ws-default', key: 'hash-ci', user: null, milliCents: 50 }),
    ])
    expect(outcomes.map(({ report, state }) => `${report} ${state}`)).toEqual(['cost complete', 'completions complete'])
    const costs = readings.find(({ report }) => report === 'cost')
    expect(costs).toMatchObject({ from: TODAY - 30, to: TODAY + 1 })
    const reported = costs?.facts.map(({ day, project, key, principal, model, cost }) => [
      TODAY - day,
      project,
      key,
      principal,
      model,
      cost,
    ])
    expect(reported?.toSorted()).toEqual([
      [1, 'ws-default', 'hash-ci', null, 'openai/gpt-5.4', 500],
      [2, 'ws-prod', 'hash-batch', 'user_ada', 'anthropic/claude-sonnet-5', 70],
      [2, 'ws-prod', 'hash-prod', 'user_ben', 'openai/gpt-5.4', 1_234_570],
    ])
    const tokens = readings.find(({ report }) => report === 'completions')
    expect(total(tokens?.facts ?? [], 'input')).toBe(3000)
    expect(total(tokens?.facts ?? [], 'cost')).toBe(0)
  })

  test('the spend of a deleted key is attributed to its workspace, so that the sum is the provider’s', async () => {
    const { readings } = await read([
      use(3, { milliCents: 10 }),
      use(3, { key: 'hash-deleted', milliCents: 90, requests: 5 }),
    ])
    const facts = readings.flatMap((reading) => reading.facts)
    expect(total(facts, 'cost')).toBe(1000)
    expect(total(facts, 'requests')).toBe(8)
    expect(facts.filter(({ key }) => key === null).map(({ project, cost }) => [project, cost])).toEqual([
      ['ws-prod', 900],
      ['ws-prod', 0],
    ])
  })

  test('nothing is taken when one request fails; earlier data is kept', async () => {
    const { readings, outcomes } = await read([use(1, {})], {
      rules: [{ path: /activity.*hash-prod/u, fault: { kind: 'status', status: 403, body: {} } }],
    })
    expect(readings).toEqual([])
    expect(outcomes.every(({ state, reason }) => state === 'denied' && reason !== null)).toBe(true)
  })

  test('an amount that is not a number leaves its day incomplete, and discards nothing else', async () => {
    const edit = (body: unknown): unknown => ({
      data: (body as { data: { date: string }[] }).data.map((row) =>
        row.date.startsWith(dayText(TODAY - 1)) ? { ...row, usage: 'a lot' } : row,
      ),
    })
    const { outcomes, readings } = await read([use(1, { milliCents: 40 }), use(2, { milliCents: 50 })], {
      rules: [{ path: /activity/u, fault: { kind: 'edit', edit } }],
    })
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({
        state: 'partial',
        unreadFrom: TODAY - 1,
        reason: expect.stringContaining('An amount that is not a number') as string,
      })
    }
    expect(readings.map(({ facts }) => [total(facts, 'cost'), total(facts, 'requests')])).toEqual([
      [500, 0],
      [0, 6],
    ])
  })

  const amount = fc.nat({ max: 1_000_000 })
  const fact = fc
    .record({ day: fc.integer({ min: 1, max: 3 }), model: fc.constantFrom('a', 'b'), cost: amount, requests: amount })
    .map((known): UsageFact => {
      return {
        ...known,
        project: 'w',
        key: 'k',
        principal: 'u',
        item: '',
        input: 0,
        cached: 0,
        cacheWrite: 0,
        output: 0,
        estimate: 0,
      }
    })

  test('parts and remainder add up to the whole', () => {
    fc.assert(
      fc.property(fc.array(fact), fc.array(fact), (parts, rest) => {
        const left = remainder([...parts, ...rest], parts)
        expect(total(left, 'cost')).toBe(total(rest, 'cost'))
        expect(total(left, 'requests')).toBe(total(rest, 'requests'))
        expect(left.every(({ key, principal }) => key === null && principal === null)).toBe(true)
      }),
    )
  })
})
