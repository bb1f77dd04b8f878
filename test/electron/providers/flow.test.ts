import { setTimeout as sleep } from 'node:timers/promises'

import { afterEach, describe, expect, test } from 'vitest'

import { MACHINE_CLOCK } from '../../../electron/providers/kit/clock.ts'
import { getProvider } from '../../../electron/providers/registry.ts'
import { bigAgency } from '../../providers/big-agency.ts'
import { startFakeAnthropic } from '../../providers/fake-anthropic.ts'
import { startFakeOpenAi } from '../../providers/fake-openai.ts'
import type { Faults } from '../../providers/faults.ts'
import type { FakeServer } from '../../providers/http.ts'
import { type Place, places } from './places.ts'
import { readAll, recording } from './recording.ts'

let server: FakeServer | undefined

afterEach(async () => server?.close())

/** Two organizations of ten projects each, one on each provider. */
const AGENCY = { organizations: 2, projects: 20, grants: 200, keys: 60 }
const CREDENTIAL = {
  openai: 'sk-admin-big-agency-0',
  anthropic: 'sk-ant-admin01-big-agency-1',
} as const

async function start(at: Place<'openai' | 'anthropic'>, faults: Faults = {}, latencyMs = 5): Promise<FakeServer> {
  const { openai, anthropic } = bigAgency(AGENCY)
  // Members and roles of groups are asked for side by side within one source.
  openai[0]?.groups.push(
    ...Array.from({ length: 30 }, (_, index) => ({ row: { id: `group-${index}` }, users: [], roles: [] })),
  )
  server =
    at.provider === 'openai'
      ? await startFakeOpenAi({ organizations: openai, faults, latencyMs })
      : await startFakeAnthropic({ organizations: anthropic, faults, latencyMs, variant: at.variant })
  return server
}

describe.each(places('openai', 'anthropic'))('$provider, $variant', (at) => {
  const id = at.provider

  test('keeps four requests in flight, and no more, while some are tried again', async () => {
    const { baseUrl } = await start(at, { tooManyRate: 0.2, errorRate: 0.1 })
    let requests = 0
    const more = { onRequest: () => requests++ }
    const said = await readAll(id, { baseUrl, credential: CREDENTIAL[id], more })
    expect(server?.maxInFlight).toBe(4)
    expect(server?.requests.some(({ status }) => status === 429)).toBe(true)
    expect(server?.requests.some(({ status }) => status === 500)).toBe(true)
    expect(requests).toBe(server?.requests.length)
    const unfinished = said.outcomes.filter(({ state }) => state !== 'complete').map(({ source }) => source)
    expect(unfinished).toEqual(id === 'anthropic' ? ['spend-limits'] : [])
  })

  test('keeps to another bound when given', async () => {
    const { baseUrl } = await start(at)
    await readAll(id, { baseUrl, credential: CREDENTIAL[id], more: { concurrency: 2 } })
    expect(server?.maxInFlight).toBe(2)
  })

  test('a wait that the provider asks for holds back all requests of the connection', async () => {
    const fault = { kind: 'status', status: 429, headers: { 'retry-after': '1' }, body: {} } as const
    const { baseUrl } = await start(at, { rules: [{ path: /./u, skip: 3, times: 1, fault }] }, 1)
    const times: number[] = []
    const more = {
      maxRetryDelayMs: 5000,
      // Only where time passes by itself is a request seen that was not held back.
      clock: MACHINE_CLOCK,
      onRequest: () => {
        times.push(performance.now())
      },
    }
    await readAll(id, { baseUrl, credential: CREDENTIAL[id], more })
    const pauses = times.slice(1).map((time, index) => time - (times[index] ?? 0))
    // A busy machine may add others.
    expect(pauses.filter((pause) => pause > 900).length).toBeGreaterThanOrEqual(1)
  })

  test.each([
    ['while requests fly', {}, 200],
    ['while a request is never answered', { rules: [{ path: /./u, skip: 5, fault: { kind: 'hang' } }] }, 5],
    [
      'while it waits as the provider asked',
      { rules: [{ path: /./u, skip: 5, fault: { kind: 'status', status: 429, headers: { 'retry-after': '30' } } }] },
      5,
    ],
    ['while it pauses between tries', { rules: [{ path: /./u, skip: 5, fault: { kind: 'status', status: 503 } }] }, 5],
  ] as const)('stops immediately %s', async (_when, faults, latencyMs) => {
    const { baseUrl } = await start(at, faults, latencyMs)
    const sink = recording()
    const stop = new AbortController()
    let sent = 0
    const access = { credential: CREDENTIAL[id], baseUrl, onRequest: () => sent++ }
    const reading = getProvider(id).read(access, sink, stop.signal)
    reading.catch(() => {})
    while ((server?.requests.length ?? 0) < 6) await sleep(1)
    await sleep(40)
    const reason = new Error('the operator stopped it')
    const stopped = performance.now()
    stop.abort(reason)
    await expect(reading).rejects.toBe(reason)
    // Much less than the wait that the provider asked for, and much more than a busy machine takes.
    expect(performance.now() - stopped).toBeLessThan(20_000)
    expect(sink.outcomes.length).toBe(sink.began.length)
    expect(sink.outcomes.filter(({ state }) => state === 'cancelled').length).toBeGreaterThan(0)
    const count = sent
    await sleep(50)
    expect(sent).toBe(count)
  })

  test('a reading that was stopped before it began asks nothing', async () => {
    const { baseUrl } = await start(at)
    const sink = recording()
    const reading = getProvider(id).read({ credential: CREDENTIAL[id], baseUrl }, sink, AbortSignal.abort('no'))
    await expect(reading).rejects.toBe('no')
    expect([sink.began, server?.requests]).toEqual([[], []])
  })

  test('a sink that fails stops the reading with its own error', async () => {
    const { baseUrl } = await start(at)
    const sink = recording()
    const failing = {
      ...sink,
      facts: () => {
        throw new Error('disk full')
      },
    }
    const reading = getProvider(id).read({ credential: CREDENTIAL[id], baseUrl }, failing, new AbortController().signal)
    await expect(reading).rejects.toThrow('disk full')
    expect(sink.outcomes.length).toBe(sink.began.length)
    expect(sink.outcomes.every(({ state }) => state !== 'complete')).toBe(true)
  })

  test.each([
    ['file:///etc/passwd', /The base URL is not a valid web address\. Write it as/u],
    ['http://gateway.example/v1', /begins with https:\/\//u],
    ['https://user:pass@gateway.example', /contains no user, password/u],
  ])('the base URL %s is refused with what to write, before anything is sent', async (baseUrl, reason) => {
    const sink = recording()
    const access = { credential: CREDENTIAL[id], baseUrl }
    const reading = getProvider(id).read(access, sink, new AbortController().signal)
    await expect(reading).rejects.toThrow(reason)
    expect(sink.began).toEqual([])
  })
})
