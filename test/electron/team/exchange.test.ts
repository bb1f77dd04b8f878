import { expect, it } from 'vitest'

import { createMemoryServer } from '../../../electron/team/memory/memory-log.ts'
import { foundTeam } from './world.ts'

it('shares what two members decide about a client', async () => {
  const server = createMemoryServer(() => 0)
  const team = await foundTeam(async (login, rights) => server.connect(login, rights))
  const anna = await team.join('anna')
  const client = await team.openClient()
  await team.grant(client, anna, 'reviewer')
  anna.decide(client, 'note.added', { v: 1, text: 'offline' })
  expect(await anna.exchange()).toMatchObject({ placed: 1, stopped: [] })
  expect(await team.founder.exchange()).toMatchObject({ pulled: 1, stopped: [] })
  const [held] = team.founder.replica.stream(client).entries
  expect(held?.verdict).toMatchObject({ kind: 'effective', member: anna.member, op: { body: { text: 'offline' } } })
  expect(team.founder.replica.stream(client).state.head).toEqual(anna.replica.stream(client).state.head)
})
