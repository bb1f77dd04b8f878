import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { LOOK_MS, SLEPT_MS, watchIdle } from '../../../electron/shell/idle.ts'

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

it('a time without use is reported from a minute on, until it is stopped', () => {
  const idle = { seconds: 59 }
  const { sent, stop } = watched(idle)
  vi.advanceTimersByTime(LOOK_MS)
  expect(sent).toEqual([])
  idle.seconds = 300
  vi.advanceTimersByTime(LOOK_MS)
  expect(sent).toEqual([300])
  stop()
  vi.advanceTimersByTime(10 * LOOK_MS)
  expect(sent).toEqual([300])
})

it('a clock that is minutes further than the timer means that the machine slept', () => {
  const { sent, stop } = watched({ seconds: 0 })
  vi.setSystemTime(Date.now() + SLEPT_MS - LOOK_MS)
  vi.advanceTimersByTime(LOOK_MS)
  expect(sent).toEqual([])
  vi.setSystemTime(Date.now() + SLEPT_MS)
  vi.advanceTimersByTime(LOOK_MS)
  expect(sent).toEqual(['away'])
  vi.advanceTimersByTime(LOOK_MS)
  expect(sent).toEqual(['away'])
  stop()
})
