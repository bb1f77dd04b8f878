import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import {
  describePurpose,
  findKeyHolder,
  type HeldKey,
  MAKER_NAMED,
  parsePurpose,
} from '../../../../shared/domain/providers/key-holder.ts'

it('is the workspace for a workspace key, whatever its creator, and the person for a personal key, whatever its kind', () => {
  const of = (
    provider: string,
    kind: HeldKey['kind'],
    ownerKind: HeldKey['ownerKind'],
    ownerState: HeldKey['ownerState'] = ownerKind === null ? 'unknown' : 'known',
  ) => findKeyHolder({ provider, kind, ownerState, ownerKind })
  expect(MAKER_NAMED).toEqual(['anthropic', 'openrouter'])
  expect(of('anthropic', 'project', 'user')).toBe('workspace')
  expect(of('openrouter', 'project', 'user')).toBe('workspace')
  expect(of('anthropic', 'organization', 'user')).toBe('person')
  expect(of('anthropic', 'project', null)).toBe('workspace')
  expect(of('openai', 'project', 'user')).toBe('person')
  expect(of('openai', 'project', 'service-account')).toBe('service-account')
  expect(of('openai', 'admin', 'user')).toBe('organization')
  expect(of('some platform', 'project', null)).toBe('unknown')
  expect(of('anthropic', 'project', null, 'none')).toBe('workspace')
  expect(of('litellm', 'project', null, 'none')).toBe('none')
  expect(of('some platform', 'project', 'user', 'none')).toBe('none')
})

it('is described as missing where the provider reports no owner, and no person is invented', () => {
  expect(describePurpose({ purpose: '', holder: 'none', owner: '' })).toBe('Key without owner')
})

it('is read back from a written purpose, whatever the purpose and the owner’s name contain', () => {
  const word = fc.stringMatching(/^[\p{L}\p{N}()@. -]*[\p{L}\p{N}]$/u)
  fc.assert(
    fc.property(
      fc.option(word, { nil: '' }),
      fc.constantFrom('person', 'workspace', 'organization', 'none'),
      fc.option(word, { nil: '' }),
      (purpose, holder, name) => {
        fc.pre(parsePurpose(purpose) === null && !purpose.includes(' key'))
        const owner = holder === 'person' ? name : ''
        expect(parsePurpose(describePurpose({ purpose, holder, owner }))).toEqual({
          purpose,
          holder,
          owner,
        })
      },
    ),
  )
})

it('is not read from a purpose that does not name a holder', () => {
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
