import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { describe, expect, it } from 'vitest'

import { providerFacts, PROVIDER_IDS } from '../../../../shared/domain/providers/providers.ts'
import { roleCapability } from '../../../../shared/domain/providers/roles.ts'

const PAGE = readFileSync(join(resolve(import.meta.dirname, '../../../..'), 'docs/provider-roles.md'), 'utf8')

const ROLES = PROVIDER_IDS.flatMap((id) =>
  (['organization', 'project'] as const).flatMap((scope) => {
    const { can, levels } = providerFacts(id).roles[scope]
    return can === undefined ? [] : [{ id, scope, can, words: Object.keys(levels) }]
  }),
)

describe('what a role may do', () => {
  it('is written for every role of a provider, in the guide with the same words', () => {
    expect(ROLES.map(({ id, scope }) => `${id} ${scope}`)).toEqual([
      'openai organization',
      'openai project',
      'anthropic organization',
      'anthropic project',
    ])
    for (const { can } of ROLES) {
      for (const [role, says] of Object.entries(can)) {
        expect(PAGE).toMatch(
          new RegExp(`^\\| \`${role}\` +\\| ${says.replaceAll(/[.*+?^$()|[\]{}]/gu, String.raw`\$&`)} *\\|$`, 'mu'),
        )
      }
    }
  })

  it('is there for the words that the API has, whatever their case, and for no other', () => {
    const without = ROLES.flatMap(({ can, words }) => words.filter((word) => !Object.hasOwn(can, word)))
    // Words of older descriptions, which the API does not have.
    expect(without).toEqual(['admin', 'member'])
    expect(roleCapability('openai', 'project', ' Member ')).toBe('calls models and makes own keys in the project')
    expect(roleCapability('openai', 'project', 'constructor')).toBeNull()
    expect(roleCapability('elsewhere', 'project', 'member')).toBeNull()
  })
})
