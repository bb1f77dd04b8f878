import { expect, it } from 'vitest'

import { getReader } from '../../../../electron/service/core/context.ts'
import { refused } from '../seeded.ts'
import { newService } from '../services.ts'
import { ADMINISTRATOR, createServers, FOUNDER, foundInMemory, toServer } from './memory-servers.ts'

it('a team is founded, a member invited with a role for a client, let in, and both are up to date', async () => {
  const { founder, make } = await foundInMemory()
  const status = await founder.api.team.status()
  expect(status).toMatchObject({
    state: 'member',
    name: FOUNDER.team,
    sentence: null,
    waiting: [],
    stopped: [],
    problems: [],
  })
  expect(status.own).toMatchObject({ name: FOUNDER.name, role: 'owner', own: true })
  const { code, sentence } = await founder.api.team.invite({
    name: 'Anna Berg',
    email: 'anna@northlight.example',
    client: 'acme',
    clientRole: 'reviewer',
  })
  expect(sentence).toBe('Anna Berg is invited.')
  const anna = await make()
  expect(await anna.api.team.join({ code })).toMatchObject({ state: 'asking' })
  // Joining again changes nothing.
  expect(await anna.api.team.join({ code })).toMatchObject({ state: 'asking' })
  expect(await founder.api.team.exchange()).toMatchObject({ enrolled: 1 })
  await anna.api.team.exchange()
  const there = await anna.api.team.status()
  expect(there).toMatchObject({ state: 'member', name: FOUNDER.team, root: status.root })
  expect(there.own).toMatchObject({ name: 'Anna Berg', role: 'guest', access: [{ client: 'acme', role: 'reviewer' }] })
  expect((await anna.api.client.list({})).map(({ slug, name }) => [slug, name])).toEqual([['acme', 'Acme']])
  // A guest sees the people of their client.
  expect(there.members.map(({ name }) => name)).toEqual([FOUNDER.name, 'Anna Berg'])
})

it('what one decides is on the other’s register under the author’s name, also what was decided while the server was away', async () => {
  const { founder, join, world } = await foundInMemory()
  const anna = await join('Anna', { client: 'acme', clientRole: 'lead' })
  world.isAway = true
  expect(await refused(founder.api.team.exchange())).toMatchObject({ code: 'OFFLINE' })
  await founder.api.client.update({ slug: 'acme', notes: 'Decided by Mara' })
  await anna.api.policy.set({ client: 'acme', values: { maxPrivileged: 3 } })
  expect((await founder.api.team.status()).waiting).toEqual([{ client: 'acme', count: 1 }])
  expect((await founder.api.team.status()).problems[0]).toContain('does not answer')
  world.isAway = false
  expect(await founder.api.team.exchange()).toMatchObject({ placed: 1, waiting: 0, sentences: [] })
  expect(await anna.api.team.exchange()).toMatchObject({ placed: 1, waiting: 0, sentences: [] })
  await founder.api.team.exchange()
  expect(await anna.api.client.get({ slug: 'acme' })).toMatchObject({ notes: 'Decided by Mara' })
  for (const { context } of [founder, anna]) {
    const rows = getReader(context).all<{ action: string; operator: string }>(
      "SELECT action, operator FROM journal WHERE action IN ('client.changed', 'policy.changed') ORDER BY action",
    )
    expect(rows).toEqual([
      { action: 'client.changed', operator: FOUNDER.name },
      { action: 'policy.changed', operator: 'Anna' },
    ])
  }
  for (const { api } of [founder, anna]) {
    const { logs } = await api.team.verify({})
    expect(logs.every(({ intact }) => intact)).toBe(true)
    const head = logs.find(({ client }) => client === 'acme')?.head
    expect((await api.team.verify({ head })).found).toMatchObject({ client: 'acme' })
  }
})

