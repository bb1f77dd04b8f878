import { expect, it } from 'vitest'

import { findKeyHolder, type HeldKey, MAKER_NAMED } from '../../../shared/domain/key-holder.ts'

it('takes a workspace’s key for nobody’s, whoever made it, and a person’s for theirs, whatever it is called', () => {
  const of = (provider: string, kind: HeldKey['kind'], ownerKind: HeldKey['ownerKind']) =>
    findKeyHolder({ provider, kind, ownerKind })
  expect(MAKER_NAMED).toEqual(['anthropic', 'openrouter'])
  expect(of('anthropic', 'project', 'user')).toBe('workspace')
  expect(of('openrouter', 'project', 'user')).toBe('workspace')
  expect(of('anthropic', 'organization', 'user')).toBe('person')
  expect(of('anthropic', 'project', null)).toBe('workspace')
  expect(of('openai', 'project', 'user')).toBe('person')
  expect(of('openai', 'project', 'service-account')).toBe('service-account')
  expect(of('openai', 'admin', 'user')).toBe('organization')
  expect(of('some platform', 'project', null)).toBe('unknown')
})
