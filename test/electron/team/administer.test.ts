import { expect, it } from 'vitest'

import { administer } from '../../../electron/team/administer.ts'
import { answerKnocks } from '../../../electron/team/enrol.ts'
import { exchange } from '../../../electron/team/exchange.ts'
import { TeamLogError } from '../../../electron/team/log.ts'
import { createMemoryServer } from '../../team/memory/memory-log.ts'
import { crypto, foundTeam, nextUuid, SERVER, toNote } from './world.ts'

async function setUp() {
  const server = createMemoryServer(SERVER, () => 0)
  const team = await foundTeam(async (login, rights) => server.connect(login, rights))
  return { team, founder: team.founder }
}

it('an owner’s device that was overtaken while it gave access knows it, and takes it away once it has read why', async () => {
  const { team, founder } = await setUp()
  const olga = await team.join('olga', ['owner'])
  const ben = await team.join('ben')
  await olga.exchange()
  await founder.log.setAccess(team.team, ben.login, null)
  const slower = {
    ...founder.log,
    // The other owner removes the member after this device compared what it has read with the server.
    listWraps: async (...asked: Parameters<typeof founder.log.listWraps>) => {
      if (olga.replica.membership()!.members.get(ben.member)?.until === null) {
        olga.decideTeam('member.removed', { memberUid: ben.member })
        await olga.exchange()
      }
      return founder.log.listWraps(...asked)
    },
  }
  expect(await administer(founder.replica, slower)).toMatchObject({ access: 1, isOvertaken: true })
  await founder.exchange()
  expect(await founder.administer()).toMatchObject({ isOvertaken: false })
  expect((await founder.log.listStreams()).get(team.team)?.access.has(ben.login)).toBe(false)
})

it('the only device of an owner mends its own access, and one of several may have been removed', async () => {
  const { team, founder } = await setUp()
  await founder.log.setAccess(team.team, founder.login, null)
  expect(await founder.administer()).toMatchObject({ access: 1 })
  const olga = await team.join('olga', ['owner'])
  await founder.log.setAccess(team.team, founder.login, null)
  expect(await founder.administer()).toMatchObject({ access: 0 })
  await olga.exchange()
  expect(await olga.administer()).toMatchObject({ access: 1 })
})

it('the login of an invite that ran out is ended, and that of an open one is not reported as unknown', async () => {
  const { founder } = await setUp()
  const asked: unknown[] = []
  const log = {
    ...founder.log,
    alignLogins: async (...given: Parameters<typeof founder.log.alignLogins>) => {
      asked.push(...given)
      return []
    },
  }
  await administer(founder.replica, log, { open: new Set(['c_open']), over: new Set(['c_over', founder.login]) })
  // A login that a device has is not one of an invite any more.
  expect(asked).toEqual([
    new Map([
      ['c_over', null],
      [founder.login, 'owner'],
    ]),
    new Set(['c_open']),
  ])
})

it('a request under an unknown invite is removed where its login has a device, and is left to its owner otherwise', async () => {
  const { team, founder } = await setUp()
  const ben = await team.join('ben')
  const ask = { device: nextUuid(), signKey: crypto.random(32), boxKey: crypto.random(32), mac: crypto.random(32) }
  await ben.log.knock({ ...ask, invite: nextUuid(), login: ben.login })
  const other = await (await setUp()).team.join('other')
  expect(await answerKnocks(founder.replica, founder.log, team.root, [], 0)).toEqual({ enrol: [], refused: [] })
  expect(await founder.log.listKnocks()).toEqual([])
  const unknown = { ...ask, invite: nextUuid(), login: other.login }
  const knocks = {
    ...founder.log,
    listKnocks: async () => [unknown],
    removeKnock: () => Promise.reject(new Error('Removed')),
  }
  expect(await answerKnocks(founder.replica, knocks, team.root, [], 0)).toEqual({ enrol: [], refused: [] })
})

it('over a line on which large answers do not come in time, all is read, placed and mended in smaller ones', async () => {
  const { team, founder } = await setUp()
  const anna = await team.join('anna')
  const client = await team.openClient()
  await team.grant(client, anna, 'reviewer')
  const slow = new TeamLogError('slow', 'It did not answer in time.')
  const narrow = (log: typeof founder.log, most: number): typeof founder.log => ({
    ...log,
    pull: async (stream, from, asked) => {
      const entries = await log.pull(stream, from, asked)
      if (entries.length > most) throw slow
      return entries
    },
    push: async (entries) => {
      if (entries.length > most) throw slow
      return log.push(entries)
    },
  })
  for (let at = 0; at < 40; at += 1) founder.decide(client, ...toNote(String(at)))
  expect(await exchange(founder.replica, narrow(founder.log, 5))).toMatchObject({ placed: 40, stopped: [] })
  expect((await exchange(anna.replica, narrow(anna.log, 5))).stopped).toEqual([])
  expect(anna.replica.stream(client).place.next).toBe(40)
  founder.decide(client, ...toNote('One more'))
  await expect(exchange(founder.replica, narrow(founder.log, 0))).rejects.toBe(slow)
})
