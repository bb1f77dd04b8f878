import { describe, expect, it } from 'vitest'

import {
  describeCompleteness,
  credentialWords,
  fetchedText,
  notReadFirst,
  progressPercent,
  progressText,
} from '../../../renderer/entities/connection-summary.ts'
import type { SourceSummary } from '../../../shared/contract/connections.ts'
import type { SyncProgress } from '../../../shared/contract/sync.ts'

function source(
  name: SourceSummary['source'],
  state: SourceSummary['state'],
  reason: string | null = null,
): SourceSummary {
  return { source: name, state, expected: null, fetched: 0, excluded: [], reason }
}

const label = (each: SourceSummary): string => each.source

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

describe('completeness', () => {
  it('a source that the organization does not have counts as read', () => {
    expect(describeCompleteness([source('users', 'complete'), source('groups', 'unavailable')], label)).toEqual({
      tone: 'good',
      text: 'All 2 sources synced',
      detail: '',
    })
  })

  it('an incomplete sync shows the number of read sources, and the reason of each other one', () => {
    const shown = describeCompleteness(
      [
        source('users', 'complete'),
        source('admin-keys', 'denied', 'The key lacks a scope.'),
        source('invites', 'failed'),
      ],
      label,
    )
    expect(shown).toEqual({
      tone: 'warn',
      text: '1 of 3 sources synced',
      detail: 'admin-keys: The key lacks a scope.\ninvites: failed',
    })
  })

  it('a sync without sources is not complete', () => {
    expect(describeCompleteness([], label).tone).toBe('quiet')
  })
})

it('sources that were not read come first, otherwise in their order', () => {
  const sources = [
    source('users', 'complete'),
    source('invites', 'failed'),
    source('groups', 'unavailable'),
    source('roles', 'denied'),
  ]
  expect(notReadFirst(sources).map((each) => each.source)).toEqual(['invites', 'roles', 'users', 'groups'])
})

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
    expect(fetchedText(120, null)).toBe('120')
    expect(fetchedText(120, 120)).toBe('120')
    expect(fetchedText(1118, 1120)).toBe('1,118 of 1,120')
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
