import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { PROVIDER_IDS } from '../../../shared/domain/providers/providers.ts'
import {
  compareLevels,
  isPrivileged,
  levelRank,
  LEVELS,
  roleLabel,
  strongerLevel,
} from '../../../shared/domain/role.ts'
import { anyString } from '../../any-string.ts'
import { impliedProjectRole, getLevel } from '../../../shared/domain/providers/roles.ts'

describe('levels', () => {
  it.each([
    ['openai', 'organization', 'owner', 'owner'],
    ['openai', 'organization', ' Owner ', 'owner'],
    ['openai', 'organization', 'reader', 'reader'],
    ['openai', 'project', 'viewer', 'reader'],
    ['anthropic', 'organization', 'primary_owner', 'owner'],
    ['anthropic', 'organization', 'claude_code_user', 'member'],
    ['anthropic', 'project', 'workspace_restricted_developer', 'member'],
    ['anthropic', 'project', 'workspace_billing', 'billing'],
    ['openai', 'organization', 'a role that its owner made up', 'other'],
    ['somebody-else', 'organization', 'Admin', 'admin'],
    ['somebody-else', 'project', 'emperor', 'other'],
  ] as const)('%s, %s: %j is %s', (provider, scope, raw, level) => {
    expect(getLevel(provider, scope, raw)).toBe(level)
  })

  it('make one of the six from any word, including those of JavaScript', () => {
    const word = fc.oneof(
      anyString(),
      fc.constantFrom('constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'),
    )
    fc.assert(
      fc.property(word, fc.constantFrom(...PROVIDER_IDS, 'constructor', ''), (raw, provider) => {
        for (const scope of ['organization', 'project'] as const) {
          expect(LEVELS).toContain(getLevel(provider, scope, raw))
        }
      }),
    )
    expect(getLevel('openai', 'organization', 'constructor')).toBe('other')
  })

  it('are ordered, strongest first', () => {
    const some = fc.constantFrom(...LEVELS)
    fc.assert(
      fc.property(some, some, some, (a, b, c) => {
        expect(strongerLevel(a, b)).toBe(strongerLevel(b, a))
        expect(strongerLevel(a, strongerLevel(b, c))).toBe(strongerLevel(strongerLevel(a, b), c))
        expect(levelRank(strongerLevel(a, b))).toBe(Math.min(levelRank(a), levelRank(b)))
      }),
    )
    expect(LEVELS.filter(isPrivileged)).toEqual(['owner', 'admin'])
  })

  it('compare where both are known, and a custom role with none, not even with another one', () => {
    const some = fc.constantFrom(...LEVELS)
    fc.assert(
      fc.property(some, some, (a, b) => {
        const order = LEVELS.indexOf(a) - LEVELS.indexOf(b)
        expect(compareLevels(a, b)).toBe([a, b].includes('other') ? null : order)
      }),
    )
  })

  it.each([
    ['openai', 'owner', 'owner'],
    ['openai', 'reader', null],
    ['openai', 'constructor', null],
    ['anthropic', 'admin', 'workspace_admin'],
    ['anthropic', 'Primary_Owner', 'workspace_admin'],
    ['anthropic', 'billing', 'workspace_billing'],
    ['anthropic', 'developer', null],
  ] as const)('%s: the organization role %s carries %s into every project', (provider, role, implied) => {
    expect(impliedProjectRole(provider, role)).toBe(implied)
  })

  it.each([
    ['workspace_developer', 'Workspace developer'],
    ['owner', 'Owner'],
    ['Prompt engineer', 'Prompt engineer'],
    ['', ''],
  ])('%j is written %j', (raw, label) => {
    expect(roleLabel(raw)).toBe(label)
  })
})
