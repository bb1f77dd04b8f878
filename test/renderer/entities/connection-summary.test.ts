import { describe, expect, it } from 'vitest'

import {
  credentialWords,
  fetchedText,
  progressPercent,
  progressText,
} from '../../../renderer/entities/connection-summary.ts'
import type { SyncProgress } from '../../../shared/contract/sync.ts'

function progress(states: readonly SyncProgress['sources'][number]['state'][]): SyncProgress {
  return {
    connectionId: 1,
    phase: 'reading',
    result: null,
    notWritten: null,
    waiting: null,
    sources: states.map((state, index) => ({
      source: index === 0 ? 'users' : 'projects',
      state,
      fetched: 600,
      expected: null,
      projects: null,
    })),
  }
}

describe('progress', () => {
  it('progress has the sum of the rows and the share of ended sources', () => {
    expect(progressText(progress(['reading', 'complete']))).toBe('Reading, 1,200 rows')
    expect(progressPercent(progress(['reading', 'complete']))).toBe(50)
    expect(progressPercent(progress([]))).toBe(0)
    expect(progressPercent({ ...progress([]), phase: 'done' })).toBe(100)
  })

  it('progress names the provider that limits requests', () => {
    const waiting = { provider: 'openai', until: 5000 }
    expect(progressText({ ...progress(['reading', 'complete']), waiting })).toBe('Waiting for OpenAI, 1,200 rows')
    expect(progressText({ ...progress([]), waiting })).toBe('Waiting for OpenAI')
  })

  it('the expected number of rows is shown only when it differs', () => {
    const text = (fetched: number, expected: number | null): string =>
      fetchedText({ state: 'complete', fetched, expected })
    expect([text(120, null), text(120, 120), text(1118, 1120), text(0, 0)]).toEqual([
      '120',
      '120',
      '1,118 of 1,120',
      '0',
    ])
  })

  it('a source that was not read to its end has no number where nothing was fetched', () => {
    const states = ['denied', 'unavailable', 'failed', 'cancelled', 'never-read']
    expect(states.map((state) => fetchedText({ state, fetched: 0, expected: null }))).toEqual(states.map(() => '–'))
    expect(fetchedText({ state: 'failed', fetched: 40, expected: 60 })).toBe('40 of 60')
    expect(fetchedText({ state: 'reading', fetched: 0, expected: null })).toBe('0')
  })
})

it('a credential shows where it is kept, and only its last characters', () => {
  const base = { setAt: 0, check: null, testedAt: null, capabilities: [] }
  expect(credentialWords({ ...base, state: 'stored', hint: 'sk-admin-…cdef' })).toEqual({
    tone: 'good',
    word: 'In the keychain',
    detail: 'sk-admin-…cdef',
  })
  expect(credentialWords({ ...base, state: 'session', hint: 'x' }).tone).toBe('warn')
  expect(credentialWords({ ...base, state: 'none', hint: null })).toMatchObject({ word: 'None', detail: '' })
})
