import { expect, it } from 'vitest'

import { getReader } from '../../../../electron/service/core/context.ts'
import { refused } from '../seeded.ts'
import { isRequested, now, preview, world, type World } from './world.ts'

const TOMAS = 'tomas@client-acme.example'

/** What the audit log has about a remediation item, oldest first. */
function actionsOf({ context }: World['service'], remediationId: number): readonly string[] {
  return getReader(context).column<string>(
    "SELECT action FROM journal WHERE action LIKE 'remediation.%' AND body ->> '$.remediation' = ? ORDER BY seq",
    [remediationId],
  )
}

/** The bodies of the same rows. */
function bodiesOf({ context }: World['service'], remediationId: number): readonly unknown[] {
  return getReader(context)
    .column<string>(
      "SELECT body FROM journal WHERE action LIKE 'remediation.%' AND body ->> '$.remediation' = ? ORDER BY seq",
      [remediationId],
    )
    .map((body) => JSON.parse(body) as unknown)
}

it('undoes that changes were marked as done, all or none: each is again what it was', async () => {
  const { service, api } = await world()
  const removal = await isRequested(service, 'member-remove', TOMAS)
  const renaming = await isRequested(service, 'key-rename', 'legacy', { name: 'prod-acme-chat' })
  const other = await isRequested(service, 'invite-delete', 'new.dev@client-acme.example')
  const both = [removal, renaming].map(({ remediationId }) => remediationId)
  const before = [await now(service, removal), await now(service, renaming)]
  await api.remediation.markManyByHand({ remediations: both })
  expect(await refused(api.remediation.unmarkMany({ remediations: [...both, other.remediationId] }))).toMatchObject({
    code: 'CONFLICT',
  })
  expect(await now(service, removal)).toMatchObject({ state: 'done' })
  expect(await api.remediation.unmarkMany({ remediations: both })).toEqual({ unmarked: 2 })
  expect([await now(service, removal), await now(service, renaming)]).toEqual(before)
  expect(await refused(api.remediation.unmarkMany({ remediations: both }))).toMatchObject({ code: 'CONFLICT' })
  // Marked and undone again, it still becomes what it was first.
  await api.remediation.markByHand({ remediationId: removal.remediationId })
  await api.remediation.unmarkMany({ remediations: [removal.remediationId] })
  expect(await now(service, removal)).toEqual(before[0])
  const [, mark, undone] = bodiesOf(service, removal.remediationId)
  const { state, outcome, endedAt } = before[0]!
  expect(mark).toMatchObject({
    outcome: expect.stringContaining('A sync verifies it.'),
    previous: { state, outcome, endedAt },
  })
  expect(undone).toMatchObject({ state, outcome, endedAt })
  expect(actionsOf(service, removal.remediationId)).toEqual([
    'remediation.added',
    'remediation.done-by-hand',
    'remediation.done-by-hand-undone',
    'remediation.done-by-hand',
    'remediation.done-by-hand-undone',
  ])
})

it('does not undo what was added again, or what the provider confirmed', async () => {
  const { service, api } = await world()
  const removal = await isRequested(service, 'member-remove', TOMAS)
  await api.remediation.markByHand({ remediationId: removal.remediationId })
  const again = await isRequested(service, 'member-remove', TOMAS)
  expect(again.remediationId).not.toBe(removal.remediationId)
  expect(await refused(api.remediation.unmarkMany({ remediations: [removal.remediationId] }))).toMatchObject({
    code: 'CONFLICT',
    message: expect.stringContaining(`item ${again.remediationId}`) as string,
  })
  const { token, confirm } = await preview(service, again)
  await api.remediation.run({ token, confirm })
  expect(await now(service, again)).toMatchObject({ state: 'done' })
  expect(await refused(api.remediation.unmarkMany({ remediations: [again.remediationId] }))).toMatchObject({
    code: 'CONFLICT',
  })
})

it('does not undo two marks of one change together, since only one of them can be open', async () => {
  const { service, api } = await world()
  const first = await isRequested(service, 'member-remove', TOMAS)
  await api.remediation.markByHand({ remediationId: first.remediationId })
  const second = await isRequested(service, 'member-remove', TOMAS)
  await api.remediation.markByHand({ remediationId: second.remediationId })
  const both = { remediations: [first.remediationId, second.remediationId] }
  expect(await refused(api.remediation.unmarkMany(both))).toMatchObject({ code: 'CONFLICT' })
  expect([(await now(service, first)).state, (await now(service, second)).state]).toEqual(['done', 'done'])
})
