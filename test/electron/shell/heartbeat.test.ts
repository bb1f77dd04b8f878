import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { BEAT_MS, MISSED, watchHeartbeat } from '../../../electron/shell/heartbeat.ts'
import type { ServiceChannel } from '../../../electron/shell/service-link.ts'
import type { ToService, ToShell } from '../../../shared/contract/control.ts'

/** A service that answers while it is awake. */
function newService() {
  const listeners: ((message: ToShell) => void)[] = []
  const exits: ((code: number) => void)[] = []
  const state = { isAwake: true, asked: 0 }
  const channel: ServiceChannel<never> = {
    send: (message: ToService) => {
      state.asked += 1
      if (state.isAwake && message.type === 'ping') for (const listener of listeners) listener({ type: 'pong' })
    },
    onMessage: (listener) => void listeners.push(listener),
    onExit: (listener) => void exits.push(listener),
    kill: () => undefined,
  }
  return { channel, state, exit: () => exits.map((listener) => listener(1)) }
}

describe('the heartbeat of the service', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('reports a service that was silent for two minutes, once for each two minutes', () => {
    const { channel, state } = newService()
    const onSilent = vi.fn<() => void>()
    watchHeartbeat(channel, onSilent)
    vi.advanceTimersByTime(100 * BEAT_MS)
    expect(onSilent).not.toHaveBeenCalled()
    state.isAwake = false
    vi.advanceTimersByTime(MISSED * BEAT_MS)
    expect(onSilent).not.toHaveBeenCalled()
    vi.advanceTimersByTime(BEAT_MS)
    expect(onSilent).toHaveBeenCalledTimes(1)
    vi.advanceTimersByTime(MISSED * BEAT_MS)
    expect(onSilent).toHaveBeenCalledTimes(2)
  })

  it('accepts one answer as a sign of life, and asks nothing after the end', () => {
    const { channel, state, exit } = newService()
    const onSilent = vi.fn<() => void>()
    watchHeartbeat(channel, onSilent)
    for (let turn = 0; turn < 20; turn += 1) {
      state.isAwake = turn % 3 === 0
      vi.advanceTimersByTime(BEAT_MS)
    }
    expect(onSilent).not.toHaveBeenCalled()
    exit()
    const before = state.asked
    vi.advanceTimersByTime(10 * BEAT_MS)
    expect(state.asked).toBe(before)
  })
})
