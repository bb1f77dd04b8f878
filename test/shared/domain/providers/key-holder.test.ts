import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import {
  describePurpose,
  findKeyHolder,
  holderWords,
  type HeldKey,
  MAKER_NAMED,
  ownerWord,
  parsePurpose,
  whetherRemovedOrNot,
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

const ada = { state: 'known', name: 'Ada', email: 'ada@x.example', present: true } as const
const nobody = { name: null, email: null, present: null } as const

it('is written with who answers for the key, and whether they are still there', () => {
  expect(holderWords({ holder: 'person', owner: ada })).toBe('Ada')
  expect(holderWords({ holder: 'person', owner: { ...ada, present: false } })).toBe('Ada (removed)')
  expect(holderWords({ holder: 'organization', owner: { ...ada, present: false } })).toBe('Ada (removed)')
  expect(holderWords({ holder: 'person', owner: { ...ada, name: null } })).toBe('ada@x.example')
  expect(holderWords({ holder: 'workspace', owner: ada })).toBe('Workspace, made by Ada')
  expect(holderWords({ holder: 'workspace', owner: { ...ada, present: false } })).toBe(
    'Workspace, made by Ada (removed)',
  )
  expect(holderWords({ holder: 'workspace', owner: { ...nobody, state: 'unknown' } })).toBe('Workspace')
  expect(holderWords({ holder: 'unknown', owner: { ...nobody, state: 'none' } })).toBe('No owner')
  expect(holderWords({ holder: 'unknown', owner: { ...nobody, state: 'unknown' } })).toBe('Not reported')
})

it('is in one word known, removed, none or not reported', () => {
  expect(ownerWord(ada)).toBe('known')
  expect(ownerWord({ ...ada, present: null })).toBe('known')
  expect(ownerWord({ ...ada, present: false })).toBe('removed')
  expect(ownerWord({ ...nobody, state: 'none' })).toBe('none')
  expect(ownerWord({ ...nobody, state: 'unknown' })).toBe('not-reported')
})

it('is in the purpose that a register writes, with the holder of an admin key and the maker of a workspace’s key', () => {
  const purpose = 'batch'
  expect(describePurpose({ purpose, holder: 'person', owner: { ...ada, present: false } })).toBe(
    'batch (personal key of Ada (removed))',
  )
  expect(describePurpose({ purpose: '', holder: 'organization', owner: ada })).toBe('Admin key of Ada')
  expect(describePurpose({ purpose, holder: 'workspace', owner: ada })).toBe('batch (workspace key made by Ada)')
  expect(describePurpose({ purpose, holder: 'service-account', owner: ada })).toBe('batch')
  expect(describePurpose({ purpose: '', holder: 'none', owner: { ...nobody, state: 'none' } })).toBe(
    'Key without owner',
  )
  expect(describePurpose({ purpose: '', holder: 'unknown', owner: { ...nobody, state: 'unknown' } })).toBe(
    'Key whose owner is not reported',
  )
})

it('is read back from a written purpose, whatever the purpose and the owner’s name contain, and whether they left or not', () => {
  const word = fc.stringMatching(/^[\p{L}\p{N}()@. -]*[\p{L}\p{N}]$/u)
  fc.assert(
    fc.property(
      fc.option(word, { nil: '' }),
      fc.constantFrom('person', 'workspace', 'organization'),
      word,
      fc.boolean(),
      (purpose, holder, name, isThere) => {
        fc.pre(parsePurpose(purpose) === null && !purpose.includes(' key'))
        const written = describePurpose({
          purpose,
          holder,
          owner: { state: 'known', name, email: null, present: isThere },
        })
        expect(parsePurpose(written)).toEqual({ purpose, holder, owner: name.trim() })
        expect(whetherRemovedOrNot(written)).not.toContain('(removed)')
      },
    ),
  )
  for (const holder of ['none', 'unknown'] as const) {
    const written = describePurpose({ purpose: 'batch', holder, owner: { ...nobody, state: holder } })
    expect(parsePurpose(written)).toEqual({ purpose: 'batch', holder, owner: '' })
  }
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
