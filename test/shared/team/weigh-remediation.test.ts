import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { createWeights, type WeightVoid } from '../../../shared/team/weigh.ts'
import type { Op } from '../../../shared/team/op.ts'

const HOUR = 3_600_000
const CLIENT = '01890000-0000-7000-8000-0000000000c1'
const CONNECTION = '01890000-0000-7000-8000-0000000000c2'
const CALLS = ['ab'.repeat(32), 'cd'.repeat(32)] as const
const MEMBERS = ['anna', 'ben', 'carla'] as const

/** What one member decides about one of a few items; two items may be the same change. */
interface Step {
  readonly kind: string
  readonly item: number
  readonly member: (typeof MEMBERS)[number]
  readonly calls: (typeof CALLS)[number] | null
  readonly hours: number
  readonly needsApproval: boolean
}

const toBody = ({ kind, item, calls }: Step): Op['body'] => ({
  v: 1,
  remediationUid: `item-${item}`,
  action: 'member-remove',
  says: 'Remove.',
  connection: 'Acme',
  connectionUid: CONNECTION,
  // The first two are one change.
  subject: { kind: 'principal', named: { connectionUid: CONNECTION, externalId: item < 2 ? 'u1' : 'u2' } },
  values: {},
  origin: null,
  ...(kind === 'remediation.added' ? { state: 'waiting', outcome: null } : {}),
  ...(calls === null ? {} : { calls }),
})

function weighAll(steps: readonly Step[]): readonly (WeightVoid | null)[] {
  const weights = createWeights(CLIENT)
  return steps.map((step, seq) => {
    const { kind, member, hours, needsApproval } = step
    const op = { kind, salt: '', at: hours * HOUR, day: '2026-12-01', basis: -1, subject: '', body: toBody(step) }
    return weights.weigh({ op, member, seq, needsApproval })
  })
}

const added = (item: number, member: Step['member'], calls: Step['calls'] = CALLS[0]): Step => ({
  kind: 'remediation.added',
  item,
  member,
  calls,
  hours: 0,
  needsApproval: true,
})
const approved = (item: number, member: Step['member'], more: Partial<Step> = {}): Step => ({
  ...added(item, member),
  kind: 'remediation.approved',
  ...more,
})
const sending = (item: number, member: Step['member'], more: Partial<Step> = {}): Step => ({
  ...added(item, member),
  kind: 'remediation.sending',
  ...more,
})
const moved = (kind: string, item: number): Step => ({ ...added(item, 'anna', null), kind })

