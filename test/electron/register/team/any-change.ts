import * as fc from 'fast-check'

import type { Make, Named } from './any-operation.ts'

const which = fc.nat(2)
const action = fc.constantFrom('limit-set' as const, 'alert-set' as const)

/** A change of the connection's limit or alert: of the same few items, so that what members do with them meets. */
const describe = ({ connection, views }: Named, at: number, of: 'limit-set' | 'alert-set') => ({
  // Any uid names an item.
  remediationUid: views[at]!,
  action: of,
  says: 'Set a limit.',
  connection: 'Acme',
  connectionUid: connection,
  subject: { kind: 'connection', uid: connection },
  values: { amountMicros: 10_000 },
  origin: {
    kind: 'finding',
    named: { connectionUid: connection, rule: 'no-limit', kind: 'connection', externalId: null },
  },
})

const REQUEST = { method: 'POST', url: 'https://api.openai.com/v1/x', body: '{}' }
const before = { state: 'waiting', outcome: null, endedAt: null }

/** The requests of an item differ by its action, so an approval may be of others. */
const CALLS = { 'limit-set': 'ab'.repeat(32), 'alert-set': 'cd'.repeat(32) } as const

const BESIDE = {
  'remediation.sending': { request: REQUEST },
  'remediation.unsent': { outcome: 'No connection.' },
  'remediation.done': { outcome: 'Done.' },
  'remediation.failed': { outcome: 'Refused.' },
  'remediation.unsure': { outcome: 'No answer.' },
  'remediation.deploying': { outcome: 'Made.', made: 'key_9', name: 'prod' },
  'remediation.deployed': {},
  'remediation.done-by-hand': { outcome: 'Marked.', previous: before },
  'remediation.done-by-hand-undone': before,
  'remediation.withdrawn': { outcome: null, before: 'waiting' },
} as const

const freeze = (of: keyof typeof CALLS, isFrozen: boolean) =>
  isFrozen ? { calls: CALLS[of], requests: [REQUEST] } : {}
const added = fc.tuple(which, action, fc.boolean()).map(([at, of, isFrozen]): Make => (named) => ({
  kind: 'remediation.added',
  body: { ...describe(named, at, of), state: 'waiting', outcome: null, ...freeze(of, isFrozen) },
}))

const moved = Object.entries(BESIDE).map(([kind, beside]) =>
  fc.tuple(which, action).map(([at, of]): Make => (named) => ({
    kind: kind as keyof typeof BESIDE,
    body: { ...describe(named, at, of), ...beside, ...(kind === 'remediation.sending' ? { calls: CALLS[of] } : {}) },
  })),
)
const approved = fc.tuple(which, action).map(([at, of]): Make => (named) => ({
  kind: 'remediation.approved',
  body: { ...describe(named, at, of), calls: CALLS[of] },
}))

/** What is decided about changes at a provider, and what became of them: one of each kind. */
export const eachOfRemediation: readonly fc.Arbitrary<Make>[] = [added, approved, ...moved]

const decideChange =
  (kind: keyof typeof BESIDE | 'remediation.added' | 'remediation.approved', at: number): Make =>
  (named) => {
    const calls = { calls: CALLS['limit-set'] }
    const beside =
      kind === 'remediation.added'
        ? { state: 'waiting', outcome: null, ...calls, requests: [REQUEST] }
        : kind === 'remediation.approved'
          ? calls
          : { ...BESIDE[kind], ...(kind === 'remediation.sending' ? calls : {}) }
    return { kind, body: { ...describe(named, at, 'limit-set'), ...beside } }
  }

/** Each kind, by the number of its device, in an order in which each has an effect. */
export const allOfRemediation: readonly (readonly [device: number, make: Make])[] = [
  [0, decideChange('remediation.added', 0)],
  [1, decideChange('remediation.approved', 0)],
  [0, decideChange('remediation.sending', 0)],
  [0, decideChange('remediation.unsent', 0)],
  [0, decideChange('remediation.sending', 0)],
  [0, decideChange('remediation.deploying', 0)],
  [0, decideChange('remediation.deployed', 0)],
  [0, decideChange('remediation.added', 1)],
  [0, decideChange('remediation.sending', 1)],
  [0, decideChange('remediation.unsure', 1)],
  [0, decideChange('remediation.done', 1)],
  [0, decideChange('remediation.added', 2)],
  [0, decideChange('remediation.sending', 2)],
  [0, decideChange('remediation.failed', 2)],
  [0, decideChange('remediation.done-by-hand', 2)],
  [0, decideChange('remediation.done-by-hand-undone', 2)],
  [0, decideChange('remediation.withdrawn', 2)],
]
