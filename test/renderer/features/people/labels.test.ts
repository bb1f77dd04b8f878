import { describe, expect, it } from 'vitest'

import { MATCH_REASONS } from '../../../../shared/domain/people/matching.ts'
import { employmentWord, noUseWord, reasonWord } from '../../../../renderer/features/people/labels.ts'

describe('a missing last use', () => {
  it('is "never", "not reported" or "unknown", depending on what the provider reports', () => {
    expect(noUseWord('openai')).toBe('Never')
    expect(noUseWord('anthropic')).toBe('Not reported')
    expect(noUseWord('a provider of tomorrow')).toBe('Unknown')
  })
})

describe('employment', () => {
  it('a past last day is shown as left, whatever the file’s status, and a future one as leaving', () => {
    expect(employmentWord({ status: 'employed', departed: true, endsOn: '2026-01-01' }).word).toBe('Left')
    expect(employmentWord({ status: 'leave', departed: false, endsOn: null }).word).toBe('On leave')
    expect(employmentWord({ status: 'employed', departed: false, endsOn: null }).word).toBe('Employed')
    expect(employmentWord({ status: 'employed', departed: false, endsOn: '2027-01-01' }).word).toBe('Employed, leaving')
  })
})

describe('a reason why two people may be one', () => {
  it('has its own words', () => {
    expect(new Set(MATCH_REASONS.map(reasonWord)).size).toBe(MATCH_REASONS.length)
  })
})