describe('a change of a client whose changes need an approval', () => {
  it.each<readonly [string, readonly Step[], WeightVoid | null]>([
    ['is sent once another member approved it', [added(0, 'anna'), approved(0, 'ben'), sending(0, 'anna')], null],
    ['may be sent by the member who approved it', [added(0, 'anna'), approved(0, 'ben'), sending(0, 'ben')], null],
    ['is not sent without one', [added(0, 'anna'), sending(0, 'anna')], 'remediation-not-approved'],
    ['is not approved by who added it', [added(0, 'anna'), approved(0, 'anna')], 'remediation-approved-by-adder'],
    [
      'is not approved by who added it under the name of another item',
      [added(0, 'anna'), added(1, 'ben'), approved(1, 'anna')],
      'remediation-approved-by-adder',
    ],
    [
      'is approved and sent under the name of another item that was added for it',
      [added(0, 'anna'), added(1, 'ben'), approved(1, 'ben'), sending(1, 'carla')],
      null,
    ],
    [
      'is not approved with other requests than were added',
      [added(0, 'anna'), approved(0, 'ben', { calls: CALLS[1] })],
      'remediation-other-calls',
    ],
    [
      'is approved with the requests that could not be known when it was added',
      [added(0, 'anna', null), approved(0, 'ben', { calls: CALLS[1] }), sending(0, 'anna', { calls: CALLS[1] })],
      null,
    ],
    [
      'is not sent with other requests than were approved',
      [added(0, 'anna'), approved(0, 'ben'), sending(0, 'anna', { calls: CALLS[1] })],
      'remediation-other-calls',
    ],
    [
      'is not sent with requests that it does not name',
      [added(0, 'anna'), approved(0, 'ben'), sending(0, 'anna', { calls: null })],
      'remediation-other-calls',
    ],
    ['is sent a day later', [added(0, 'anna'), approved(0, 'ben'), sending(0, 'anna', { hours: 24 })], null],
    [
      'is not sent more than a day later',
      [added(0, 'anna'), approved(0, 'ben'), sending(0, 'anna', { hours: 25 })],
      'remediation-approval-expired',
    ],
    [
      'is not sent under an approval that is dated far ahead',
      [added(0, 'anna'), approved(0, 'ben', { hours: 9000 }), sending(0, 'anna', { hours: 1 })],
      'remediation-approval-expired',
    ],
    [
      'is not sent twice',
      [added(0, 'anna'), approved(0, 'ben'), sending(0, 'anna'), sending(0, 'carla')],
      'remediation-not-waiting',
    ],
    [
      'is sent again where the request did not leave',
      [added(0, 'anna'), approved(0, 'ben'), sending(0, 'anna'), moved('remediation.unsent', 0), sending(0, 'anna')],
      null,
    ],
    [
      'is not approved once it was cancelled',
      [added(0, 'anna'), moved('remediation.withdrawn', 0), approved(0, 'ben')],
      'remediation-not-waiting',
    ],
    ['is not sent where it was never added in the team', [sending(0, 'anna')], 'remediation-unknown-item'],
    [
      'that was added before approvals were required needs one',
      [{ ...added(0, 'anna'), needsApproval: false }, sending(0, 'anna')],
      'remediation-not-approved',
    ],
    ['that needs none is sent', [added(0, 'anna'), sending(0, 'anna', { needsApproval: false })], null],
  ])('%s', (_, steps, reason) => {
    expect(weighAll(steps).at(-1)).toBe(reason)
    expect(weighAll(steps).slice(0, -1)).toEqual(steps.slice(1).map(() => null))
  })

  const KINDS = [
    'remediation.added',
    'remediation.approved',
    'remediation.sending',
    'remediation.unsent',
    'remediation.done',
    'remediation.failed',
    'remediation.unsure',
    'remediation.withdrawn',
  ]
  const step: fc.Arbitrary<Step> = fc.record({
    kind: fc.constantFrom(
      ...KINDS,
      'remediation.added',
      'remediation.approved',
      'remediation.approved',
      'remediation.sending',
      'remediation.sending',
    ),
    item: fc.nat(2),
    member: fc.constantFrom(...MEMBERS),
    calls: fc.constantFrom(CALLS[0], CALLS[0], CALLS[0], CALLS[0], CALLS[0], CALLS[1], null),
    hours: fc.nat(30),
    needsApproval: fc.boolean(),
  })
  const valid = step.filter(({ kind, calls }) => kind !== 'remediation.approved' || calls !== null)

  it('in any interleaving is sent only with the approval of a second member, of these requests, within a day, and once', () => {
    let sent = 0
    fc.assert(
      fc.property(fc.array(valid, { minLength: 30, maxLength: 60 }), (steps) => {
        const reasons = weighAll(steps)
        const effective = steps.flatMap((one, seq) => (reasons[seq] === null ? [{ ...one, seq }] : []))
        for (const one of effective.filter(
          ({ kind, needsApproval }) => kind === 'remediation.sending' && needsApproval,
        )) {
          sent += 1
          // Items 0 and 1 may be one change: whose approval it is follows from all additions of it before.
          const isSame = (item: number): boolean => item < 2 === one.item < 2
          const before = effective.filter(({ seq, item }) => seq < one.seq && isSame(item))
          const isOwn = (approval: Step): boolean =>
            before.every(({ kind, member }) => kind !== 'remediation.added' || member === approval.member)
          const approvals = before.filter(
            (each) =>
              each.kind === 'remediation.approved' &&
              each.calls === one.calls &&
              Math.abs(each.hours - one.hours) <= 24 &&
              !isOwn(each),
          )
          expect(approvals).not.toEqual([])
          // Of two sendings, the first did not leave, or its item ended and the change was added again.
          const earlier = before.findLast(({ kind, needsApproval }) => kind === 'remediation.sending' && needsApproval)
          const between = before.filter(({ seq }) => earlier !== undefined && seq > earlier.seq)
          const isAgain = between.some(({ kind }) => kind === 'remediation.unsent' || kind === 'remediation.added')
          expect(earlier === undefined || isAgain).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
    expect(sent).toBeGreaterThan(20)
  })
})
