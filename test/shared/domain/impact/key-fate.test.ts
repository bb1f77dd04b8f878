import { describe, expect, it } from 'vitest'

import { keyFate } from '../../../../shared/domain/impact/key-fate.ts'
import type { KeyToJudge, Removal } from '../../../../shared/domain/providers/facts.ts'

function judgeEffect(over: Partial<KeyToJudge>, removal: Removal): string {
  return keyFate({ provider: 'openai', kind: 'project', ownerKind: 'user', ownerAccess: 'active', ...over }, removal)
    .effect
}

describe('the impact on a key', () => {
  it.each([
    ['a person’s key when they are removed', {}, 'member', 'dies'],
    ['a key whose owner lost the project before', { ownerAccess: 'inactive' }, 'member', 'unknown'],
    ['an admin key when its owner is removed', { kind: 'admin' }, 'member', 'unknown'],
    ['a service account’s key with the account', { ownerKind: 'service-account' }, 'service-account', 'dies'],
    ['any key of an archived project', { ownerKind: 'service-account' }, 'project', 'dies'],
    ['the key itself', { kind: 'admin' }, 'key', 'dies'],
  ] as const)('at OpenAI: %s', (_, key, removal, effect) => {
    expect(judgeEffect(key, removal)).toBe(effect)
  })

  it.each([
    ['a workspace key when its creator is removed', {}, 'member', 'stays'],
    ['a workspace key of a service account', { ownerKind: 'service-account' }, 'service-account', 'unknown'],
    ['a key of the organization, for each principal that it acts as', { kind: 'organization' }, 'member', 'dies'],
    ['a key that Claude Code made, when its owner is removed', { tool: 'Claude Code' }, 'member', 'dies'],
    ['any key of an archived workspace', {}, 'project', 'dies'],
    ['the key itself', {}, 'key', 'dies'],
  ] as const)('at Anthropic: %s', (_, key, removal, effect) => {
    expect(judgeEffect({ provider: 'anthropic', ownerAccess: null, ...key }, removal)).toBe(effect)
  })

  it('is unknown for a provider without known rules, except for the key itself', () => {
    expect(judgeEffect({ provider: 'mistral' }, 'member')).toBe('unknown')
    expect(judgeEffect({ provider: 'mistral' }, 'project')).toBe('unknown')
    expect(judgeEffect({ provider: 'mistral' }, 'key')).toBe('dies')
  })

  it('names the provider, so that rules are not confused', () => {
    for (const removal of ['member', 'service-account', 'project'] as const) {
      const of = (provider: string, ownerAccess: 'active' | 'inactive' | null): string =>
        keyFate({ provider, kind: 'project', ownerKind: 'user', ownerAccess }, removal).because
      expect(of('openai', 'active')).toContain('OpenAI')
      expect(of('anthropic', null)).toContain('Anthropic')
      expect(of('mistral', null)).toContain('mistral')
    }
  })
})
