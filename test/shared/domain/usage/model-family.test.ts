import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { modelFamily } from '../../../../shared/domain/usage/model-family.ts'

const stem = fc.constantFrom(
  'gpt-5.4',
  'gpt-5.4-mini',
  'claude-sonnet-5',
  'claude-opus-4-5',
  'o3',
  'text-embedding-3-large',
)
const two = (value: number): string => String(value).padStart(2, '0')
const date = fc
  .record({
    year: fc.integer({ min: 2020, max: 2039 }),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 31 }),
  })
  .map(({ year, month, day }) => [String(year), two(month), two(day)] as const)

describe('the family of a model', () => {
  it('is the same whatever date, gateway or case a name has', () => {
    fc.assert(
      fc.property(
        stem,
        date,
        fc.constantFrom('-', ''),
        fc.constantFrom('-', '@'),
        fc.constantFrom('', 'openai/', 'anthropic/', 'azure/'),
        fc.boolean(),
        (name, parts, between, before, gateway, upper) => {
          const dated = `${gateway}${name}${before}${parts.join(between)}`
          expect(modelFamily(upper ? dated.toUpperCase() : dated)).toBe(name)
          expect(modelFamily(`${gateway}${name}-latest`)).toBe(name)
        },
      ),
    )
  })

  it('of a family is itself, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.tuple(stem, date).map(([name, parts]) => `${name}-${parts.join('-')}`),
        ),
        (text) => {
          expect(modelFamily(modelFamily(text))).toBe(modelFamily(text))
        },
      ),
    )
  })

  it.each([
    ['gpt-5.4-2026-03-05', 'gpt-5.4'],
    ['claude-sonnet-4-5-20250929', 'claude-sonnet-4-5'],
    ['claude-sonnet-4-5@20250929', 'claude-sonnet-4-5'],
    ['gpt-4-0613', 'gpt-4'],
    ['gpt-4-1106-preview', 'gpt-4-1106-preview'],
    // Not a date: month 13 does not exist, and dimensions of an embedding are not one.
    ['gpt-4-1313', 'gpt-4-1313'],
    ['embedding-1024', 'embedding-1024'],
    ['ft:gpt-5.4-2026-03-05:acme::x1', 'ft:gpt-5.4-2026-03-05:acme::x1'],
    ['-2026-03-05', '-2026-03-05'],
    ['', ''],
  ])('of %s is %s', (model, family) => {
    expect(modelFamily(model)).toBe(family)
  })
})
