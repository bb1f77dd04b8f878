import { describe, expect, it } from 'vitest'

import { policyInput, policyProblems, policyValuesOf } from '../../../../renderer/features/settings/policy-values.ts'
import { policySchema } from '../../../../shared/contract/policy.ts'
import { DEFAULT_POLICY } from '../../../../shared/domain/policy.ts'

const agency = policyValuesOf({
  ...DEFAULT_POLICY,
  leadDays: [...DEFAULT_POLICY.leadDays],
  reviewLeadDays: [...DEFAULT_POLICY.reviewLeadDays],
})

describe('the form of a policy', () => {
  it('gives back the policy that it was filled with', () => {
    expect(policyProblems(agency, true)).toEqual({})
    expect(DEFAULT_POLICY).toMatchObject(policyInput(agency)!)
    expect(Object.keys(policyInput(agency)!).sort()).toEqual(Object.keys(agency).sort())
  })

  it('gives a client only what it changes, and null when it changes nothing', () => {
    const nothing = policyValuesOf(null)
    expect(policyProblems(nothing, false)).toEqual({})
    expect(policyInput(nothing)).toBeNull()
    expect(policyInput({ ...nothing, adminKeyDays: 30 })).toEqual({ adminKeyDays: 30 })
  })

  it('wants every field of the agency', () => {
    expect(Object.keys(policyProblems(policyValuesOf(null), true))).toHaveLength(Object.keys(agency).length)
  })

  it('orders lead days and drops doubles', () => {
    expect(policyInput({ ...agency, leadDays: '1 30,7; 7' })?.leadDays).toEqual([30, 7, 1])
  })

  it.each([
    ['keyNamePattern', '{team}{purpose}'],
    ['keyNamePattern', '{colour}'],
    ['adminKeyDays', 0],
    ['adminKeyDays', 4000],
    ['otherKeyDays', 1.5],
    ['overdueEveryDays', 91],
    ['leadDays', 'soon'],
    ['leadDays', '366'],
    ['leadDays', Array.from({ length: 13 }, (_, day) => day).join(' ')],
  ])('refuses %s %s, as the contract does or more strictly', (field, value) => {
    expect(Object.keys(policyProblems({ ...agency, [field]: value }, true))).toEqual([field])
  })

  it('lets nothing through that the contract refuses', () => {
    for (const leadDays of ['0', '365', '30 14 7 1 0']) {
      const values = { ...agency, leadDays }
      expect(policyProblems(values, true)).toEqual({})
      expect(policySchema.partial().safeParse(policyInput(values)).success).toBe(true)
    }
  })
})
