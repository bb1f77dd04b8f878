import { describe, expect, it } from 'vitest'

import {
  commonFault,
  CONNECTION_FAULTS,
  fixLabel,
  listFixes,
  toCredentialCheck,
} from '../../../shared/domain/connection-fault.ts'

describe('a kind of failure', () => {
  it('has a fix with a label, whatever the address', () => {
    for (const fault of CONNECTION_FAULTS) {
      for (const ownAddress of [true, false]) {
        for (const fix of listFixes(fault, ownAddress)) expect(fixLabel(fix)).toMatch(/^[A-Z]/u)
      }
    }
  })

  it('of the key is fixed by another key, and of an own address at that address first', () => {
    expect(listFixes('refused', true)).toEqual(['replace-key'])
    expect(listFixes('unreachable', true)).toEqual(['edit-url', 'retry'])
    expect(listFixes('unreachable', false)).toEqual(['retry'])
  })

  it('shows something about the credential only where the provider was asked or not reached', () => {
    expect(toCredentialCheck('refused')).toBe('refused')
    expect(toCredentialCheck('certificate')).toBe('unreachable')
    expect(toCredentialCheck('busy')).toBeNull()
  })
})

it('of several kinds of failure the most frequent counts, and of equally frequent ones the most serious', () => {
  expect(commonFault([])).toBeNull()
  expect(commonFault(['busy', 'permission', 'permission'])).toBe('permission')
  expect(commonFault(['busy', 'permission'])).toBe('permission')
})
