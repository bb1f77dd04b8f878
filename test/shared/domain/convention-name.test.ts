import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { conventionName } from '../../../shared/domain/convention-name.ts'
import { DEFAULT_KEY_NAME_PATTERN, parseKeyName } from '../../../shared/domain/naming.ts'
import { anyString } from '../../any-string.ts'

const nothing = { project: null, environment: null, team: null, purpose: null }

describe('the name that a key should have', () => {
  it.each([
    [{ ...nothing, name: 'alice notebook', project: 'Analytics' }, '{environment}-analytics-alice-notebook'],
    [{ ...nothing, name: 'nils claims hotfix', project: 'Claims-Prod' }, 'prod-claims-nils-claims-hotfix'],
    [
      { name: 'x', project: null, environment: 'production', team: 'web', purpose: 'Search API' },
      'prod-web-search-api',
    ],
    [{ ...nothing, name: 'old-api-v2', team: 'web', environment: 'staging' }, 'staging-web-old-api'],
    [{ ...nothing, name: 'staging_1', project: 'old-pilot' }, 'staging-old-pilot-1'],
    [{ ...nothing, name: 'prod', project: 'Prod' }, 'prod-prod-prod'],
    [{ ...nothing, name: '', project: null }, '{environment}-{team}-{purpose}'],
  ])('%j: %s', (key, name) => {
    expect(conventionName(DEFAULT_KEY_NAME_PATTERN, key)).toBe(name)
  })

  it('follows the pattern if nothing is left to fill in, whatever the name', () => {
    fc.assert(
      fc.property(anyString(), fc.string(), (name, team) => {
        const proposed = conventionName(DEFAULT_KEY_NAME_PATTERN, { ...nothing, name, team, environment: 'test' })
        expect(proposed.length).toBeLessThan(120)
        expect(proposed.includes('{') ? 'test' : parseKeyName(proposed)?.environment).toBe('test')
      }),
    )
  })
})
