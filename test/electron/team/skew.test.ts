import { expect, it, vi } from 'vitest'

import { createMemoryServer } from '../../team/memory/memory-log.ts'
import { VERSION } from '../../../shared/team/operations.ts'
import { forge, opText } from './forge.ts'
import { foundTeam, type Laptop, readAll, SERVER, toNote } from './world.ts'

// This file is the next version of Castellan: it knows one set of kinds more.
vi.mock('../../../shared/team/operations.ts', async (original) => ({
  ...(await original<object>()),
  VERSION: { opset: 2, findSet: () => 1 },
}))

const sets = ({ replica }: Laptop, stream: string): readonly string[] =>
  readAll(replica, stream).map(
    ({ entry, verdict }) => `${entry.opset} ${verdict.kind === 'void' ? verdict.reason : verdict.kind}`,
  )

it('a newer version uses the set that the team agreed on, so that older ones read it, until an owner raises the set', async () => {
  expect(VERSION.opset).toBe(2)
  const server = createMemoryServer(SERVER, () => 0)
  const team = await foundTeam(async (login, rights) => server.connect(login, rights))
  const { founder } = team
  const [anna, ben, carl] = [await team.join('anna'), await team.join('ben'), await team.join('carl')]
  const client = await team.openClient()
  for (const one of [anna, ben, carl]) await team.grant(client, one, 'reviewer')
  await anna.exchange()
  anna.decide(client, ...toNote('before'))
  await anna.exchange()
  await ben.exchange()
  await ben.log.push([forge(ben, client, opText(), { opset: 2 })])
  await anna.exchange()
  anna.decide(client, ...toNote('waits while the set is raised'))

  founder.decideTeam('team.opset-raised', { opset: 2 })
  await founder.exchange()
  await anna.exchange()
  // A device of the version before, whose owner raised the set without it, still counts.
  await carl.exchange()
  await carl.log.push([forge(carl, client, opText(), { opset: 1 })])
  for (const one of [anna, founder]) {
    await one.exchange()
    expect(sets(one, client)).toEqual(['1 effective', '2 newer-than-agreed', '2 effective', '1 effective'])
    expect(new Set(sets(one, team.team).map((words) => words.slice(0, 1)))).toEqual(new Set(['1']))
  }
})
