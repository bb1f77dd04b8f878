import { afterAll, beforeAll, expect, it } from 'vitest'

import { getReader } from '../../../../electron/service/core/context.ts'
import { closeTeam } from '../../../../electron/service/team/gate.ts'
import { refused } from '../seeded.ts'
import { startTeamServer, type TeamServer } from '../../team/postgres/database.ts'
import { foundedService, joinedService, prepare, FOUNDER } from './teams.ts'
import { newService } from '../services.ts'

let server: TeamServer
beforeAll(async () => {
  server = await startTeamServer()
})
afterAll(() => server.stop())

it('a team is founded, a member invited, let in and given a client, and both are in step', async () => {
  const prepared = await prepare(server)
  const founder = await foundedService(prepared)
  const status = await founder.api.team.status()
  expect(status).toMatchObject({ state: 'member', name: FOUNDER.team, waiting: 0, stopped: 0, problem: null })
  expect(status.streams.map(({ kind, client, state }) => [kind, client, state])).toEqual([
    ['team', null, 'inStep'],
    ['agency', null, 'inStep'],
    ['decisions', 'acme', 'inStep'],
    ['facts', 'acme', 'inStep'],
  ])
  const { code, until, effect, sql } = await founder.api.team.invite({
    name: 'Anna Berg',
    email: 'anna@northlight.example',
    administrator: prepared.administrator,
  })
  expect({ effect, sql }).toEqual({ effect: 'effective', sql: [] })
  expect(until).toBeGreaterThan(Date.now() + 71 * 3_600_000)
  const anna = await newService()
  expect(await anna.api.team.join({ code })).toMatchObject({ state: 'asking' })
  // Joining again changes nothing.
  expect(await anna.api.team.join({ code })).toMatchObject({ state: 'asking' })
  expect(await founder.api.team.exchange()).toMatchObject({ enrolled: 1 })
  await anna.api.team.exchange()
  expect(await anna.api.team.status()).toMatchObject({ state: 'member', name: FOUNDER.team })
  await founder.api.team.grant({ member: 'anna@northlight.example', client: 'acme', role: 'reviewer' })
  await anna.api.team.exchange()
  const there = await anna.api.team.status()
  expect(there.own).toMatchObject({ name: 'Anna Berg', access: [{ role: 'reviewer' }] })
  expect(there.streams.map(({ kind, state }) => [kind, state])).toEqual([
    ['team', 'inStep'],
    ['agency', 'inStep'],
    ['decisions', 'inStep'],
    ['facts', 'inStep'],
  ])
  // The client came with its stream, and what one decides the other has under the author's name.
  expect((await anna.api.client.list({})).map(({ slug, name }) => [slug, name])).toEqual([['acme', 'Acme']])
  // The member decides, also where the preferences of this machine have another name.
  await founder.api.settings.set({ operator: 'A name of this machine' })
  await founder.api.client.update({ slug: 'acme', notes: 'Decided by Mara' })
  await founder.api.team.exchange()
  await anna.api.team.exchange()
  expect(await anna.api.client.get({ slug: 'acme' })).toMatchObject({ notes: 'Decided by Mara' })
  for (const { context } of [founder, anna]) {
    const rows = getReader(context).all('SELECT action, operator FROM journal ORDER BY seq DESC LIMIT 1')
    expect(rows).toEqual([{ action: 'client.changed', operator: FOUNDER.name }])
  }
  // A client that a member adds without the rights of an owner is opened by their own device, and the owner's reads it.
  await anna.api.client.add({ name: 'Beta', slug: 'beta' })
  expect(await anna.api.team.exchange()).toMatchObject({ waiting: 0, sentences: [] })
  await founder.api.team.exchange()
  expect((await founder.api.client.list({})).map(({ slug }) => slug)).toEqual(['acme', 'beta'])
  expect(await refused(anna.api.team.rotate({ lost: 'acme' }))).toMatchObject({ code: 'NOT_ALLOWED' })
  expect(await refused(founder.api.team.rotate({ lost: 'beta' }))).toMatchObject({ code: 'CONFLICT' })
  const heads = (await founder.api.team.verify({})).streams
  expect(heads.every(({ intact }) => intact)).toBe(true)
  const { found } = await anna.api.team.verify({ head: heads[0]?.head })
  expect(found).toMatchObject({ position: (heads[0]?.entries ?? 0) - 1 })
})

it('a removed member is shut out, and the statement that ends their login is named', async () => {
  const prepared = await prepare(server)
  const founder = await foundedService(prepared)
  const ben = await joinedService(founder, prepared, { name: 'Ben', email: 'ben@northlight.example' })
  const { sql } = await founder.api.team.revoke({ member: 'ben@northlight.example' })
  const { login } = (await ben.api.team.status()).server ?? {}
  expect(sql[0]).toBe(`ALTER ROLE ${login} NOLOGIN`)
  expect(await ben.api.team.exchange()).toMatchObject({ sentences: [expect.stringContaining('was revoked')] })
  // Another process shows the statement too, as long as it was not run.
  await closeTeam(founder.context.session())
  expect((await founder.api.team.status()).sql).toEqual(sql)
  await server.postgres.sql(sql.join(';'))
  // A connection that the server ended is noticed at the next statement.
  await ben.api.team.exchange().catch(() => undefined)
  expect(await refused(ben.api.team.exchange())).toMatchObject({ code: 'NOT_ALLOWED' })
  await founder.api.team.exchange()
  expect((await founder.api.team.status()).sql).toEqual([])
  expect((await founder.api.team.status()).members.map(({ name, active }) => [name, active])).toEqual([
    ['Mara Lind', true],
    ['Ben', false],
  ])
})
