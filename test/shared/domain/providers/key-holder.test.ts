import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import {
  describePurpose,
  findKeyHolder,
  type HeldKey,
  MAKER_NAMED,
  parsePurpose,
} from '../../../../shared/domain/providers/key-holder.ts'

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

it('reads back whose key a written purpose says it is, whatever the purpose and the owner’s name hold', () => {
  const word = fc.stringMatching(/^[\p{L}\p{N}()@. -]*[\p{L}\p{N}]$/u)
  fc.assert(
    fc.property(
      fc.option(word, { nil: '' }),
      fc.constantFrom('person', 'workspace', 'organization'),
      fc.option(word, { nil: '' }),
      (purpose, holder, name) => {
        fc.pre(parsePurpose(purpose) === null && !purpose.includes(' key'))
        const owner = holder === 'person' ? name : ''
        expect(parsePurpose(describePurpose({ purpose, holder, owner }))).toEqual({ purpose, holder, owner })
      },
    ),
  )
})

it('takes a purpose that says nothing of a holder for a purpose alone', () => {
  for (const text of [
    '',
    'Production API',
    'API key of the shop',
    'keys',
    'personal keys',
    'for the workspace keyboard',
  ]) {
    expect(parsePurpose(text)).toBeNull()
  }
})
