import { expect, it } from 'vitest'

import { originFor, typedProblem } from '../../../../../renderer/features/connections/connect/base-url-field.tsx'

it('an address is refused in the window by the rule of the contract, and an empty one is the vendor’s own', () => {
  expect(typedProblem(' ')).toBeNull()
  expect(typedProblem('https://gateway.example/v1')).toBeNull()
  expect(typedProblem('http://gateway.example/v1')).toContain('https://')
  expect(typedProblem('gateway.example')).toContain('not a valid web address')
})

it('the origin of an address decides whether the credential stays', () => {
  expect(originFor('openai', '')).toBe('https://api.openai.com')
  expect(originFor('openai', 'https://api.openai.com/other')).toBe(originFor('openai', ''))
  expect(originFor('openai', 'https://аpi.openai.com/v1')).not.toBe(originFor('openai', ''))
})
