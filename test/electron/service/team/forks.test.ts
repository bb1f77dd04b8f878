import { expect, it } from 'vitest'

import { openTeam } from '../../../../electron/service/team/operations.ts'
import type { Service } from '../../../../electron/service/process/open.ts'
import { refused } from '../seeded.ts'
import { foundInMemory } from './memory-servers.ts'

const BEN = 'ben@northlight.example'

async function setUp() {
  const world = await foundInMemory()
  const { founder, servers, prepared } = world
  const ben = await world.join('Ben')
  await founder.api.team.grant({ member: BEN, client: 'acme', role: 'lead' })
  for (const each of [ben, founder, ben]) await each.api.team.exchange()
  const { login } = (await openTeam(ben.context)).place
  const copy = servers.copy(prepared.server.database)
  return {
    ...world,
    ben,
    /** Lets Ben's device meet the copy of the server, or the server. */
    meetCopy: (isCopy: boolean) => (isCopy ? servers.shown.set(login, copy) : servers.shown.delete(login)),
  }
}

const note = (service: Service, notes: string) => service.api.client.update({ slug: 'acme', notes })
const notesOf = async (service: Service) => (await service.api.client.get({ slug: 'acme' })).notes
const findForks = async (service: Service) => (await service.api.team.status()).forks

it('two histories of a client are shown with both heads, and an owner adopts the server’s from any device', async () => {
  const { founder, ben, meetCopy } = await setUp()
  meetCopy(true)
  await note(ben, 'Ben on the copy')
  await ben.api.team.exchange()
  meetCopy(false)
  await note(founder, 'Founder on the server')
  await founder.api.team.exchange()

  expect((await ben.api.team.exchange()).sentences.join(' ')).toContain('another history')
  const [fork] = await findForks(ben)
  expect(fork).toMatchObject({
    client: 'acme',
    kind: 'decisions',
    own: { member: 'Ben' },
    server: { member: 'Mara Lind' },
  })
  const adopt = [fork!.server.head]
  expect(await refused(ben.api.team.mend({ adopt }))).toMatchObject({ code: 'NOT_ALLOWED' })
  expect(await refused(founder.api.team.mend({ adopt: [fork!.own.head] }))).toMatchObject({ code: 'CONFLICT' })
  // The owner's device has met one history alone.
  expect(await findForks(founder)).toEqual([])
  expect(await founder.api.team.mend({ adopt })).toMatchObject({ mended: 1, effect: 'effective' })
  for (const each of [ben, founder]) expect(await each.api.team.exchange()).toMatchObject({ waiting: 0, sentences: [] })
  for (const each of [ben, founder]) {
    expect(await notesOf(each)).toBe('Ben on the copy')
    expect(await each.api.team.status()).toMatchObject({ forks: [], stopped: 0, void: [] })
    expect((await each.api.team.verify({})).streams.every(({ intact }) => intact)).toBe(true)
  }
})

it('two histories of the members and devices end on each device once its person adopts the server’s, and what rested on the other is placed again', async () => {
  const { founder, ben, meetCopy, prepared } = await setUp()
  meetCopy(true)
  // Ben opens a client of his own on the copy, and decides for another one.
  await ben.api.client.add({ name: 'Borealis', slug: 'borealis' })
  await ben.api.team.exchange()
  await note(ben, 'Ben on the copy')
  await ben.api.team.exchange()
  meetCopy(false)
  const { administrator } = prepared
  await founder.api.team.invite({ email: 'anna@northlight.example', name: 'Anna', administrator })
  await note(founder, 'Founder on the server')
  await founder.api.team.exchange()

  await ben.api.team.exchange()
  const [fork] = await findForks(ben)
  expect(fork).toMatchObject({ kind: 'team', own: { member: 'Ben' }, server: { member: 'Mara Lind' } })
  expect(await ben.api.team.mend({ adopt: [fork!.server.head] })).toMatchObject({ mended: 1 })
  // His decision for the other client rested on the history that was left.
  for (const each of [ben, founder, ben, founder, ben]) await each.api.team.exchange()
  for (const each of [ben, founder]) {
    expect(await each.api.team.exchange()).toMatchObject({ waiting: 0, sentences: [] })
    expect(await notesOf(each)).toBe('Ben on the copy')
    expect((await each.api.client.get({ slug: 'borealis' })).name).toBe('Borealis')
    expect((await each.api.team.members()).map(({ name }) => name)).toContain('Anna')
    expect((await each.api.team.verify({})).streams.every(({ intact }) => intact)).toBe(true)
  }
})
