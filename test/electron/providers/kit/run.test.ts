import { expect, test } from 'vitest'

import { openRun } from '../../../../electron/providers/kit/run.ts'
import { recording } from '../recording.ts'

const NEVER = new AbortController().signal

test('a list of which the caller sees only some rows is denied with the reason, keeps its rows, and carries no other', async () => {
  const said = recording()
  const run = openRun('litellm', { credential: 'none', baseUrl: null }, said, NEVER)
  const reason = 'The role team_lead sees only its own users. Use a key of a proxy admin.'
  run.reach({ partial: { users: reason } })
  const fact = { type: 'organization', externalId: 'o', name: null } as const
  const take = () =>
    run.source('users', null, (tally) =>
      Promise.resolve(void tally.take([1], () => ({ id: 'u', facts: [fact], left: [] }))),
    )
  expect(await take()).toBe(false)
  expect(said.outcome('users')).toMatchObject({ state: 'denied', reason, fetched: 1, fault: 'permission' })
  expect(said.all).toEqual([fact])
  expect(run.isComplete('users')).toBe(false)
  expect(await run.source('keys', null, () => Promise.resolve(run.builtOn(null, 'users')))).toBe(false)
})
