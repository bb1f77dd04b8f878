import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { isDeparted } from '../../../../shared/domain/people/employment.ts'
import { employmentState, isContractorWord } from '../../../../shared/domain/import/personnel-words.ts'
import { anyString } from '../../../any-string.ts'

describe('a status', () => {
  it.each([
    ['Active', 'employed'],
    ['ACTIVE ', 'employed'],
    ['Full-time', 'employed'],
    ['On Leave', 'leave'],
    ['Leave of absence', 'leave'],
    ['Terminated', 'departed'],
    ['Suspended', 'departed'],
    ['In-active', 'departed'],
    ['gekündigt', 'departed'],
    ['false', 'departed'],
    ['Perhaps', null],
    ['', null],
    ['constructor', null],
  ])('%j is %s', (word, state) => {
    expect(employmentState(word)).toBe(state)
  })

  it('is never guessed, whatever the word', () => {
    fc.assert(
      fc.property(anyString(), (word) => {
        expect([null, 'employed', 'leave', 'departed']).toContain(employmentState(word))
      }),
    )
  })
})

describe('a kind of employment', () => {
  it.each([
    ['Contractor', true],
    ['contingent worker', true],
    ['Freelancer', true],
    ['External', true],
    ['yes', true],
    ['Employee', false],
    ['Permanent contract', false],
    ['Full-time', false],
    ['no', false],
    ['', false],
  ])('%j: %s', (word, isContractor) => {
    expect(isContractorWord(word)).toBe(isContractor)
  })
})

describe('a departure', () => {
  it.each([
    [{ status: 'departed', endsOn: null }, true],
    [{ status: 'employed', endsOn: '2026-03-09' }, true],
    [{ status: 'employed', endsOn: '2026-03-10' }, false],
    [{ status: 'leave', endsOn: null }, false],
  ] as const)('on 10 March 2026, %j: %s', (employment, departed) => {
    expect(isDeparted(employment, '2026-03-10')).toBe(departed)
  })
})
