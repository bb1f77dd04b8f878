import { describe, expect, it, vi } from 'vitest'

import { newChecks, NothingToCheck } from '../../../../electron/shell/self-test/checks.ts'

const LONG = { each: 10_000, all: 10_000 }

/** A check that never ends. */
const hang = (): Promise<string> => new Promise(() => undefined)

describe('the checks of the self-test', () => {
  it('record what each found, what failed, and why this machine does not support it', async () => {
    const checks = newChecks(LONG)
    await checks.run('one', () => 'seen')
    await checks.run('two', () => Promise.reject(new Error('It is broken.')))
    await checks.run('three', () => {
      throw new NothingToCheck('there is no tray')
    })
    expect(checks.done.map(({ name, state, detail }) => [name, state, detail])).toEqual([
      ['one', 'ok', 'seen'],
      ['two', 'failed', 'It is broken.'],
      ['three', 'none', 'there is no tray'],
    ])
    expect(checks.done.every(({ ms }) => ms >= 0)).toBe(true)
  })

  it('are left out when one that they need was not ok, or was left out itself', async () => {
    const checks = newChecks(LONG)
    let ran = 0
    await checks.run('one', () => Promise.reject(new Error('It is broken.')))
    await checks.run('two', () => String((ran += 1)), ['one'])
    await checks.run('three', () => String((ran += 1)), ['two'])
    expect([ran, checks.done.map(({ state }) => state)]).toEqual([0, ['failed', 'none', 'none']])
    expect(checks.done[1]?.detail).toBe('not checked, since this was not ok: one')
  })

  it('end with a failure that names the check which hangs, and the next ones run', async () => {
    const checks = newChecks({ each: 100, all: 10_000 })
    await checks.run('one', hang)
    await checks.run('two', () => 'seen')
    expect(checks.done.map(({ name, state, detail }) => [name, state, detail])).toEqual([
      ['one', 'failed', 'It did not end within 0.1 s.'],
      ['two', 'ok', 'seen'],
    ])
  })

  it('stop at the limit of all, and the last one runs within a limit of its own', async () => {
    vi.useFakeTimers()
    try {
      const sleep = (ms: number, seen: string): Promise<string> => new Promise((settle) => setTimeout(settle, ms, seen))
      const checks = newChecks({ each: 10_000, all: 100 })
      const ran = (async () => {
        await checks.run('one', () => sleep(60, 'seen'))
        await checks.run('two', hang)
        await checks.run('three', () => 'seen')
        await checks.runLast('four', 10_000, () => sleep(10, 'cleaned'))
      })()
      await vi.advanceTimersByTimeAsync(200)
      await ran
      expect(checks.done.map(({ name, state }) => [name, state])).toEqual([
        ['one', 'ok'],
        ['two', 'failed'],
        ['three', 'none'],
        ['four', 'ok'],
      ])
      expect(checks.done[2]?.detail).toBe('not checked, since 0.1 s were over')
    } finally {
      vi.useRealTimers()
    }
  })
})
