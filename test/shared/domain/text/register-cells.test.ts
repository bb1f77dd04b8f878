import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  dayCell,
  personCell,
  readPersonCell,
  readReviewCell,
  readTextCell,
  reviewCell,
  textCell,
} from '../../../../shared/domain/text/register-cells.ts'
import { anyString } from '../../../any-string.ts'

/**
 * Text that often meets every rule of the cells: separators, quotes, dashes, the word All, addresses, odd white space.
 */
const text = fc.oneof(
  anyString({ maxLength: 12 }),
  fc
    .array(
      fc.constantFrom(',', ', ', '\\', '-', '–', 'All', 'all', '*', ' ', '\n', 'a@b.example', '<', '>', 'x', '|'),
      {
        maxLength: 6,
      },
    )
    .map((parts) => parts.join('')),
)

describe('a text cell', () => {
  it('reads back what it wrote, and empty as null', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(readTextCell(textCell(value))).toBe(value.trim() === '' ? null : value.trim())
      }),
    )
    expect(textCell(null)).toBe('-')
    expect(readTextCell(' - ')).toBeNull()
    expect(readTextCell('—')).toBeNull()
  })
})

describe('a person cell', () => {
  it('accepts a name, a name with an e-mail, or an e-mail', () => {
    expect(personCell('Jane Smith', null)).toBe('Jane Smith')
    expect(personCell('Jane Smith', 'jane@acme.example')).toBe('Jane Smith <jane@acme.example>')
    expect(personCell(null, 'jane@acme.example')).toBe('jane@acme.example')
    expect(readPersonCell('Jane Smith  <jane@acme.example>')).toEqual({
      name: 'Jane Smith',
      email: 'jane@acme.example',
    })
    expect(readPersonCell('-')).toEqual({ name: null, email: null })
    expect(personCell(null, 'not an address')).toBe('not an address')
  })

  it('is the same again after reading, for any name and e-mail', () => {
    fc.assert(
      fc.property(fc.option(text), fc.option(fc.oneof(text, fc.constant('jane@acme.example'))), (name, email) => {
        const cell = personCell(name, email)
        const read = readPersonCell(cell)
        expect(personCell(read.name, read.email)).toBe(cell)
      }),
    )
  })

  it('loses no name next to an e-mail', () => {
    fc.assert(
      fc.property(text, (name) => {
        const read = readPersonCell(personCell(name, 'jane@acme.example'))
        expect(read.email).toBe('jane@acme.example')
        expect(read.name ?? '').toBe(name.trim() === 'jane@acme.example' ? '' : name.trim())
      }),
    )
  })
})

describe('a day cell', () => {
  it('is the day, or a dash', () => {
    expect(dayCell('2025-01-01')).toBe('2025-01-01')
    expect(dayCell(null)).toBe('-')
  })

  it('marks a last review after which the next one is overdue, and is read back', () => {
    expect(reviewCell('2025-01-01', false)).toBe('2025-01-01')
    expect(reviewCell('2025-01-01', true)).toBe('2025-01-01 (overdue)')
    expect(reviewCell(null, true)).toBe('- (overdue)')
    expect(readReviewCell('2025-01-01 (overdue)')).toEqual({ date: '2025-01-01', isOverdue: true })
    expect(readReviewCell(' - (Overdue) ')).toEqual({ date: '-', isOverdue: true })
    expect(readReviewCell('2025-01-01')).toEqual({ date: '2025-01-01', isOverdue: false })
  })
})
