import { afterEach, describe, expect, it, vi } from 'vitest'

import { newRemembered } from '../../../renderer/ui/remembered.ts'

const parse = (text: string | null): string => (text === 'wide' ? 'wide' : 'narrow')

function storage(initial: Readonly<Record<string, string>> = {}): Map<string, string> {
  const held = new Map(Object.entries(initial))
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, text: string) => held.set(key, text),
  })
  return held
}

afterEach(() => vi.unstubAllGlobals())

describe('a remembered preference', () => {
  it('is read once, and stored when it is set', () => {
    const held = storage({ 'castellan-edge': 'wide' })
    const edge = newRemembered('edge', parse)
    expect(edge.read()).toBe('wide')
    edge.set('narrow')
    expect([edge.read(), held.get('castellan-edge')]).toEqual(['narrow', 'narrow'])
  })

  it('means the same as none when the stored text is not understood', () => {
    storage({ 'castellan-edge': 'sideways' })
    expect(newRemembered('edge', parse).read()).toBe('narrow')
  })

  it('is kept in memory where storage is refused', () => {
    const refuse = (): never => {
      throw new Error('refused')
    }
    vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse })
    const edge = newRemembered('edge', parse)
    expect(edge.read()).toBe('narrow')
    edge.set('wide')
    expect(edge.read()).toBe('wide')
  })
})
