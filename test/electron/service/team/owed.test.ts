import { expect, it } from 'vitest'

import { TeamLogError } from '../../../../electron/team/log.ts'
import { refused } from '../seeded.ts'
import { foundInMemory } from './memory-servers.ts'

const ANNA = { name: 'Anna', email: 'anna@northlight.example' }
const BEN = { name: 'Ben', email: 'ben@northlight.example' }

it('a person who was removed before an owner answered them ends no exchange: others are let in, and new clients are opened', async () => {
  const { founder, prepared, make } = await foundInMemory()
  const { administrator } = prepared
  const { code } = await founder.api.team.invite({ ...BEN, administrator })
  const ben = await make()
  await ben.api.team.join({ code })
  const anna = await founder.api.team.invite({ ...ANNA, administrator })
  // What the exchange of the removal already does for the device that asks.
  expect(await founder.api.team.revoke({ member: BEN.email })).toMatchObject({ effect: 'effective' })
  await ben.api.team.join({ code })
  await founder.api.client.add({ name: 'Globex', slug: 'globex' })
  const there = await make()
  await there.api.team.join({ code: anna.code })
  expect(await founder.api.team.exchange()).toMatchObject({ enrolled: 1, waiting: 0, sentences: [] })
  const status = await founder.api.team.status()
  expect(status).toMatchObject({ problem: null, waiting: 0 })
  expect(status.streams.map(({ client }) => client)).toContain('globex')
  await there.api.team.exchange()
  expect((await there.api.team.status()).state).toBe('member')
  expect(await founder.api.team.exchange()).toMatchObject({ enrolled: 0, sentences: [] })
  expect((await ben.api.team.status()).state).toBe('asking')
})

it('an enrolment that would have no effect is left out, and the one that asks is asked no more', async () => {
  const { founder, prepared, make, servers } = await foundInMemory()
  const { code } = await founder.api.team.invite({ ...ANNA, administrator: prepared.administrator })
  const anna = await make()
  await anna.api.team.join({ code })
  // The enrolment waits, since it cannot be placed.
  servers.before = (call) => {
    if (call === 'push') throw new TeamLogError('refused', 'The server refused a statement. Check its log.')
  }
  await founder.api.team.exchange().catch(() => undefined)
  expect(await refused(founder.api.team.exchange())).toMatchObject({ message: 'The server refused a statement.' })
  expect((await founder.api.team.status()).problem).toBe('The server refused a statement. Check its log.')
  servers.before = () => undefined
  await founder.api.team.exchange()
  await anna.api.team.exchange()
  expect((await anna.api.team.status()).state).toBe('member')
})

it('a part of an owner’s exchange that fails leaves the others, and its reason is shown until it succeeds', async () => {
  const { founder, prepared, make, servers } = await foundInMemory()
  const { code } = await founder.api.team.invite({ ...ANNA, administrator: prepared.administrator })
  const anna = await make()
  await anna.api.team.join({ code })
  await founder.api.client.add({ name: 'Globex', slug: 'globex' })
  servers.before = (call) => {
    if (call === 'listKnocks') throw new TypeError('x is not a function')
  }
  const { sentences } = await founder.api.team.exchange()
  expect(sentences).toEqual([expect.stringContaining('fault of Castellan')])
  const status = await founder.api.team.status()
  expect(status.problem).toBe(sentences[0])
  expect(status.streams.map(({ client }) => client)).toContain('globex')
  servers.before = () => undefined
  expect(await founder.api.team.exchange()).toMatchObject({ enrolled: 1, sentences: [] })
  expect((await founder.api.team.status()).problem).toBeNull()
})

it('an invite that is made while an exchange answers another one is kept', async () => {
  const { founder, prepared, make, servers } = await foundInMemory()
  const { administrator } = prepared
  const { code } = await founder.api.team.invite({ ...ANNA, administrator })
  const anna = await make()
  await anna.api.team.join({ code })
  await founder.api.team.exchange()
  // Anna's invite is forgotten by the next exchange, and Ben's is made meanwhile.
  let invited: ReturnType<typeof founder.api.team.invite> | null = null
  servers.before = (call) => {
    if (call === 'listKnocks') invited ??= founder.api.team.invite({ ...BEN, administrator })
  }
  await founder.api.team.exchange()
  const { code: second } = await invited!
  const ben = await make()
  await ben.api.team.join({ code: second })
  expect(await founder.api.team.exchange()).toMatchObject({ enrolled: 1 })
})

it('a decision that others made void is reported as without effect, with the reason', async () => {
  const { founder, join } = await foundInMemory()
  const otto = await join('Otto', ['owner'])
  await join('Ben')
  await otto.api.team.exchange()
  expect(await otto.api.team.revoke({ member: BEN.email })).toEqual({ effect: 'effective', problem: null, sql: [] })
  expect(await founder.api.team.grant({ member: BEN.email, client: 'acme', role: 'lead' })).toEqual({
    effect: 'void',
    problem: 'The member does not belong to the team, or has no role for this client.',
    sql: [],
  })
})
