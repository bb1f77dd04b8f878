import { expect, it } from 'vitest'

import { credentialProblem } from '../../../../../renderer/features/connections/connect/credential-field.tsx'

it('a key that cannot read the organization is refused before it leaves the window', () => {
  expect(credentialProblem('openai', 'sk-proj-0123456789')).toContain('project key')
  expect(credentialProblem('anthropic', 'sk-or-v1-0123456789')).toContain('sk-ant-admin01-')
  // Only Anthropic can check whether this one has admin scope.
  expect(credentialProblem('anthropic', 'sk-ant-api03-0123456789')).toBeNull()
  expect(credentialProblem('openai', 'sk-admin-0123456789abcdef')).toBeNull()
})

it('a short text gets no message, and no message contains the secret', () => {
  expect(credentialProblem('openai', 'sk-p')).toBeNull()
  expect(credentialProblem('openai', 'sk-proj-verysecretpart')).not.toContain('verysecretpart')
})

it('a credential of an unknown provider is checked by the service', () => {
  expect(credentialProblem('mistral', 'whatever it is')).toBeNull()
})
