import * as fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'

import { getProvider } from '../../../../electron/providers/registry.ts'
import type { UsageAsked, UsageReading } from '../../../../electron/providers/kit/usage.ts'
import { dayNumber, dayText } from '../../../../shared/domain/usage/rollups.ts'
import type { UsageReport } from '../../../../shared/domain/usage/fact.ts'
import { startFakeOpenAi } from '../../../providers/fake-openai.ts'
import type { FaultRule } from '../../../providers/faults.ts'
import type { FakeServer } from '../../../providers/http.ts'
import { openAiOrganization } from '../../../providers/openai-organization.ts'
import type { Variant } from '../../../providers/variants.ts'
import type { Access } from '../../../../electron/providers/kit/calls.ts'

let server: FakeServer | undefined

afterEach(async () => server?.close())

const CREDENTIAL = 'sk-admin-Qm7xCostTests00000001'
const TODAY = dayNumber(Date.parse('2026-11-24'))
/** One request of costs. */
const SPAN: UsageAsked = { from: TODAY - 120, to: TODAY + 1 }
/** One request of each report. */
const DAYS: UsageAsked = { from: TODAY - 3, to: TODAY + 1 }

interface Bucket {
  readonly ago: number
  readonly results: readonly unknown[]
}

/** The report of a path answers with these buckets, in one page. */
function reporting(path: string, buckets: readonly Bucket[]): FaultRule {
  const data = buckets.map(({ ago, results }) => ({ object: 'bucket', start_time: (TODAY - ago) * 86_400, results }))
  return {
    path: new RegExp(`/organization/${path}\\?`, 'u'),
    fault: { kind: 'status', status: 200, body: { object: 'page', data, has_more: false, next_page: null } },
  }
}

async function read(
  rules: readonly FaultRule[],
  more: { readonly asked?: UsageAsked; readonly access?: Partial<Access>; readonly variant?: Variant } = {},
) {
  server = await startFakeOpenAi({
    organizations: [openAiOrganization({ id: 'org-cost', credentials: [CREDENTIAL] })],
    faults: { rules },
    ...(more.variant === undefined ? {} : { variant: more.variant }),
  })
  const readings: UsageReading[] = []
  const outcomes = await getProvider('openai').usage(
    { credential: CREDENTIAL, baseUrl: server.baseUrl, maxRetryDelayMs: 20, ...more.access },
    more.asked ?? SPAN,
    (reading) => readings.push(reading),
    new AbortController().signal,
  )
  await server.close()
  const of = (report: UsageReport) =>
    readings.filter((reading) => reading.report === report).flatMap(({ facts }) => facts)
  return { of, outcome: (report: UsageReport) => outcomes.find((one) => one.report === report), server }
}

const cost = (value: unknown, more: Record<string, unknown> = {}) => ({
  object: 'organization.costs.result',
  amount: { value, currency: 'usd' },
  line_item: 'gpt-5.4, input_tokens',
  project_id: 'proj_a',
  ...more,
})

/** An amount in nano-USD. */
const nano = ({ cost, costNano = 0 }: { readonly cost: number; readonly costNano?: number }): bigint =>
  BigInt(cost) * 1000n + BigInt(costNano)

const sum = (facts: readonly Parameters<typeof nano>[0][]): bigint =>
  facts.reduce((total, fact) => total + nano(fact), 0n)

