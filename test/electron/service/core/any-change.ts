import * as fc from 'fast-check'

import { commit } from '../../../../electron/service/core/context.ts'
import { type Beside, moveRemediation } from '../../../../electron/service/remediation/journal.ts'
import { existingRemediation } from '../../../../electron/service/remediation/rows.ts'
import type { RemediationKind } from '../../../../shared/decisions/remediation.ts'
import type { Seeded } from '../seeded.ts'
import { listKeys, pick, type Step, which, words } from './any.ts'

/** What a run records of a change, where its state allows it: no provider is called here. */
function move<K extends Exclude<RemediationKind, 'remediation.added'>>(
  { service: { context } }: Seeded,
  remediationId: number,
  kind: K,
  beside: Beside<K>,
): void {
  const { row } = existingRemediation(context, remediationId)
  commit(context, ['remediation'], (act) => moveRemediation(act, row, kind, beside))
}

const SENDING = { request: { method: 'DELETE', url: 'https://api.openai.com/v1/x', body: null } }
const APPROVED = { calls: 'ab'.repeat(32) }
const MADE = { outcome: 'A key was made.', made: 'key_9', name: 'prod' }

const ended = fc.constantFrom(
  'remediation.unsent' as const,
  'remediation.done' as const,
  'remediation.failed' as const,
  'remediation.unsure' as const,
)

const listChanges = ({ api }: Seeded) =>
  api.remediation.list({}).then(({ rows }) => rows.map(({ remediationId }) => remediationId))

/** A decision about a change at a provider, or what became of it. */
export const remediationSteps: fc.Arbitrary<Step> = fc.oneof(
  fc
    .tuple(which, fc.constantFrom('key-delete' as const, 'key-rotate' as const))
    .map(([n, action]): Step => async ({ api }) => {
      const { keyId: id } = await pick(listKeys(api), n)
      return api.remediation.add({ action, subject: { kind: 'key', id }, origin: { kind: 'key', id } })
    }),
  fc.tuple(which, fc.constantFrom(1, 2)).map(([n, id]): Step => async ({ api }) => {
    const origin = { kind: 'person', id } as const
    const { action, subject, values } = await pick(api.remediation.proposals({ origins: [origin] }), n)
    return api.remediation.add({ action, subject: { kind: subject.kind, id: subject.id }, values, origin })
  }),
  which.map(
    (n): Step =>
      async (all) =>
        move(all, await pick(listChanges(all), n), 'remediation.sending', SENDING),
  ),
  which.map(
    (n): Step =>
      async (all) =>
        move(all, await pick(listChanges(all), n), 'remediation.approved', APPROVED),
  ),
  fc.tuple(which, ended, words).map(([n, kind, outcome]): Step => async (all) => {
    move(all, await pick(listChanges(all), n), kind, { outcome })
  }),
  which.map(
    (n): Step =>
      async (all) =>
        move(all, await pick(listChanges(all), n), 'remediation.deploying', MADE),
  ),
  fc.tuple(which, fc.integer({ min: 0, max: 3 })).map(([n, act]): Step => async (all) => {
    const { remediation } = all.api
    const remediationId = await pick(listChanges(all), n)
    if (act === 0) return remediation.withdraw({ remediationId })
    if (act === 1) return remediation.markByHand({ remediationId })
    if (act === 2) return remediation.unmarkMany({ remediations: [remediationId] })
    return remediation.confirmDeployed({ remediationId })
  }),
)

/** One change of each kind, and all that may become of it. */
export async function decideRemediations(all: Seeded): Promise<void> {
  const { remediation } = all.api
  const add = async (action: 'key-delete' | 'key-rotate', id: number) => {
    const key = { kind: 'key', id } as const
    return (await remediation.add({ action, subject: key, origin: key })).remediationId
  }
  const removal = await add('key-delete', 1)
  move(all, removal, 'remediation.approved', APPROVED)
  move(all, removal, 'remediation.sending', SENDING)
  move(all, removal, 'remediation.unsent', { outcome: 'No connection.' })
  await remediation.markByHand({ remediationId: removal })
  await remediation.unmarkMany({ remediations: [removal] })
  await remediation.withdraw({ remediationId: removal })
  for (const kind of ['remediation.done', 'remediation.failed', 'remediation.unsure'] as const) {
    const item = await add('key-delete', 2)
    move(all, item, 'remediation.sending', SENDING)
    move(all, item, kind, { outcome: 'The answer.' })
    if (kind === 'remediation.unsure') move(all, item, 'remediation.failed', { outcome: 'A later sync shows it.' })
  }
  const rotation = await add('key-rotate', 1)
  move(all, rotation, 'remediation.sending', SENDING)
  move(all, rotation, 'remediation.deploying', MADE)
  await remediation.confirmDeployed({ remediationId: rotation })
}
