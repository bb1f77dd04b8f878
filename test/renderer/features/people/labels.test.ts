import { describe, expect, it } from 'vitest'

import { MATCH_REASONS } from '../../../../shared/domain/people/matching.ts'
import { employmentWord, noUseWord, reasonWord } from '../../../../renderer/features/people/labels.ts'

describe('a last use that is not there', () => {
  it('is "never", "not reported" or "unknown", by what the provider tells', () => {
    expect(noUseWord('openai')).toBe('Never')
    expect(noUseWord('anthropic')).toBe('Not reported')
    expect(noUseWord('a provider of tomorrow')).toBe('Unknown')
  })
})

describe('employment', () => {
  it('is departed whatever the file calls it, and tells of who will leave', () => {
    expect(employmentWord({ status: 'employed', departed: true, endsOn: '2026-01-01' }).word).toBe('Departed')
    expect(employmentWord({ status: 'leave', departed: false, endsOn: null }).word).toBe('On leave')
    expect(employmentWord({ status: 'employed', departed: false, endsOn: null }).word).toBe('Employed')
    expect(employmentWord({ status: 'employed', departed: false, endsOn: '2027-01-01' }).word).toBe('Employed, leaving')
  })
})

describe('a reason why two people may be one', () => {
  it('has words of its own', () => {
    expect(new Set(MATCH_REASONS.map(reasonWord)).size).toBe(MATCH_REASONS.length)
  })
})
