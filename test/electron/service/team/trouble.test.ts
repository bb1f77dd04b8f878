import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, beforeAll, expect, it } from 'vitest'

import { startCutProxy } from '../../../postgres/cut-proxy.ts'
import { makeAuthority } from '../../../providers/authority.ts'
import { closeAfterTest } from '../../../temporary/closing.ts'
import { startTeamServer, type TeamServer } from '../../team/postgres/database.ts'
import { refused } from '../seeded.ts'
import { newProfile, newService } from '../services.ts'
import { FOUNDER, foundedService, joinedService, prepare, type Prepared } from './teams.ts'

let server: TeamServer
let prepared: Prepared
beforeAll(async () => {
  server = await startTeamServer()
  prepared = await prepare(server)
})
afterAll(() => server.stop())

it.each([
  ['that does not answer', { port: 1 }, {}, { code: 'OFFLINE', message: /does not answer\.$/u }],
  [
    'whose certificate has another name',
    { host: 'localhost' },
    {},
    { code: 'CONFLICT', message: /not valid for that name/u },
  ],
  [
    'of another authority',
    { authority: makeAuthority().tls.cert },
    {},
    { code: 'CONFLICT', message: /authority is not known/u },
  ],
  [
    'that does not know the administrator',
    {},
    { password: 'x' },
    { code: 'INVALID', message: /does not accept the login "set_up"/u },
  ],
] as const)(
  'a team is not founded on a server %s, and is after the mistake is corrected',
  async (_, wrong, other, found) => {
    const { api } = await newService()
    const own = await prepare(server)
    const input = { ...FOUNDER, server: { ...own.server, ...wrong }, administrator: { ...own.administrator, ...other } }
    const { code, message } = await refused(api.team.init(input))
    expect({ code, message }).toEqual({ code: found.code, message: expect.stringMatching(found.message) as string })
    expect((await api.team.status()).state).toBe('founding')
    const { server: place, administrator } = own
    expect(await api.team.init({ ...FOUNDER, server: place, administrator })).toMatchObject({ founded: true })
  },
)

