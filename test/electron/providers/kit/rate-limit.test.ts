import { APIError } from 'openai'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { openCalls, type Send } from '../../../../electron/providers/kit/calls.ts'
import type { Clock } from '../../../../electron/providers/kit/clock.ts'
import { CallFailure } from '../../../../electron/providers/kit/errors.ts'
import { limitResetMs } from '../../../../electron/providers/kit/rate-limit.ts'
import { fakeClock } from '../../../providers/fake-clock.ts'

interface Limit {
  readonly clock: Clock
  readonly most: number
  readonly windowMs: number
  readonly headers?: Record<string, string>
}

/** Requests of one route that a provider limits, and what became of them. */
function limited({ clock, most, windowMs, headers = {} }: Limit) {
  let passed: number[] = []
  const counts = { passed: 0, refused: 0 }
  const send: Send = () => ({
    asResponse: () => {
      const now = clock.now()
      passed = passed.filter((at) => now - at < windowMs)
      if (passed.length >= most) {
        counts.refused += 1
        return Promise.reject(new APIError(429, { error: { message: 'Rate limit.' } }, undefined, new Headers(headers)))
      }
      passed.push(now)
      counts.passed += 1
      return Promise.resolve(new Response('{}'))
    },
  })
  return { send, counts }
}

const ACCESS = { credential: 'sk-admin-Qm7xCoolDown0000001', baseUrl: null }
const NEVER = new AbortController().signal

describe('a route that is limited without a word on when', () => {
  test('answers all requests of 87 projects at 7 a minute, within 15 minutes and with few refusals', async () => {
    const clock = fakeClock()
    const waits: number[] = []
    const { send, counts } = limited({ clock, most: 7, windowMs: 60_000 })
    const calls = openCalls({ ...ACCESS, clock, onWait: (ms) => waits.push(ms) }, NEVER)
    await Promise.all(Array.from({ length: 87 }, () => calls.json(send, 'project-roles')))
    expect(counts.passed).toBe(87)
    expect(clock.now()).toBeLessThanOrEqual(15 * 60_000)
    // Four are in flight together, and the window is learned in seven pauses.
    expect(counts.refused).toBeLessThan(4 * (7 + 87 / 7))
    expect(Math.max(...waits)).toBeLessThanOrEqual(90_000)
    expect(waits.slice(0, 4)).toEqual([1000, 2000, 4000, 8000])
  })

  test('holds back its own requests and no others', async () => {
    const clock = fakeClock()
    const slow = limited({ clock, most: 1, windowMs: 60_000 })
    const free = limited({ clock, most: 1000, windowMs: 60_000 })
    const calls = openCalls({ ...ACCESS, clock }, NEVER)
    const ends: string[] = []
    const one = (send: Send, route: string) => calls.json(send, route).then(() => ends.push(route))
    await Promise.all([
      ...Array.from({ length: 6 }, () => one(slow.send, 'slow')),
      ...Array.from({ length: 20 }, () => one(free.send, 'free')),
    ])
    expect(ends.lastIndexOf('free')).toBeLessThan(ends.length - 4)
    expect(slow.counts.passed).toBe(6)
  })

  test('is given up after minutes when it never answers, and further requests fail immediately', async () => {
    const clock = fakeClock()
    const { send, counts } = limited({ clock, most: 0, windowMs: 60_000 })
    const calls = openCalls({ ...ACCESS, clock }, NEVER)
    await expect(calls.json(send, 'roles')).rejects.toBeInstanceOf(CallFailure)
    const gaveUpAt = clock.now()
    expect(gaveUpAt).toBeGreaterThan(5 * 60_000)
    expect(gaveUpAt).toBeLessThan(10 * 60_000)
    await expect(calls.json(send, 'roles')).rejects.toMatchObject({ status: 429 })
    expect(clock.now()).toBe(gaveUpAt)
    expect(counts.refused).toBe(12)
  })

  test('waits as long as its headers report', async () => {
    const clock = fakeClock()
    const waits: number[] = []
    const headers = { 'x-ratelimit-reset-requests': '1m1.5s' }
    const { send } = limited({ clock, most: 1, windowMs: 60_000, headers })
    const calls = openCalls({ ...ACCESS, clock, onWait: (ms) => waits.push(ms) }, NEVER)
    for (let n = 0; n < 3; n++) await calls.json(send, 'roles')
    expect(waits).toEqual([61_500, 61_500])
  })

  test('can be cancelled while it waits', async () => {
    const clock: Clock = {
      now: () => 0,
      sleep: (_, signal) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
    }
    const stop = new AbortController()
    const { send, counts } = limited({ clock, most: 0, windowMs: 60_000 })
    const calls = openCalls(
      { ...ACCESS, clock, onWait: () => setImmediate(() => stop.abort(new Error('Cancelled.'))) },
      stop.signal,
    )
    await expect(calls.json(send, 'roles')).rejects.toThrow('Cancelled.')
    expect(counts.refused).toBe(1)
  })

  test('is not waited for where a call has one try', async () => {
    const clock = fakeClock()
    const { send, counts } = limited({ clock, most: 0, windowMs: 60_000 })
    const calls = openCalls({ ...ACCESS, clock, tries: 2 }, NEVER)
    await expect(calls.json(send, 'roles')).rejects.toMatchObject({ status: 429, tries: 2 })
    expect(counts.refused).toBe(2)
    expect(clock.now()).toBeLessThan(1000)
  })

  test('never keeps a reading waiting for more than 15 minutes in all, whatever its limit', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 100, max: 400_000 }),
        fc.integer({ min: 1, max: 60 }),
        async (most, windowMs, requests) => {
          const clock = fakeClock()
          const { send } = limited({ clock, most, windowMs })
          const calls = openCalls({ ...ACCESS, clock }, NEVER)
          await Promise.allSettled(Array.from({ length: requests }, (_, n) => calls.json(send, `route ${n % 2}`)))
          expect(clock.now()).toBeLessThanOrEqual(15 * 60_000)
        },
      ),
      { numRuns: 15 },
    )
  })
})

test.each<[Record<string, string>, number | null]>([
  [{ 'x-ratelimit-reset-requests': '1s' }, 1000],
  [{ 'x-ratelimit-reset-requests': '6m0s' }, 360_000],
  [{ 'x-ratelimit-reset-requests': '20ms' }, 20],
  [{ 'x-ratelimit-reset-requests': '1h2m3.5s' }, 3_723_500],
  [{ 'x-ratelimit-reset-requests': '30' }, 30_000],
  [{ 'x-ratelimit-reset': '1764072030000' }, 30_000],
  [{ 'x-ratelimit-reset': '1764072030' }, 30_000],
  [{ 'x-ratelimit-reset': '1764071000' }, 0],
  [{ 'x-ratelimit-reset': 'soon' }, null],
  [{ 'x-ratelimit-reset-requests': '' }, null],
  [{}, null],
])('a limit with the headers %o resets in %s ms', (headers, expected) => {
  expect(limitResetMs(new Headers(headers), 1_764_072_000_000)).toBe(expected)
})