it('a removed member is shut out, and what was read stays', async () => {
  const { founder, join } = await foundInMemory()
  const ben = await join('Ben', { client: 'acme', clientRole: 'operator' })
  const done = await founder.api.team.setRole({ member: 'ben@northlight.example', client: null, role: null })
  expect(done.sentence).toContain('Ben and their devices left the team')
  expect(await refused(ben.api.team.exchange())).toMatchObject({ code: 'NOT_ALLOWED' })
  expect((await ben.api.client.list({})).map(({ slug }) => slug)).toEqual(['acme'])
  expect((await founder.api.team.members()).map(({ name }) => name)).toEqual([FOUNDER.name])
  expect(
    await refused(founder.api.team.setRole({ member: 'ben@northlight.example', client: 'acme', role: 'lead' })),
  ).toMatchObject({
    code: 'NOT_FOUND',
  })
})

it('roles are given, changed and taken away by owners and leads, and refused to others with a sentence', async () => {
  const { founder, join } = await foundInMemory()
  const anna = await join('Anna', { client: 'acme', clientRole: 'reviewer' })
  await join('Ben', { role: 'member' })
  const ben = { member: 'ben@northlight.example', client: 'acme' }
  expect(await refused(anna.api.team.setRole({ ...ben, role: 'viewer' }))).toMatchObject({ code: 'NOT_FOUND' })
  const own = { member: 'anna@northlight.example', client: 'acme' }
  expect(await refused(anna.api.team.setRole({ ...own, role: 'lead' }))).toMatchObject({ code: 'NOT_ALLOWED' })
  expect(await founder.api.team.setRole({ ...own, role: 'lead' })).toEqual({
    sentence: 'Anna has the role lead for acme.',
  })
  expect(await founder.api.team.setRole({ ...ben, role: 'viewer' })).toEqual({
    sentence: 'Ben has the role viewer for acme.',
  })
  await anna.api.team.exchange()
  expect(await anna.api.team.setRole({ ...ben, role: null })).toEqual({ sentence: 'Ben reads nothing new of acme.' })
  expect(await refused(anna.api.team.requireApprovals({ client: 'acme', required: true }))).toMatchObject({
    code: 'NOT_ALLOWED',
  })
  await founder.api.team.requireApprovals({ client: null, required: true })
  expect((await founder.api.team.status()).approvals).toMatchObject([{ client: 'acme', required: true }])
  await founder.api.team.setRole({ member: 'ben@northlight.example', client: null, role: 'auditor' })
  expect((await founder.api.team.members()).map(({ role }) => role)).toEqual(['owner', 'guest', 'auditor'])
  expect(await refused(founder.api.team.setRole({ member: FOUNDER.email, client: null, role: null }))).toMatchObject({
    code: 'CONFLICT',
    message: expect.stringContaining('no owner') as string,
  })
})

it('an invite with the address of a member is for a further device, and changes nothing else', async () => {
  const { founder, make, join } = await foundInMemory()
  await join('Anna', { client: 'acme', clientRole: 'reviewer' })
  const email = 'anna@northlight.example'
  expect(await refused(founder.api.team.invite({ email, name: 'Anna Berg' }))).toMatchObject({ code: 'INVALID' })
  expect(await refused(founder.api.team.invite({ email: 'new@northlight.example' }))).toMatchObject({ code: 'INVALID' })
  const { code } = await founder.api.team.invite({ email })
  const second = await make()
  await second.api.team.join({ code })
  await founder.api.team.exchange()
  await second.api.team.exchange()
  const { own } = await second.api.team.status()
  expect(own).toMatchObject({ name: 'Anna', access: [{ role: 'reviewer' }] })
  expect(own?.devices.map((device) => device.own)).toEqual([false, true])
  // A member shuts their own other device out.
  const other = own?.devices.find((device) => !device.own)?.uid ?? ''
  expect((await second.api.team.revokeDevice({ device: other })).sentence).toContain('shut out')
  expect(await refused(second.api.team.invite({ email: 'x@northlight.example', name: 'X' }))).toMatchObject({
    code: 'NOT_ALLOWED',
  })
})

