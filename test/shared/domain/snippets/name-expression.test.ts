import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { checkKeyNamePattern, parseKeyName } from '../../../../shared/domain/naming.ts'
import { nameExpression } from '../../../../shared/domain/snippets/name-expression.ts'

const SEPARATORS = ['-', '_', '.', '--', ' / ', '+', '$']
const PATTERNS = fc
  .record({
    before: fc.constantFrom('', 'key-', '(', '^'),
    words: fc.shuffledSubarray(['{environment}', '{team}', '{purpose}'], { minLength: 1 }),
    separators: fc.array(fc.constantFrom(...SEPARATORS), { minLength: 3, maxLength: 3 }),
    after: fc.constantFrom('', '.key', '$'),
  })
  .map(
    ({ before, words, separators, after }) =>
      before + words.map((word, n) => (n === 0 ? word : `${separators[n]}${word}`)).join('') + after,
  )
  .filter((pattern) => checkKeyNamePattern(pattern).ok)

const NAMES = fc
  .array(fc.constantFrom('prod', 'a', 'web', ' ', '\n', 'key-', '(', '^', '.key', '$', ...SEPARATORS), { maxLength: 9 })
  .map((parts) => parts.join('').trim())

describe('the expression of a naming convention', () => {
  it('matches exactly the names that the convention accepts, and finds the same parts', () => {
    fc.assert(
      fc.property(PATTERNS, NAMES, (pattern, name) => {
        const match = new RegExp(nameExpression(pattern).ecmascript, 'u').exec(name)
        const parsed = parseKeyName(name, pattern)
        expect(match !== null).toBe(parsed !== null)
        const { team, purpose } = match?.groups ?? {}
        expect({ team: team ?? null, purpose: purpose ?? null }).toEqual({
          team: parsed?.team ?? null,
          purpose: parsed?.purpose ?? null,
        })
      }),
      { numRuns: 2000 },
    )
  })

  it('is the one of the usual convention', () => {
    const { ecmascript, python } = nameExpression('{environment}-{team}-{purpose}')
    expect(ecmascript).toBe(
      String.raw`^(?<environment>\S(?:(?!-)\S)*)-(?<team>\S(?:(?!-)\S)*)-(?<purpose>[^\n\r\u2028\u2029]+)$`,
    )
    expect(python).toContain('(?P<environment>')
    expect(new RegExp(ecmascript, 'u').test('prod-product-backend')).toBe(true)
    expect(new RegExp(ecmascript, 'u').test('backend')).toBe(false)
  })
})
