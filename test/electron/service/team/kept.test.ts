import { expect, it } from 'vitest'

import { exchangeTeam, openTeam } from '../../../../electron/service/team/operations.ts'
import { TeamLogError } from '../../../../electron/team/log.ts'
import { refused } from '../seeded.ts'
import type { Op } from '../../../../shared/team/op.ts'
import { placeAhead } from '../../team/ahead.ts'
import { decideOn, FAR } from '../../team/rest-on.ts'
import { nextUuid } from '../../team/world.ts'
import { foundInMemory } from './memory-servers.ts'

const BEN = 'ben@northlight.example'

it('what a member decides for a client without a role waits, is counted everywhere, and is explained', async () => {
  const { founder, join } = await foundInMemory()
  const ben = await join('Ben')
  await founder.api.team.grant({ member: BEN, client: 'acme', role: 'lead' })
  await ben.api.team.exchange()
  await founder.api.team.revoke({ member: BEN, client: 'acme' })
  await ben.api.client.update({ slug: 'acme', notes: 'Decided before the removal was read' })
  const { waiting, sentences } = await ben.api.team.exchange()
  expect({ waiting, sentences }).toEqual({
    waiting: 1,
    sentences: ['acme: Kept on this device: you have no role for this client. Ask an owner or a lead for one.'],
  })
  const status = await ben.api.team.status()
  expect(status.waiting).toBe(1)
  expect(status.streams.at(-1)).toMatchObject({
    client: 'acme',
    state: 'waiting',
    waiting: 1,
    sentence: sentences[0]?.slice('acme: '.length),
  })
  // It is placed once the role is there again.
  await founder.api.team.grant({ member: BEN, client: 'acme', role: 'lead' })
  await ben.api.team.exchange()
  expect(await ben.api.team.exchange()).toMatchObject({ waiting: 0, sentences: [] })
})

it('what waits for a client whose stream could not be opened is counted, with the reason', async () => {
  const { founder, servers } = await foundInMemory()
  servers.before = (call) => {
    if (call === 'addWraps') throw new TeamLogError('refused', 'The server refused a statement. Check its log.')
  }
  await founder.api.client.add({ name: 'Globex', slug: 'globex' })
  const done = await founder.api.team.exchange()
  expect(done.waiting).toBe(1)
  expect(done.sentences).toContain('The server refused a statement. Check its log.')
  expect((await founder.api.team.status()).streams.at(-1)).toMatchObject({
    client: 'globex',
    waiting: 1,
    sentence: expect.stringContaining('has not opened this client') as string,
  })
  servers.before = () => undefined
  expect(await founder.api.team.exchange()).toMatchObject({ waiting: 0, sentences: [] })
})

it('what no entry can have is refused when it is decided, and what is decided after it is placed', async () => {
  const { founder } = await foundInMemory()
  const { client } = founder.api
  const before = await client.get({ slug: 'acme' })
  expect(await refused(client.update({ slug: 'acme', notes: 'broken \ud83d here' }))).toMatchObject({
    code: 'INVALID',
    message: expect.stringContaining('no form that other devices read') as string,
  })
  const domains = Array.from({ length: 60_000 }, (_, at) => `d${at}.northlight.example`)
  expect(await refused(client.update({ slug: 'acme', domains }))).toMatchObject({
    code: 'INVALID',
    message: expect.stringContaining('an entry at most 1048280 bytes') as string,
  })
  expect(await client.get({ slug: 'acme' })).toEqual(before)
  await client.update({ slug: 'acme', notes: 'whole' })
  expect(await founder.api.team.exchange()).toMatchObject({ placed: 1, waiting: 0, sentences: [] })
})

it('an exchange without news asks the server at most five times, however many clients there are', async () => {
  const { founder, servers } = await foundInMemory()
  for (let at = 0; at < 20; at += 1) await founder.api.client.add({ name: `Client ${at}`, slug: `c${at}` })
  await founder.api.team.exchange()
  await founder.api.team.exchange()
  const calls: string[] = []
  servers.before = (call) => void calls.push(call)
  const team = await openTeam(founder.context)
  expect(await exchangeTeam(founder.context, team)).toMatchObject({ pulled: 0, waiting: 0, sentences: [] })
  expect(calls).toEqual(['server', 'heads'])
  // A person who asks gets the rights of the server compared too.
  await founder.api.team.exchange()
  expect(calls).toContain('alignLogins')
})

it('a log that stopped at an entry which rests on changes of the team that were never made goes on once an owner mends it', async () => {
  const { founder, join } = await foundInMemory()
  const ben = await join('Ben')
  await founder.api.team.grant({ member: BEN, client: 'acme', role: 'lead' })
  await ben.api.team.exchange()
  const { replica, log } = await openTeam(ben.context)
  const { stream } = (await ben.api.team.status()).streams.find(({ client }) => client === 'acme')!
  const decide = (of: string, kind: string, body: Op['body']): string => {
    const op = { kind, salt: '00'.repeat(16), at: 0, day: '2026-11-27', basis: -1, subject: 'x', body }
    replica.wait(of, { uid: nextUuid(), op })
    return kind
  }
  await placeAhead({ replica, log, decide }, stream, 2 ** 40)
  await founder.api.client.update({ slug: 'acme', notes: 'Decided after it' })
  expect((await founder.api.team.exchange()).sentences.join(' ')).toContain('castellan team mend')
  expect(await refused(ben.api.team.mend())).toMatchObject({ code: 'NOT_ALLOWED' })
  expect(await founder.api.team.mend()).toMatchObject({ mended: 1, effect: 'effective' })
  expect(await founder.api.team.exchange()).toMatchObject({ waiting: 0, sentences: [] })
  await ben.api.team.exchange()
  expect((await ben.api.client.get({ slug: 'acme' })).notes).toBe('Decided after it')
  expect(await founder.api.team.mend()).toMatchObject({ mended: 0 })

  // One that rests on a reading that never comes.
  decideOn({ replica }, stream, FAR)
  await ben.api.team.exchange()
  await founder.api.client.update({ slug: 'acme', notes: 'Decided after that too' })
  expect((await founder.api.team.exchange()).sentences.join(' ')).toContain('castellan team mend')
  expect(await founder.api.team.mend()).toMatchObject({ mended: 1, effect: 'effective' })
  for (const each of [founder, ben]) expect(await each.api.team.exchange()).toMatchObject({ sentences: [] })
  expect((await ben.api.client.get({ slug: 'acme' })).notes).toBe('Decided after that too')
})