it('the recovery code brings the team back in a new profile, and a new one ends it', async () => {
  const { founder, make, paper } = await foundInMemory()
  await founder.api.client.update({ slug: 'acme', notes: 'Before' })
  await founder.api.team.exchange()
  expect((await founder.api.team.status()).problems).toEqual([])
  const back = await make()
  expect(await back.api.team.join({ code: paper })).toMatchObject({ state: 'member', own: { role: 'owner' } })
  expect(await back.api.client.get({ slug: 'acme' })).toMatchObject({ notes: 'Before' })
  const { code } = await back.api.team.paper()
  expect(code).not.toBe(paper)
  const third = await make()
  expect(await refused(third.api.team.join({ code: paper }))).toMatchObject({ code: 'NOT_ALLOWED' })
})

it('who leaves keeps the register, belongs to no team, and is shut out', async () => {
  const { founder, join, world } = await foundInMemory()
  const anna = await join('Anna', { client: 'acme', clientRole: 'operator' })
  expect(await refused(founder.api.team.leave())).toMatchObject({ code: 'CONFLICT' })
  const { login = '' } = (await anna.api.team.status()).server ?? {}
  expect(await anna.api.team.leave()).toEqual({ sentence: 'This device left Northlight. What it read stays here.' })
  expect(world.logins.has(login)).toBe(false)
  expect(await anna.api.team.status()).toMatchObject({ state: 'none' })
  expect((await anna.api.client.list({})).map(({ slug }) => slug)).toEqual(['acme'])
  await anna.api.client.update({ slug: 'acme', notes: 'Alone' })
})

it('a founding without an administrator gives SQL and goes on once it was run; the sample founds none', async () => {
  const servers = createServers()
  const service = await newService({ teamServers: servers })
  const input = { ...FOUNDER, server: toServer('later') }
  expect(await refused(service.api.team.init({ ...input, team: undefined }))).toMatchObject({ code: 'INVALID' })
  const { sql, status, paper } = await service.api.team.init(input)
  expect({ sql, state: status.state, paper }).toEqual({
    sql: ['CREATE SCHEMA castellan;'],
    state: 'founding',
    paper: null,
  })
  expect(await refused(service.api.team.init({ administrator: { login: 'boss', password: 'x' } }))).toMatchObject({
    code: 'NOT_ALLOWED',
  })
  expect(await service.api.team.init({ administrator: ADMINISTRATOR })).toMatchObject({
    sql: [],
    status: { state: 'member' },
  })
  expect(await refused(service.api.team.init(input))).toMatchObject({ code: 'CONFLICT' })
})

it('on the machine that hosts the database, a founding names no server and no administrator', async () => {
  const servers = createServers()
  servers.hosted = { ...toServer('hosted'), ...ADMINISTRATOR }
  const service = await newService({ teamServers: servers })
  expect(await service.api.team.init(FOUNDER)).toMatchObject({
    sql: [],
    status: { state: 'member', server: { host: 'db.agency.example', database: 'hosted' } },
  })
})

it('a code is refused that is not one, in a profile with clients, and in one that belongs to a team', async () => {
  const { founder, make, join } = await foundInMemory()
  const { code } = await founder.api.team.invite({ email: 'x@northlight.example', name: 'X', role: 'member' })
  const other = await make()
  expect(await refused(other.api.team.join({ code: code.slice(0, -3) }))).toMatchObject({ code: 'INVALID' })
  await other.api.client.add({ name: 'Own', slug: 'own' })
  expect(await refused(other.api.team.join({ code }))).toMatchObject({ code: 'CONFLICT' })
  const anna = await join('Anna', { role: 'member' })
  expect(await refused(anna.api.team.join({ code }))).toMatchObject({ code: 'CONFLICT' })
  expect(await refused(other.api.team.exchange())).toMatchObject({ code: 'CONFLICT' })
})

it('a profile closes while the server does not answer', async () => {
  const { founder, servers } = await foundInMemory()
  servers.before = () => {
    throw new Promise(() => undefined)
  }
  const [answer] = await Promise.all([refused(founder.api.team.exchange()).catch(() => null), founder.close()])
  expect(answer).not.toBeUndefined()
})
