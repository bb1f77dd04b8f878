import { describe, expect, it } from 'vitest'

import { noUseWord } from '../../../../renderer/features/people/words.ts'

describe('a last use that is not there', () => {
  it('is "never", "not reported" or "unknown", by what the provider tells', () => {
    expect(noUseWord('openai')).toBe('Never')
    expect(noUseWord('anthropic')).toBe('Not reported')
    expect(noUseWord('a provider of tomorrow')).toBe('Unknown')
  })
})
