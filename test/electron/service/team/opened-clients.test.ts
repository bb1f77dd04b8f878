import { expect, it } from 'vitest'

import { getReader } from '../../../../electron/service/core/context.ts'
import type { Service } from '../../../../electron/service/process/open.ts'
import { openTeam } from '../../../../electron/service/team/operations.ts'
import { TeamLogError } from '../../../../electron/team/log.ts'
import { newService } from '../services.ts'
import { foundInMemory, MemoryServers, prepareInMemory } from './memory-servers.ts'
import { FOUNDER, joinedService } from './teams.ts'

const ANNA = { name: 'Anna', email: 'anna@northlight.example' }

const waiting = ({ context }: Service): readonly string[] =>
  getReader(context).column("SELECT operation ->> 'kind' FROM team_pending ORDER BY id")

it('what a device owes the team waits once, and stores its keys once, however often the team takes nothing', async () => {
  const { founder, prepared, make, servers } = await foundInMemory()
  const { code } = await founder.api.team.invite({ ...ANNA, administrator: prepared.administrator })
  const anna = await make()
  await anna.api.team.join({ code })
  await founder.api.client.add({ name: 'Globex', slug: 'globex' })
  let wraps = 0
  servers.before = (call) => {
    if (call === 'addWraps') wraps += 1
    if (call === 'push') throw new TeamLogError('not-allowed', 'The server refuses.')
  }
  for (let at = 0; at < 5; at += 1) await founder.api.team.exchange().catch(() => undefined)
  expect(waiting(founder)).toEqual(['client.added', 'device.enrolled', 'client.opened'])
  expect(wraps).toBe(1)
  servers.before = () => undefined
  for (const { api } of [founder, anna, founder]) await api.team.exchange()
  expect(waiting(founder)).toEqual([])
})

it('a client is opened with all that belongs to it or not yet, and one that cannot be shared holds up no other', async () => {
  const servers = new MemoryServers()
  const prepared = prepareInMemory()
  const make = () => newService({ teamServers: servers })
  const founder = await make()
  // From before the team: too long for an entry; and two that any register has.
  const domains = Array.from({ length: 60_000 }, (_, at) => `d${at}.northlight.example`)
  await founder.api.client.add({ name: 'Acme', slug: 'acme', domains })
  for (const slug of ['borealis', 'cobalt']) await founder.api.client.add({ name: slug, slug })
  await founder.api.team.init({ ...FOUNDER, ...prepared })
  expect(waiting(founder)).toEqual([])
  const { sentences } = await founder.api.team.exchange()
  expect(sentences.join(' ')).toContain('acme: The operation client.added cannot be shared: it has ')

  // A cut between the parts of what opens a client leaves nothing of it.
  await founder.api.client.add({ name: 'Delta', slug: 'delta' })
  await founder.api.client.update({ slug: 'acme', domains: ['acme.example'] })
  const { replica } = await openTeam(founder.context)
  const whole = { ...replica }
  const killed = (): never => {
    throw new Error('killed')
  }
  Object.assign(replica, { waitFirst: killed })
  await founder.api.team.exchange()
  expect(waiting(founder).filter((kind) => kind === 'client.opened')).toEqual([])
  Object.assign(replica, whole)
  const done = await founder.api.team.exchange()
  expect(done).toMatchObject({ waiting: 0, sentences: [] })
  const anna = await joinedService(founder, prepared, { ...ANNA, roles: ['auditor'] }, make)
  await anna.api.team.exchange()
  const [own, hers] = await Promise.all([founder, anna].map(({ api }) => api.client.list({})))
  expect(hers!.map(({ slug }) => slug)).toEqual(own!.map(({ slug }) => slug))
  expect((await anna.api.client.get({ slug: 'acme' })).domains).toEqual(['acme.example'])
})
