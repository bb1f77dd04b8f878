import { expect, it } from 'vitest'

import {
  recognizeProvider,
  targetAddress,
  typeAddress,
} from '../../../../../renderer/features/connections/connect/target.ts'

const PROXY = 'https://proxy.example'
const litellm = typeAddress({ provider: 'litellm', addresses: {} }, PROXY)

it('an address that was typed for one provider is not the one of another that is chosen, and is there again for its own', () => {
  expect(targetAddress(litellm)).toBe(PROXY)
  const openai = { ...litellm, provider: 'openai' } as const
  expect(targetAddress(openai)).toBe('')
  expect(targetAddress({ ...openai, provider: 'litellm' })).toBe(PROXY)
})

it('a key that is recognized as another provider’s is sent to that provider, never to the typed address', () => {
  const recognized = recognizeProvider(litellm, 'sk-admin-0123456789abcdef')
  expect(recognized.provider).toBe('openai')
  expect(targetAddress(recognized)).toBe('')
})

it('a text of no known form leaves the provider as it is chosen, and so does any where a file is read', () => {
  expect(recognizeProvider(litellm, 'anything')).toBe(litellm)
  const file = { provider: 'file', addresses: {} } as const
  expect(recognizeProvider(file, 'sk-admin-0123456789abcdef')).toBe(file)
})
