import { expect, it } from 'vitest'

import type { Service } from '../../../../electron/service/process/open.ts'
import { refused } from '../seeded.ts'
import { foundInMemory } from './memory-servers.ts'

const BEN = 'ben@northlight.example'

/** A team of two whose database was copied after a client was shared, and decisions that the copy lacks. */
async function setUp() {
  const world = await foundInMemory()
  const { founder, servers, prepared } = world
  const ben = await world.join('Ben')
  await founder.api.team.grant({ member: BEN, client: 'acme', role: 'lead' })
  for (const each of [ben, founder, ben]) await each.api.team.exchange()
  const address = { host: 'db2.agency.example', database: servers.copy(prepared.server.database) }
  await note(founder, 'After the dump')
  for (const each of [founder, ben]) await each.api.team.exchange()
  return { ...world, ben, address, former: prepared.server.database }
}

const note = (service: Service, notes: string) => service.api.client.update({ slug: 'acme', notes })
const notesOf = async (service: Service) => (await service.api.client.get({ slug: 'acme' })).notes
const serverOf = async (service: Service) => (await service.api.team.status()).server

it('a team that an owner moves goes on where its database was restored: devices follow, and what the dump lacked is placed again', async () => {
  const { founder, ben, servers, address, former } = await setUp()
  expect(await founder.api.team.move(address)).toMatchObject({ effect: 'effective', problem: null })
  expect(await serverOf(founder)).toMatchObject(address)
  await note(ben, 'Decided before the move was read')
  await ben.api.team.exchange()
  expect(await serverOf(ben)).toMatchObject(address)
  // The former server is not asked any more.
  servers.drop(former)
  await note(founder, 'On the new server')
  for (const each of [ben, founder, ben]) expect((await each.api.team.exchange()).sentences).toEqual([])
  for (const each of [ben, founder]) {
    expect(await notesOf(each)).toBe('On the new server')
    expect(await each.api.team.status()).toMatchObject({ waiting: 0, stopped: 0, forks: [] })
  }
})

it('where the former server does not answer, each member looks at the new one, and a server of another name has to be named by an owner', async () => {
  const { founder, ben, servers, address, former } = await setUp()
  servers.drop(former)
  servers.rename(address.database, '01890000-0000-7000-8000-0000000000bb')
  for (const each of [founder, ben])
    expect(await refused(each.api.team.move(address))).toMatchObject({
      message: expect.stringContaining('not the one'),
    })
  expect(await serverOf(ben)).toMatchObject({ database: former })
  expect(await refused(ben.api.team.move({ ...address, database: former }))).toMatchObject({ code: 'NOT_ALLOWED' })
})

it('a server of another name is used once the signed history names it', async () => {
  const { founder, ben, servers, address, former } = await setUp()
  servers.rename(address.database, '01890000-0000-7000-8000-0000000000bb')
  expect(await founder.api.team.move(address)).toMatchObject({ effect: 'effective', problem: null })
  // Ben's device missed it on the former server, and reads it on the new one.
  servers.drop(former)
  expect(await ben.api.team.move(address)).toMatchObject({ effect: 'effective', problem: null })
  await note(ben, 'Ben on the new server')
  for (const each of [ben, founder]) await each.api.team.exchange()
  for (const each of [ben, founder]) {
    expect(await serverOf(each)).toMatchObject(address)
    expect(await notesOf(each)).toBe('Ben on the new server')
  }
})
