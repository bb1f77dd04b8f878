import { describe, expect, it } from 'vitest'

import { policyInput, policyProblems, toPolicyValues } from '../../../../renderer/features/settings/policy-values.ts'
import { policySchema } from '../../../../shared/contract/policy.ts'
import { DEFAULT_POLICY } from '../../../../shared/domain/policy.ts'

const stored = {
  ...DEFAULT_POLICY,
  leadDays: [...DEFAULT_POLICY.leadDays],
  reviewLeadDays: [...DEFAULT_POLICY.reviewLeadDays],
  quietRules: [...DEFAULT_POLICY.quietRules],
}
const agency = toPolicyValues(stored)

describe('the form of a policy', () => {
  it('returns the policy that it was filled with', () => {
    expect(policyProblems(agency, true)).toEqual({})
    expect(policyInput(agency, true, stored)).toEqual(DEFAULT_POLICY)
  })

  it('shows every field of the policy', () => {
    expect(Object.keys(agency).sort()).toEqual(Object.keys(policySchema.shape).sort())
  })

  it('stores only the changes of a client, and null without changes', () => {
    const nothing = toPolicyValues(null)
    expect(policyProblems(nothing, false)).toEqual({})
    expect(policyInput(nothing, false, null)).toBeNull()
    expect(policyInput({ ...nothing, adminKeyDays: 30 }, false, null)).toEqual({ adminKeyDays: 30 })
    expect(policyInput({ ...nothing, reviewer: ' Robin Reviewer ' }, false, null)).toEqual({
      reviewer: 'Robin Reviewer',
    })
  })

  it('keeps fields of a client that the form does not show', () => {
    const unseen = { ...toPolicyValues({ reviewKeysMonths: 2 }), adminKeyDays: 30 }
    // A field of a later version.
    const kept = { reviewKeysMonths: 2, somethingNewer: 7 } as const
    expect(policyInput(unseen, false, kept)).toEqual({ adminKeyDays: 30, reviewKeysMonths: 2, somethingNewer: 7 })
  })

  it('lets a client reset one of its fields, and the agency leave out the person', () => {
    const client = { reviewKeysMonths: 2, reviewer: 'Robin Reviewer' }
    expect(policyInput({ ...toPolicyValues(client), reviewKeysMonths: '' }, false, client)).toEqual({
      reviewer: 'Robin Reviewer',
    })
    expect(policyInput({ ...agency, reviewer: ' ' }, true, stored)).toMatchObject({ reviewer: '' })
  })

  it('requires every field of the agency', () => {
    // A person may be left out, and so may the rules that are not counted.
    const free = ['reviewer', 'acknowledger', 'quietRules']
    const needed = Object.keys(agency).filter((field) => !free.includes(field))
    expect(Object.keys(policyProblems(toPolicyValues(null), true)).sort()).toEqual(needed.sort())
  })

  it('reads the rules that are not counted, and lets a client follow the agency', () => {
    expect(policyInput({ ...agency, quietRules: 'invite-stale, key-unused' }, true, stored)?.quietRules).toEqual([
      'invite-stale',
      'key-unused',
    ])
    expect(policyInput({ ...agency, quietRules: '' }, true, stored)?.quietRules).toEqual([])
    expect(policyInput({ ...toPolicyValues(null), quietRules: '' }, false, null)).toBeNull()
  })

  it('sorts lead days and drops duplicates', () => {
    expect(policyInput({ ...agency, leadDays: '1 30,7; 7' }, true, stored)?.leadDays).toEqual([30, 7, 1])
  })

  it.each([
    ['keyNamePattern', '{team}{purpose}'],
    ['keyNamePattern', '{colour}'],
    ['adminKeyDays', 0],
    ['adminKeyDays', 4000],
    ['otherKeyDays', 1.5],
    ['overdueEveryDays', 91],
    ['reviewAdminsMonths', 0],
    ['reviewAdminsMonths', 25],
    ['contractorMaxProjects', 1001],
    ['reviewLeadDays', '91'],
    ['leadDays', 'soon'],
    ['leadDays', '366'],
    ['leadDays', Array.from({ length: 13 }, (_, day) => day).join(' ')],
  ])('refuses %s %s, as the contract does or more strictly', (field, value) => {
    expect(Object.keys(policyProblems({ ...agency, [field]: value }, true))).toEqual([field])
  })

  it('accepts nothing that the contract refuses', () => {
    for (const leadDays of ['0', '365', '30 14 7 1 0']) {
      const values = { ...agency, leadDays }
      expect(policyProblems(values, true)).toEqual({})
      expect(policySchema.partial().safeParse(policyInput(values, true, stored)).success).toBe(true)
    }
  })
})
