import { expect, it } from 'vitest'

import { getReader, makeRegister } from '../../../../electron/service/core/context.ts'
import { openTeamSecrets } from '../../../../electron/secrets/team-secrets.ts'
import { keepDevice } from '../../../../electron/service/team/device-secrets.ts'
import { markAsSample } from '../../../../electron/service/profile/sample-mark.ts'
import { TeamLogError } from '../../../../electron/team/log.ts'
import { refused } from '../seeded.ts'
import { newService } from '../services.ts'
import { foundInMemory, MemoryServers, prepareInMemory } from './memory-servers.ts'
import { FOUNDER, joinedService } from './teams.ts'

/** A service whose founding was cut when its first entry was placed. */
async function cutFounding() {
  const servers = new MemoryServers()
  const prepared = prepareInMemory()
  const make = () => newService({ teamServers: servers })
  const founder = await make()
  await founder.api.client.add({ name: 'Acme', slug: 'acme' })
  await founder.api.client.add({ name: 'Old', slug: 'old' })
  await founder.api.client.archive({ slug: 'old' })
  let pushes = 0
  servers.before = (call) => {
    if (call === 'push') pushes += 1
    if (pushes > 1) throw new TeamLogError('offline', 'The server does not answer. Try again.')
  }
  const input = { ...FOUNDER, ...prepared }
  expect(await refused(founder.api.team.init(input))).toMatchObject({ code: 'OFFLINE' })
  expect((await founder.api.team.status()).state).toBe('founding')
  servers.before = () => undefined
  return { servers, prepared, make, founder, input }
}

const archived = (service: Awaited<ReturnType<typeof newService>>) =>
  getReader(service.context).all("SELECT slug, archived_at FROM client WHERE slug = 'old'")
const countRows = (service: Awaited<ReturnType<typeof newService>>, action: string) =>
  getReader(service.context).value('SELECT count(*) FROM journal WHERE action = ?', [action])

it('a founding that was cut after its first entry goes on with the same input, as one team', async () => {
  const { prepared, make, founder, input } = await cutFounding()
  const before = archived(founder)
  const { team } = JSON.parse(
    String(getReader(founder.context).value("SELECT value FROM meta WHERE key = 'team'")),
  ) as { readonly team: string }
  expect(await founder.api.team.init(input)).toMatchObject({ founded: true, sql: [] })
  const { root } = await founder.api.team.status()
  const noted = getReader(founder.context).value<string>("SELECT body FROM journal WHERE action = 'team.founded'")
  expect(JSON.parse(noted ?? '') as unknown).toMatchObject({ team, root })
  const anna = await joinedService(
    founder,
    prepared,
    { name: 'Anna', email: 'anna@northlight.example', roles: ['auditor'] },
    make,
  )
  await founder.api.policy.set({ values: { maxPrivileged: 3 } })
  expect(await founder.api.team.exchange()).toMatchObject({ waiting: 0, sentences: [] })
  await anna.api.team.exchange()
  expect(countRows(anna, 'policy.changed')).toBe(1)
  expect((await founder.api.evidence.verifyRegister({})).problems).toEqual([])
  // What was archived before stays archived since then, on both.
  expect([archived(founder), archived(anna), countRows(founder, 'client.archived')]).toEqual([before, before, 1])
})

it('other input is refused while a founding is under way, and beginning again leaves nothing of it', async () => {
  const { founder, input } = await cutFounding()
  const other = { ...input, ...prepareInMemory() }
  expect(await refused(founder.api.team.init(other))).toMatchObject({
    code: 'CONFLICT',
    message: expect.stringContaining(`in the database ${input.server.database} at`) as string,
  })
  expect(await founder.api.team.init({ ...other, beginAgain: true })).toMatchObject({ founded: true })
  const streams = getReader(founder.context).column(
    "SELECT stream FROM team_entry WHERE operation ->> 'kind' = 'team.founded'",
  )
  expect(streams).toHaveLength(1)
  await founder.api.policy.set({ values: { maxPrivileged: 3 } })
  expect(await founder.api.team.exchange()).toMatchObject({ waiting: 0, sentences: [] })
  expect((await founder.api.evidence.verifyRegister({})).problems).toEqual([])
  expect((await founder.api.team.verify({})).streams.every(({ intact }) => intact)).toBe(true)
})

it('the sample founds no team', async () => {
  const service = await newService()
  makeRegister(service.context).transact(markAsSample)
  const { profile } = service.context.session()
  await service.close()
  const { api } = await newService({ profile, teamServers: new MemoryServers() })
  expect(await refused(api.team.init({ ...FOUNDER, ...prepareInMemory() }))).toMatchObject({
    code: 'CONFLICT',
    message: expect.stringContaining('sample') as string,
  })
  expect((await api.team.status()).state).toBe('none')
})

it('the keys of a device that the register does not name yet leave those of the device before', async () => {
  const { founder } = await cutFounding()
  const { profile, secrets } = founder.context.session()
  // A cut before the register names the new device.
  await keepDevice(openTeamSecrets({ profile, secrets }), '01890000-0000-7000-8000-00000000000f', {
    'team-device': 'ab'.repeat(32),
    'team-login': 'x',
  })
  expect((await founder.api.team.status()).state).toBe('founding')
  expect(await founder.api.team.init({})).toMatchObject({ founded: true })
})

it('an invite for a present member changes neither roles nor name, and is refused with the reason', async () => {
  const { founder, prepared, join } = await foundInMemory()
  await join('Anna')
  const { administrator } = prepared
  const email = 'anna@northlight.example'
  const invite = founder.api.team.invite
  expect(await refused(invite({ email, roles: ['owner'], administrator }))).toMatchObject({ code: 'INVALID' })
  expect(await refused(invite({ email, name: 'Anna Berg', administrator }))).toMatchObject({ code: 'INVALID' })
  expect(await invite({ email, name: 'Anna', administrator })).toMatchObject({ effect: 'effective' })
})

it('a profile closes while its team’s server does not answer, and the exchange ends', async () => {
  const { founder, servers } = await foundInMemory()
  servers.before = () => new Promise(() => undefined)
  const exchange = refused(founder.api.team.exchange())
  await new Promise((resolve) => setImmediate(resolve))
  const [answer] = await Promise.all([exchange, founder.close()])
  expect(answer).toMatchObject({ code: 'OFFLINE' })
})
