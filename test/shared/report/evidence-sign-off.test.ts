import { describe, expect, it } from 'vitest'

import type { ReviewRow } from '../../../shared/contract/reviews.ts'
import { describeTimeliness } from '../../../shared/report/evidence-sign-off.ts'

const OPEN: ReviewRow = {
  reviewId: 1,
  client: { slug: 'acme', name: 'Acme', colour: '#117733' },
  kind: 'roles',
  name: 'Roles',
  state: 'open',
  openedAt: 0,
  openedBy: 'Mara',
  dueOn: '2026-04-10',
  overdue: false,
  items: 1,
  decided: 1,
  flagged: 0,
  pending: 0,
  decisions: { keep: 1, change: 0, remove: 0, unknown: 0 },
  reviewers: [],
  signed: null,
  acknowledged: null,
  override: null,
  carried: null,
}

const signedAt = (at: Date): string =>
  describeTimeliness({ ...OPEN, state: 'signed', signed: { by: 'Mara', operator: 'mara', at: at.getTime() } })

describe('whether a review was signed in time', () => {
  it('is by the day on the calendar of the operator, as its due day is', () => {
    expect(signedAt(new Date(2026, 3, 10, 23, 59))).toBe('signed in time')
    expect(signedAt(new Date(2026, 3, 11, 0, 1))).toBe('signed late')
  })

  it('is open for one that ended without a signature', () => {
    expect(describeTimeliness(OPEN)).toBe('not due yet')
    expect(describeTimeliness({ ...OPEN, overdue: true })).toBe('overdue')
    expect(describeTimeliness({ ...OPEN, state: 'withdrawn' })).toBe('not signed')
  })
})
