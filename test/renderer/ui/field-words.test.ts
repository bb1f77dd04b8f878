import { describe, expect, it } from 'vitest'

import { fieldWords, numberWords, type CheckedField } from '../../../renderer/ui/fields/words.ts'

function field(validity: CheckedField['validity'], more: Partial<CheckedField> = {}): CheckedField {
  return { type: 'text', value: '', validationMessage: 'Please fill out this field.', validity, ...more }
}

describe('a refused field', () => {
  it('has our words, never the browser’s', () => {
    expect(fieldWords(field({ valueMissing: true }))).toBe('Fill in this field')
    expect(fieldWords(field({ valueMissing: true }, { type: 'checkbox' }))).toBe('Check this box')
    expect(fieldWords(field({ rangeOverflow: true }, { type: 'number', max: '90' }))).toBe('The largest value is 90')
    expect(fieldWords(field({ typeMismatch: true }, { type: 'email' }))).toContain('ana@example.com')
    expect(fieldWords(field({ tooLong: true }, { value: 'abcd', maxLength: 3 }))).toBe(
      'Use at most 3 characters; this has 4',
    )
    expect(fieldWords(field({ valid: false, tooShort: true }))).toBe('This is not valid')
  })

  it('has the words of its own check', () => {
    const own = { validationMessage: 'The earliest date is 1 Nov 2026' }
    expect(fieldWords(field({ customError: true, valid: false }, own))).toBe(own.validationMessage)
  })

  it('with an allowed value has no message', () => {
    expect(fieldWords(field({ valid: true }))).toBeNull()
  })
})

describe('a number field', () => {
  const days = { min: 1, max: 3650, unit: 'days' }

  it.each(['1', '3650', ' 90 ', ''])('takes %j', (text) => {
    expect(numberWords(text, days)).toBeNull()
  })

  it.each(['abc', '0', '3651', '1.5', '-1', '1e3', '9'.repeat(20)])('refuses %j with its bounds', (text) => {
    expect(numberWords(text, days)).toBe('Enter a number of days from 1 to 3650')
  })

  it('must not be empty when it is required', () => {
    expect(numberWords('', { ...days, required: true })).not.toBeNull()
  })
})
