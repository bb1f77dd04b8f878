import { createSalt } from '../../../../electron/team/compose-entry.ts'
import type { RemediationKind } from '../../../../shared/decisions/remediation.ts'
import type { VoidReason } from '../../../../shared/team/verdict.ts'
import { createUidOf, crypto, type Laptop, nextUuid } from '../world.ts'

interface Members {
  readonly founder: Laptop
  readonly anna: Laptop
  readonly ben: Laptop
}

type Decided = readonly [kind: RemediationKind, reason: VoidReason | null]

const HOUR = 3_600_000
const DAY_MS = 1_795_000_000_000
const [CALLS, OTHER] = ['ab'.repeat(32), 'cd'.repeat(32)]
const REQUEST = { method: 'DELETE', url: 'https://api.openai.com/v1/x', body: null }

/**
 * Adds, approves and sends changes of a client until each rule about approvals had an effect and each reason was met. Anna needs the role
 * of an operator, and ben that of a lead. Returns what each operation should result in, in the order of the entries.
 */
export async function decideChanges(client: string, { founder, anna, ben }: Members) {
  const done: Decided[] = []
  const connectionUid = createUidOf(client)
  const subjects = new Map<string, string>()
  const place = async (
    by: Laptop,
    kind: RemediationKind,
    remediationUid: string,
    beside: object = {},
    reason: VoidReason | null = null,
    hours = 0,
  ): Promise<void> => {
    const externalId = subjects.get(remediationUid) ?? `user-${subjects.size}`
    subjects.set(remediationUid, externalId)
    const body = {
      v: 1,
      remediationUid,
      action: 'member-remove',
      says: 'Remove.',
      connection: 'Acme',
      connectionUid,
      subject: { kind: 'principal', named: { connectionUid, externalId } },
      values: {},
      origin: null,
      ...beside,
    }
    const at = DAY_MS + hours * HOUR
    const op = { kind, salt: createSalt(crypto), at, day: '2026-11-27', basis: -1, subject: externalId, body }
    by.replica.wait(client, { uid: nextUuid(), op })
    done.push([kind, reason])
    for (const one of [by, founder, anna, ben]) await one.exchange()
  }
  const add = { state: 'waiting', outcome: null, calls: CALLS, requests: [REQUEST] }
  const [send, approve] = [{ calls: CALLS, request: REQUEST }, { calls: CALLS }]
  const [first, second, third, alias] = [
    createUidOf(client),
    createUidOf(client),
    createUidOf(client),
    createUidOf(client),
  ]
  // Before an owner asks for approvals, and after.
  await place(anna, 'remediation.added', first, add)
  await place(anna, 'remediation.sending', first, send)
  await place(anna, 'remediation.done', first, { outcome: 'Done.' })
  await place(ben, 'remediation.added', second, add)
  founder.decideTeam('approvals.required', { clientUid: client, required: true })
  founder.decideTeam('approvals.required', { clientUid: client, required: true })
  for (const one of [founder, anna, ben]) await one.exchange()
  await place(anna, 'remediation.sending', second, send, 'remediation-not-approved')
  // As a program could place it that does not refuse.
  await place(ben, 'remediation.approved', second, approve, 'remediation-approved-by-adder')
  await place(anna, 'remediation.approved', second, approve, 'not-allowed')
  await place(founder, 'remediation.approved', second, { calls: OTHER }, 'remediation-other-calls')
  await place(founder, 'remediation.approved', second, approve)
  await place(anna, 'remediation.sending', second, { ...send, calls: OTHER }, 'remediation-other-calls')
  await place(anna, 'remediation.sending', second, send, 'remediation-approval-expired', 25)
  await place(anna, 'remediation.sending', second, send, null, 24)
  await place(ben, 'remediation.sending', second, send, 'remediation-not-waiting')
  await place(anna, 'remediation.unsent', second, { outcome: 'No connection.' })
  await place(anna, 'remediation.sending', second, send)
  await place(anna, 'remediation.failed', second, { outcome: 'Refused.' })
  await place(ben, 'remediation.approved', createUidOf(client), approve, 'remediation-unknown-item')
  // Two members add one change: what is done under the second name is done with the first.
  await place(founder, 'remediation.added', third, add)
  subjects.set(alias, subjects.get(third) ?? '')
  await place(anna, 'remediation.added', alias, add)
  await place(founder, 'remediation.approved', alias, approve, 'remediation-approved-by-adder')
  await place(ben, 'remediation.approved', alias, approve)
  await place(anna, 'remediation.sending', alias, send)
  await place(anna, 'remediation.unsure', alias, { outcome: 'No answer.' })
  await place(ben, 'remediation.done-by-hand', third, {
    outcome: 'Marked.',
    previous: { state: 'unsure', outcome: 'No answer.', endedAt: null },
  })
  return done
}
