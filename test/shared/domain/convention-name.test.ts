import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { proposeConventionName } from '../../../shared/domain/convention-name.ts'
import { DEFAULT_KEY_NAME_PATTERN, parseKeyName } from '../../../shared/domain/naming.ts'
import { anyString } from '../../any-string.ts'

const nothing = { project: null, environment: null, team: null, purpose: null }

describe('the name that a key should have', () => {
  it.each([
    [{ ...nothing, name: 'nils claims hotfix', project: 'Claims-Prod' }, 'prod-Claims-nils-hotfix'.toLowerCase(), []],
    [
      { name: 'x', project: null, environment: 'production', team: 'web', purpose: 'Search API' },
      'prod-web-search-api',
      [],
    ],
    [{ ...nothing, name: 'old-api-v2', team: 'web', environment: 'staging' }, 'staging-web-old-api', []],
    [{ ...nothing, name: 'staging_1', project: 'old-pilot' }, 'staging-old-pilot-1', []],
    [
      { ...nothing, name: 'batch', project: 'Billing', team: 'production', environment: 'production' },
      'prod-billing-batch',
      [],
    ],
    [{ ...nothing, name: 'alice notebook', project: 'Analytics' }, null, ['environment']],
    [{ ...nothing, name: 'web', project: 'Web-Prod' }, null, ['purpose']],
    [{ ...nothing, name: 'prod', project: 'Prod' }, null, ['team', 'purpose']],
    [{ ...nothing, name: '', project: null }, null, ['environment', 'team', 'purpose']],
  ])('%j: %s, unknown: %j', (key, name, unknown) => {
    expect(proposeConventionName(DEFAULT_KEY_NAME_PATTERN, key)).toEqual({ name, unknown })
  })

  it('is read by its own pattern and repeats no word, or is not proposed, whatever the name', () => {
    fc.assert(
      fc.property(anyString(), fc.string(), fc.option(fc.string()), (name, team, project) => {
        const { name: proposed } = proposeConventionName(DEFAULT_KEY_NAME_PATTERN, {
          ...nothing,
          name,
          team,
          project,
          environment: 'test',
        })
        if (proposed === null) return
        expect(proposed.length).toBeLessThan(140)
        expect(parseKeyName(proposed)?.environment).toBe('test')
      }),
    )
  })
})
