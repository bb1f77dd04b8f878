import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { LOOK_MS, newIdleClock, SLEPT_MS, watchIdle } from '../../../electron/shell/idle.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 2, 9) })
})
afterEach(() => {
  vi.useRealTimers()
})

function watched(idle: { seconds: number }) {
  const sent: (number | 'away')[] = []
  const stop = watchIdle(
    { idle: (seconds) => void sent.push(seconds), away: () => void sent.push('away') },
    () => idle.seconds,
  )
  return { sent, stop }
}

it('a time without use is reported from a minute on, until it is stopped', async () => {
  const idle = { seconds: 59 }
  const { sent, stop } = watched(idle)
  await vi.advanceTimersByTimeAsync(LOOK_MS)
  expect(sent).toEqual([])
  idle.seconds = 300
  await vi.advanceTimersByTimeAsync(LOOK_MS)
  expect(sent).toEqual([300])
  stop()
  await vi.advanceTimersByTimeAsync(10 * LOOK_MS)
  expect(sent).toEqual([300])
})

it('a clock that is minutes further than the timer means that the machine slept', async () => {
  const { sent, stop } = watched({ seconds: 0 })
  vi.setSystemTime(Date.now() + SLEPT_MS - LOOK_MS)
  await vi.advanceTimersByTimeAsync(LOOK_MS)
  expect(sent).toEqual([])
  vi.setSystemTime(Date.now() + SLEPT_MS)
  await vi.advanceTimersByTimeAsync(LOOK_MS)
  expect(sent).toEqual(['away'])
  await vi.advanceTimersByTimeAsync(LOOK_MS)
  expect(sent).toEqual(['away'])
  stop()
})

it('a minute without use is reported as it ends, not at the next regular check', async () => {
  const started = Date.now()
  const { sent, stop } = watched({
    get seconds() {
      return 295.5 + (Date.now() - started) / 1000
    },
  })
  // The first regular check is at 305.5 seconds; the next minute ends after 54.5 more.
  await vi.advanceTimersByTimeAsync(LOOK_MS)
  expect(sent).toEqual([305.5])
  await vi.advanceTimersByTimeAsync(54_500)
  expect(Math.max(...sent.map(Number))).toBeLessThan(360)
  await vi.advanceTimersByTimeAsync(100)
  expect(sent.at(-1)).toBeCloseTo(360.05, 1)
  stop()
})

it('the later of both counts: the use of the machine, and the use of the window', async () => {
  const machine: { seconds: number | null } = { seconds: null }
  const clock = newIdleClock(async () => machine.seconds)
  const minutes = async (passed: number): Promise<number> => {
    vi.setSystemTime(Date.now() + passed * 60_000)
    return (await clock.seconds()) / 60
  }
  // A machine that reports nothing, or always 0, is not known: the window counts, from its start on.
  expect(await minutes(5)).toBe(5)
  machine.seconds = 0
  expect(await minutes(5)).toBe(10)
  // One that reports is known from then on.
  machine.seconds = 120
  expect(await minutes(0)).toBe(2)
  machine.seconds = 0
  expect(await minutes(1)).toBe(0)
  // Input that the machine does not count, as over a remote desktop, is use of the window.
  clock.used()
  machine.seconds = 3600
  expect(await minutes(1)).toBe(1)
  machine.seconds = null
  expect(await minutes(1)).toBe(2)
})
