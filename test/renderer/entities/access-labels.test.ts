import { describe, expect, it } from 'vitest'

import { pathWords, principalName, projectWord } from '../../../renderer/entities/access-labels.ts'

describe('a grant in words', () => {
  it('names the path of the grant', () => {
    expect(pathWords({ via: 'direct', viaName: null })).toBe('Direct')
    expect(pathWords({ via: 'group', viaName: 'Platform' })).toBe('Via group Platform')
    expect(pathWords({ via: 'organization', viaName: 'owner' })).toBe('Via organization role owner')
    expect(pathWords({ via: 'group', viaName: null })).toBe('Via a group')
    expect(pathWords({ via: 'organization', viaName: null })).toBe('Via an organization role')
  })

  it('names the principal by name, e-mail or id', () => {
    expect(principalName({ name: 'Ada', email: 'a@x.example', externalId: 'u1' })).toBe('Ada')
    expect(principalName({ name: null, email: 'a@x.example', externalId: 'u1' })).toBe('a@x.example')
    expect(principalName({ name: null, email: null, externalId: 'u1' })).toBe('u1')
  })

  it('names a project by the vendor’s word', () => {
    expect(['openai', 'anthropic', 'other'].map(projectWord)).toEqual(['project', 'workspace', 'project'])
  })
})