it('without an administrator the SQL is given, and the team is founded once it was run', async () => {
  const own = await prepare(server)
  const { api } = await newService()
  const first = await api.team.init({ ...FOUNDER, server: own.server })
  expect(first).toMatchObject({ founded: false, status: { state: 'founding' } })
  expect(await api.team.init({})).toMatchObject({ founded: false })
  await server.postgres.sql(first.sql.join(';\n'), own.server.database)
  expect(await api.team.init({})).toMatchObject({ founded: true, status: { state: 'member' } })
  expect(await refused(api.team.init({}))).toMatchObject({ code: 'CONFLICT' })
  // A member needs a login, which this owner's own login may not make.
  const invited = await api.team.invite({ name: 'Anna', email: 'anna@northlight.example' })
  expect(invited.sql).toEqual([expect.stringMatching(/^CREATE ROLE castellan_\w+ LOGIN PASSWORD 'SCRAM-SHA-256\$/u)])
  const anna = await newService()
  expect(await refused(anna.api.team.join({ code: invited.code }))).toMatchObject({ code: 'NOT_ALLOWED' })
  await server.postgres.sql(invited.sql.join(';'))
  expect(await anna.api.team.join({ code: invited.code })).toMatchObject({ state: 'asking' })
})

it('a database that contains another team is refused', async () => {
  const own = await prepare(server)
  await foundedService(own)
  const { api } = await newService()
  expect(await refused(api.team.init({ ...FOUNDER, ...own }))).toMatchObject({
    code: 'CONFLICT',
    message: expect.stringContaining('contains a team already') as string,
  })
})

it('an invite is refused when it is none, in a profile with clients, and in one with a team', async () => {
  const founder = await foundedService(prepared)
  const { administrator } = prepared
  const { code } = await founder.api.team.invite({ name: 'Anna', email: 'anna@northlight.example', administrator })
  const { api } = await newService()
  const wrong = await refused(api.team.join({ code: code.slice(0, -3) }))
  expect(wrong).toMatchObject({ code: 'INVALID', message: expect.stringContaining('incomplete') as string })
  expect(wrong.message).not.toContain(code.slice(30, 50))
  expect(await refused(founder.api.team.join({ code }))).toMatchObject({ code: 'CONFLICT' })
  await api.client.add({ name: 'Own' })
  expect(await refused(api.team.join({ code }))).toMatchObject({ code: 'CONFLICT' })
  expect((await api.team.status()).state).toBe('none')
})

it('while the server does not answer, changes wait with a reason and are placed when it is back', async () => {
  const own = await prepare(server)
  const proxy = await startCutProxy(server.postgres.port ?? 0, null)
  closeAfterTest(proxy)
  const { api } = await foundedService({ ...own, server: { ...own.server, port: proxy.port } })
  const { administrator } = own
  await api.team.invite({ name: 'Anna', email: 'anna@northlight.example', administrator })
  await proxy.close()
  const waits = await api.team.grant({ member: 'anna@northlight.example', client: 'acme', role: 'viewer' })
  expect(waits).toMatchObject({ effect: 'waiting', problem: expect.stringContaining('does not answer') as string })
  expect(await refused(api.team.exchange())).toMatchObject({ code: 'OFFLINE' })
  const status = await api.team.status()
  expect(status).toMatchObject({ waiting: 1, problem: expect.stringContaining('does not answer') as string })
  expect(status.streams[0]).toMatchObject({ kind: 'team', state: 'waiting', waiting: 1 })
  // Work goes on.
  await api.client.add({ name: 'Beta' })
  const again = await startCutProxy(server.postgres.port ?? 0, null, proxy.port)
  closeAfterTest(again)
  const done = await api.team.exchange()
  expect(done).toMatchObject({ waiting: 0, sentences: [] })
  expect((await api.team.status()).streams.map(({ client }) => client)).toContain('beta')
})

it('only an owner changes the team, and a member whose role was raised may after the next exchange', async () => {
  const own = await prepare(server)
  const founder = await foundedService(own)
  const anna = await joinedService(founder, own, { name: 'Anna', email: 'anna@northlight.example' })
  const attempts = [
    () => anna.api.team.invite({ name: 'Ben', email: 'ben@northlight.example' }),
    () => anna.api.team.grant({ member: 'anna@northlight.example', roles: ['owner'] }),
    () => anna.api.team.revoke({ member: 'mara@northlight.example' }),
    () => anna.api.team.rotate(),
  ]
  for (const attempt of attempts) expect(await refused(attempt())).toMatchObject({ code: 'NOT_ALLOWED' })
  // The last owner stays.
  expect(await refused(founder.api.team.revoke({ member: 'mara@northlight.example' }))).toMatchObject({
    code: 'CONFLICT',
  })
  expect(await refused(founder.api.team.revoke({ member: 'no@x.example' }))).toMatchObject({ code: 'NOT_FOUND' })
  const { sql } = await founder.api.team.grant({ member: 'anna@northlight.example', roles: ['owner'] })
  expect(sql).toEqual([expect.stringMatching(/^GRANT castellan_owner_\w+ TO castellan_/u)])
  await server.postgres.sql(sql.join(';'))
  expect((await founder.api.team.rotate()).sql).toEqual([])
  await anna.api.team.exchange()
  expect(await anna.api.team.grant({ member: 'mara@northlight.example', roles: ['auditor'] })).toMatchObject({
    effect: 'effective',
  })
})

it('the keys of a device are in no backup: a register that is restored elsewhere is not that device', async () => {
  const own = await prepare(server)
  const founder = await foundedService(own)
  const { profile } = founder.context.session()
  const kept = readFileSync(join(profile, 'team.keys'), 'utf8')
  expect(Object.keys(JSON.parse(kept) as object)).toEqual(['team-device', 'team-login'])
  await founder.close()
  const elsewhere = join(newProfile(), 'profile')
  cpSync(profile, elsewhere, { recursive: true, filter: (path) => !path.endsWith('team.keys') })
  const { api } = await newService({ profile: elsewhere })
  expect(await api.team.status()).toMatchObject({
    state: 'otherDevice',
    sentence: expect.stringContaining('not on this machine') as string,
  })
  expect(await refused(api.team.exchange())).toMatchObject({ code: 'CONFLICT' })
})

it('an owner’s login that may manage logins makes and ends them without an administrator', async () => {
  const own = await prepare(server)
  const founder = await newService()
  await founder.api.team.init({ ...FOUNDER, ...own, manageLogins: true })
  const { code, sql } = await founder.api.team.invite({ name: 'Anna', email: 'anna@northlight.example' })
  expect(sql).toEqual([])
  const anna = await newService()
  await anna.api.team.join({ code })
  await founder.api.team.exchange()
  await anna.api.team.exchange()
  expect((await founder.api.team.revoke({ member: 'anna@northlight.example' })).effect).toBe('effective')
  await anna.api.team.exchange().catch(() => undefined)
  expect(await refused(anna.api.team.exchange())).toMatchObject({ code: 'NOT_ALLOWED' })
})
