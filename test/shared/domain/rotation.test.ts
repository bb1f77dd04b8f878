import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { addDays, daysBetween, isDay } from '../../../shared/domain/day.ts'
import { DEFAULT_POLICY, withOverride } from '../../../shared/domain/policy.ts'
import { type DueInput, computeDue, longestLead, rotationState } from '../../../shared/domain/rotation.ts'
import { someDay, somePolicy } from './draws.ts'

const base: DueInput = {
  kind: 'project',
  status: 'active',
  environment: null,
  createdOn: '2026-01-31',
  lastRotatedOn: null,
  expiresOn: null,
  intervalDays: null,
  dueOn: null,
}

const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { nil: null })

const someKey: fc.Arbitrary<DueInput> = fc.record({
  kind: fc.constantFrom('project', 'admin', 'organization'),
  status: fc.constantFrom('active', 'inactive', 'unknown word'),
  environment: fc.constantFrom(null, 'production', 'prod', 'PRD', ' Live ', 'staging', 'constructor', ''),
  createdOn: maybe(someDay),
  lastRotatedOn: maybe(someDay),
  expiresOn: maybe(someDay),
  intervalDays: maybe(fc.integer({ min: 1, max: 3650 })),
  dueOn: maybe(someDay),
})

describe('the day on which a key has to be rotated', () => {
  it.each<[string, Partial<DueInput>, { on: string | null; basis: string }]>([
    ['an admin key after 90 days', { kind: 'admin' }, { on: '2026-05-01', basis: 'admin-policy' }],
    ['a production key after 90 days', { environment: 'prod' }, { on: '2026-05-01', basis: 'production-policy' }],
    ['any other after 180 days', {}, { on: '2026-07-30', basis: 'other-policy' }],
    ['from the last rotation', { lastRotatedOn: '2026-03-01' }, { on: '2026-08-28', basis: 'other-policy' }],
    ['by an interval of its own', { intervalDays: 29 }, { on: '2026-03-01', basis: 'key-interval' }],
    ['over a leap day', { createdOn: '2024-01-31', intervalDays: 30 }, { on: '2024-03-01', basis: 'key-interval' }],
    ['never after the ceiling', { intervalDays: 400 }, { on: '2027-01-31', basis: 'ceiling' }],
    ['by a date, past the ceiling', { dueOn: '2030-01-01' }, { on: '2030-01-01', basis: 'date' }],
    [
      'by a date rather than an interval',
      { dueOn: '2026-02-01', intervalDays: 3 },
      { on: '2026-02-01', basis: 'date' },
    ],
    ['never after the expiry', { expiresOn: '2026-03-01' }, { on: '2026-03-01', basis: 'expiry' }],
    ['not by an expiry that is later', { expiresOn: '2027-03-01' }, { on: '2026-07-30', basis: 'other-policy' }],
    ['by the expiry alone', { createdOn: null, expiresOn: '2027-03-01' }, { on: '2027-03-01', basis: 'expiry' }],
    ['no day for a decoy', { decoy: 1, dueOn: '2026-02-01' }, { on: null, basis: 'decoy' }],
    ['no day once archived', { status: 'archived' }, { on: null, basis: 'retired' }],
    ['no day once expired', { status: 'expired', dueOn: '2026-02-01' }, { on: null, basis: 'retired' }],
    ['a day while only disabled', { status: 'inactive' }, { on: '2026-07-30', basis: 'other-policy' }],
    ['unknown without any date', { createdOn: null }, { on: null, basis: 'unknown' }],
  ])('%s', (_, over, due) => {
    expect(computeDue({ ...base, ...over }, DEFAULT_POLICY)).toEqual(due)
  })

  it('is never later than the expiry, nor than the ceiling unless a person set a date', () => {
    fc.assert(
      fc.property(someKey, somePolicy, (key, policy) => {
        const due = computeDue(key, policy)
        const from = key.lastRotatedOn ?? key.createdOn
        const latest = key.dueOn ?? (from === null ? null : addDays(from, policy.ceilingDays))
        const bounds = [latest, key.expiresOn].filter((day) => day !== null)
        expect(due.on === null).toBe(bounds.length === 0)
        expect(due.basis === 'unknown').toBe(bounds.length === 0)
        expect(bounds.every((bound) => due.on !== null && isDay(due.on) && due.on <= bound)).toBe(true)
        expect(due.basis !== 'date' || due.on === key.dueOn).toBe(true)
        expect(due.basis !== 'expiry' || due.on === key.expiresOn).toBe(true)
      }),
    )
  })

  it('is not earlier after a rotation, and moves day by day with the day it counts from', () => {
    fc.assert(
      fc.property(someKey, somePolicy, fc.integer({ min: 0, max: 800 }), (key, policy, days) => {
        const rotated = key.lastRotatedOn ?? '2026-01-01'
        const before = computeDue({ ...key, lastRotatedOn: rotated }, policy)
        const after = computeDue({ ...key, lastRotatedOn: addDays(rotated, days) }, policy)
        expect((after.on ?? '') >= (before.on ?? '')).toBe(true)
        const counted = before.basis === after.basis && before.basis !== 'date' && before.basis !== 'expiry'
        expect(!counted || daysBetween(before.on ?? '', after.on ?? '') === days).toBe(true)
      }),
    )
  })
})

describe('the state of a rotation', () => {
  const policy = { leadDays: [7, 30, 1] }

  it.each([
    ['2026-03-01', 'overdue'],
    ['2026-03-02', 'due'],
    ['2026-04-01', 'due'],
    ['2026-04-02', 'ok'],
    [null, 'unknown'],
  ])('on 2026-03-02 a key due on %s is %s', (dueOn, state) => {
    expect(rotationState(dueOn, '2026-03-02', policy)).toBe(state)
  })

  it('uses the longest lead, in any order', () => {
    expect(longestLead(policy)).toBe(30)
    expect(longestLead({ leadDays: [] })).toBe(0)
  })
})

describe('an override of the policy', () => {
  it('changes what it names and nothing else', () => {
    expect(withOverride(DEFAULT_POLICY, { adminKeyDays: 30 })).toEqual({ ...DEFAULT_POLICY, adminKeyDays: 30 })
    expect(withOverride(DEFAULT_POLICY, null)).toEqual(DEFAULT_POLICY)
  })
})
