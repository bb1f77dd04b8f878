import { createHash } from 'node:crypto'

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { type CountingOperation, createLogState, STATE_TABLES } from '../../../shared/team/state.ts'
import { EXCHANGED_KINDS, type ExchangedKind, makeBody, UID } from './bodies.ts'

const HEAD = 'cd'.repeat(32)
const LOG = '0199c0de-0000-7000-8000-000000000001'
const OTHER = '0199c0de-0000-7000-8000-00000000000f'
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

interface Step {
  readonly kind: ExchangedKind
  readonly body?: Readonly<Record<string, unknown>>
  readonly member?: string
}

const toOperation = ({ kind, body, member = 'anna' }: Step, order: number): CountingOperation => ({
  kind,
  at: 1000 + order,
  subject: 'Acme',
  body: makeBody(kind, body),
  member,
  order,
  seen: order - 1,
})

function hashAfter(steps: readonly Step[], { isAgency = false, next = 7, head = HEAD, log = LOG } = {}): string {
  const state = createLogState(log, isAgency, sha256)
  steps.forEach((step, order) => state.take(toOperation(step, order)))
  return state.hash(next, head)
}

/** What has to be there before a kind changes a row. */
const BEFORE: Partial<Record<ExchangedKind, readonly ExchangedKind[]>> = {
  'client.changed': ['client.added'],
  'client.archived': ['client.added'],
  'client.restored': ['client.added', 'client.archived'],
  'connection.changed': ['connection.added'],
  'connection.removed': ['connection.added'],
  'credential.gone': ['credential.held'],
  'finding.reopened': ['finding.accepted'],
  'key.rotation-undone': ['key.rotated'],
  'plan.saved': ['plan.created'],
  'plan.restored': ['plan.created'],
  'plan.renamed': ['plan.created'],
  'plan.activated': ['plan.created'],
  'plan.deactivated': ['plan.created', 'plan.activated'],
  'plan.removed': ['plan.created'],
  'plan.reinstated': ['plan.created', 'plan.removed'],
  'policy.changed': [],
  'budget.cleared': ['budget.set'],
  'price.cleared': ['price.set'],
  'view.renamed': ['view.saved'],
  'view.removed': ['view.saved'],
  'today.restored': ['today.snoozed'],
  'review.empty': ['review.opened'],
  'review.undone': ['review.decided'],
  'review.signed': ['review.opened'],
  'review.acknowledged': ['review.opened', 'review.signed'],
  'review.withdrawn': ['review.opened'],
  'remediation.approved': ['remediation.added'],
  'remediation.sending': ['remediation.added'],
  'remediation.deployed': ['remediation.added', 'remediation.sending', 'remediation.deploying'],
  'remediation.done-by-hand': ['remediation.added'],
  'remediation.done-by-hand-undone': ['remediation.added', 'remediation.done-by-hand'],
  'remediation.withdrawn': ['remediation.added'],
}
const ANSWERS = ['unsent', 'done', 'failed', 'unsure', 'deploying'].map((name) => `remediation.${name}`)
const MADE = { versionUid: OTHER, title: 'Another plan', values: { maxPrivileged: 3 }, cleared: [] }

describe.each(EXCHANGED_KINDS)('%s', (kind) => {
  it('changes the state hash', () => {
    const before = ANSWERS.includes(kind)
      ? (['remediation.added', 'remediation.sending'] as const)
      : (BEFORE[kind] ?? [])
    const beside = kind.startsWith('plan.') || kind === 'policy.changed' ? pick(kind) : {}
    const steps = before.map((each): Step => ({ kind: each }))
    expect(hashAfter([...steps, { kind, body: beside }])).not.toBe(hashAfter(steps))
  })
})

function pick(kind: ExchangedKind): Readonly<Record<string, unknown>> {
  if (kind === 'policy.changed') return { values: MADE.values, cleared: MADE.cleared }
  if (kind === 'plan.saved') return { versionUid: MADE.versionUid }
  if (kind === 'plan.restored') return { versionUid: MADE.versionUid, fromUid: UID }
  return kind === 'plan.renamed' ? { title: MADE.title } : {}
}

it('every kind that a team exchanges is folded by a table of the state, or is a reading or one of accounts', () => {
  const folded = new Set(STATE_TABLES.flatMap(({ folds }) => Object.keys(folds)))
  expect(EXCHANGED_KINDS.filter((kind) => !folded.has(kind))).toEqual([
    'access.reviewed',
    'access.reviews-imported',
    'reading.taken',
  ])
})

describe('the state hash of a log', () => {
  const added: Step = { kind: 'client.added' }

  it('is that of its log, position, head and kind', () => {
    const plain = hashAfter([added])
    expect(hashAfter([added])).toBe(plain)
    const others = [{ next: 8 }, { head: 'ef'.repeat(32) }, { log: OTHER }].map((beside) => hashAfter([added], beside))
    expect(new Set([plain, ...others]).size).toBe(4)
    const price: Step = { kind: 'price.set' }
    expect(hashAfter([price], { isAgency: true })).not.toBe(hashAfter([price]))
  })

  it('is that of rows and not of how they came to be: what is set back is as before', () => {
    const set: Step = { kind: 'budget.set' }
    expect(hashAfter([added, set, { kind: 'budget.cleared' }])).toBe(hashAfter([added]))
    expect(hashAfter([added, { kind: 'view.saved' }, { kind: 'view.removed' }])).toBe(hashAfter([added]))
  })

  it('has no number, slug or name of one register', () => {
    const local = (beside: Readonly<Record<string, unknown>>): string =>
      hashAfter([{ kind: 'review.opened' }, { kind: 'review.decided', body: beside }])
    expect(local({ batch: 3, review: 5 })).toBe(local({ batch: 4, review: 6 }))
  })

  it('has of a connection the reading that began last, whichever was placed first', () => {
    const reading = (n: number): Step => ({
      kind: 'reading.taken',
      body: { began: n, syncUid: `${UID.slice(0, -1)}${n}` },
    })
    expect(hashAfter([reading(1), reading(2)])).toBe(hashAfter([reading(2), reading(1)]))
    expect(hashAfter([reading(1), reading(2)])).toBe(hashAfter([reading(2)]))
    expect(hashAfter([reading(1)])).not.toBe(hashAfter([reading(2)]))
  })

  const step = fc.record({
    kind: fc.constantFrom(...EXCHANGED_KINDS),
    member: fc.constantFrom('anna', 'ben'),
  })

  it('is the same whether it is asked after each operation or once, and asking changes nothing', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const often = createLogState(LOG, false, sha256)
        steps.forEach((one, order) => {
          often.take(toOperation(one, order))
          expect(often.hash(order + 1, HEAD)).toBe(hashAfter(steps.slice(0, order + 1), { next: order + 1 }))
        })
      }),
      { numRuns: 30 },
    )
  })

  it('is the same in another order of operations about other subjects that merge', () => {
    const acceptance = (key: string): Step => ({
      kind: 'finding.accepted',
      body: { findingNamed: { connectionUid: UID, rule: 'key-old', kind: 'key', externalId: key } },
    })
    const take = (order: readonly number[]): string => {
      const state = createLogState(LOG, false, sha256)
      const operations = [acceptance('key_1'), acceptance('key_2')].map(toOperation)
      for (const index of order) state.take({ ...operations[index]!, order: 5, seen: 4 })
      return state.hash(2, HEAD)
    }
    expect(take([0, 1])).toBe(take([1, 0]))
  })
})
