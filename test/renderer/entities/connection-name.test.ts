import { describe, expect, it } from 'vitest'

import { splitLabel } from '../../../renderer/entities/connection-name.tsx'

describe('the label of a connection', () => {
  it('keeps its provider when it is cut', () => {
    expect(splitLabel('Quillmarsh Mutual on OpenAI')).toEqual(['Quillmarsh Mutual', ' on OpenAI'])
    expect(splitLabel('Live on stage on Anthropic', 'Anthropic')).toEqual(['Live on stage', ' on Anthropic'])
  })

  it('names the provider where it does not contain it', () => {
    expect(splitLabel('Main organization', 'OpenAI')).toEqual(['Main organization', ' · OpenAI'])
    expect(splitLabel('openai main', 'OpenAI')).toEqual(['openai main', ''])
    expect(splitLabel('Main organization')).toEqual(['Main organization', ''])
  })

  it('is cut at its end where that would leave no room for its beginning', () => {
    expect(splitLabel('Acme on the platform with a very long name')).toEqual([
      'Acme on the platform with a very long name',
      '',
    ])
  })
})