describe('OpenAI costs', () => {
  test('are read where amounts are the texts of a Decimal128', async () => {
    const { of, outcome } = await read([
      reporting('costs', [
        { ago: 2, results: [cost('0E-6176'), cost('0.003627500000000000000000000000000000')] },
        { ago: 1, results: [cost('12.50'), cost(12.5), cost('1E+1')] },
      ]),
    ])
    expect(outcome('cost')).toEqual({ report: 'cost', state: 'complete', reason: null, way: 0 })
    expect(of('cost').map((fact) => [TODAY - fact.day, nano(fact)])).toEqual([
      [2, 0n],
      [2, 3_627_500n],
      [1, 12_500_000_000n],
      [1, 12_500_000_000n],
      [1, 10_000_000_000n],
    ])
  })

  test('hold credits, which reduce the sum', async () => {
    const { of, outcome } = await read([
      reporting('costs', [{ ago: 1, results: [cost('5.25'), cost('-7.5'), cost(-1)] }]),
    ])
    expect(outcome('cost')?.state).toBe('complete')
    expect(sum(of('cost'))).toBe(-3_250_000_000n)
  })

  test('leave out a row without an amount, count it, and stay complete', async () => {
    const bare = { object: 'organization.costs.result', project_id: 'proj_a' }
    const { of, outcome } = await read([
      reporting('costs', [
        { ago: 1, results: [bare, cost(null), { ...bare, amount: null }, { ...bare, amount: {} }, cost(2)] },
      ]),
    ])
    expect(outcome('cost')).toMatchObject({ state: 'complete', reason: 'Rows left out: 4 × A row without an amount.' })
    expect(sum(of('cost'))).toBe(2_000_000_000n)
  })

  test.each<[string, unknown, RegExp]>([
    ['an amount that is not a number', cost('twelve'), /1 × An amount that is not a number/u],
    ['an amount beyond all money', cost('1E+6111'), /1 × An amount that is not a number/u],
    [
      'another currency',
      { ...cost(3), amount: { value: 3, currency: 'eur' } },
      /1 × An amount in a currency other than US dollars/u,
    ],
    ['a row that is not an object', 'gone', /1 × A row that cannot be read/u],
  ])('are partial from the day of %s on, and keep every other row', async (_, bad, reason) => {
    const { of, outcome } = await read([
      reporting('costs', [
        { ago: 90, results: [cost(1)] },
        { ago: 40, results: [cost(2), bad, cost(4)] },
        { ago: 1, results: [cost(8)] },
      ]),
    ])
    expect(sum(of('cost'))).toBe(15_000_000_000n)
    expect(outcome('cost')).toMatchObject({
      state: 'partial',
      unreadFrom: TODAY - 40,
      reason: expect.stringMatching(reason) as string,
    })
    expect(outcome('cost')?.reason).toContain(`not complete from ${dayText(TODAY - 40)} on`)
  })

  test('are partial from the first day where a bucket names no day', async () => {
    const { of, outcome } = await read([
      {
        path: /\/organization\/costs\?/u,
        fault: {
          kind: 'status',
          status: 200,
          body: {
            data: [{ results: [cost(1)] }, { start_time: (TODAY - 1) * 86_400, results: [cost(2)] }],
            has_more: false,
            next_page: null,
          },
        },
      },
    ])
    expect(sum(of('cost'))).toBe(2_000_000_000n)
    expect(outcome('cost')).toMatchObject({ state: 'partial', unreadFrom: SPAN.from })
  })

  test('add up to the sum of their amounts in whole-number arithmetic', async () => {
    const amount = fc.record({
      micro: fc.bigInt(-(10n ** 12n), 10n ** 12n),
      zeros: fc.nat(30),
      form: fc.constantFrom('plain', 'exponent'),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(amount, { maxLength: 40 }), async (amounts) => {
        const results = amounts.map(({ micro, zeros, form }) => {
          if (form === 'exponent') return cost(`${micro}${'0'.repeat(zeros)}E-${6 + zeros}`)
          const digits = (micro < 0n ? -micro : micro).toString().padStart(7, '0')
          return cost(`${micro < 0n ? '-' : ''}${digits.slice(0, -6)}.${digits.slice(-6)}${'0'.repeat(zeros)}`)
        })
        const { of } = await read([reporting('costs', [{ ago: 3, results }])])
        expect(sum(of('cost'))).toBe(amounts.reduce((total, { micro }) => total + micro * 1000n, 0n))
      }),
      { numRuns: 10 },
    )
  })

  test('are not asked by key again where an earlier reading found that refused', async () => {
    const asked = (earlier: UsageAsked['earlier']) =>
      read([], { variant: 'live', asked: { ...SPAN, ...(earlier === undefined ? {} : { earlier }) } })
    const costRequests = (requests: FakeServer['requests']) =>
      requests.filter(({ path }) => path.endsWith('/costs')).map(({ status }) => status)
    const first = await asked(undefined)
    expect(first.outcome('cost')).toMatchObject({ state: 'complete', way: 1 })
    expect(costRequests(first.server.requests)).toEqual([400, 200])
    const second = await asked(new Map([['cost', { from: TODAY - 5, way: 1, whole: true }]]))
    expect(second.outcome('cost')).toMatchObject({ state: 'complete', way: 1 })
    expect(costRequests(second.server.requests)).toEqual([200])
  })
})

describe('OpenAI usage', () => {
  test('counts web searches once: the requests around them are those of the models', async () => {
    const { of } = await read(
      [
        reporting('usage/web_search_calls', [{ ago: 1, results: [{ num_model_requests: 7, num_requests: 9 }] }]),
        reporting('usage/file_search_calls', [{ ago: 1, results: [{ num_requests: 4 }] }]),
        reporting('usage/code_interpreter_sessions', [{ ago: 1, results: [{ num_sessions: 3 }] }]),
        reporting('usage/completions', [{ ago: 1, results: [{ num_model_requests: 11 }] }]),
      ],
      { asked: DAYS },
    )
    const requests = (report: UsageReport) => of(report).map((fact) => fact.requests)
    expect(requests('web-search')).toEqual([9])
    expect(requests('file-search')).toEqual([4])
    expect(requests('code-interpreter')).toEqual([3])
    expect(requests('completions')).toEqual([11])
  })

  test('holds what decisions used', async () => {
    const { of, outcome } = await read(
      [
        reporting('usage/decisions', [
          {
            ago: 1,
            results: [
              {
                input_tokens: 500,
                input_cached_tokens: 100,
                output_tokens: 20,
                num_model_requests: 2,
                model: 'gpt-5.4',
              },
            ],
          },
        ]),
      ],
      { asked: DAYS },
    )
    expect(outcome('decisions')?.state).toBe('complete')
    expect(of('decisions')).toMatchObject([
      { requests: 2, input: 500, cached: 100, output: 20, model: 'gpt-5.4', cost: 0 },
    ])
  })

  test('reads each report from where it was left, and unfinished ones first', async () => {
    const { server: asked } = await read([], {
      asked: {
        ...SPAN,
        earlier: new Map<UsageReport, { from: number; way: number; whole: boolean }>([
          ['cost', { from: TODAY - 5, way: 0, whole: true }],
          ['completions', { from: TODAY - 5, way: 0, whole: false }],
        ]),
      },
    })
    const first = asked.requests
      .slice(0, 2)
      .map(({ path, query }) => [
        path.replace('/v1/organization/', ''),
        TODAY - Number(query.get('start_time')) / 86_400,
      ])
    expect(first).toEqual([
      ['usage/completions', 5],
      ['costs', 5],
    ])
    const embeddings = asked.requests.filter(({ path }) => path.endsWith('/embeddings'))
    expect(embeddings.map(({ query }) => TODAY + 1 - Number(query.get('end_time')) / 86_400)[0]).toBe(0)
  })
})
